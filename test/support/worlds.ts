/** Many small worlds asked without a network: the town's replies, read by the real adapters, parser and counting. */
import { assistants } from "../../src/assistants/index.ts";
import type { Day } from "../../src/domain.ts";
import { counterOf } from "../../src/jobs/rollup.ts";
import { compileBrands, parse } from "../../src/parser/parse.ts";
import { createTown, type Town } from "../../src/simulator/town.ts";
import { wires } from "../../src/simulator/wires/index.ts";
import type { WorldDefinition } from "../../src/simulator/index.ts";
import {
  listAssistants,
  listBrands,
  listPrompts,
  markDirty,
  replaceDay,
  findMark,
  type Store,
} from "../../src/store/index.ts";
import type { Project } from "../../src/domain.ts";

/** A project's brands, prompts and assistants with their ids in the store. */
export interface Tracked {
  project: Project;
  brands: Awaited<ReturnType<typeof listBrands>>;
  prompts: Awaited<ReturnType<typeof listPrompts>>;
  assistants: Awaited<ReturnType<typeof listAssistants>>;
}

export const trackedIn = async (store: Store, project: Project): Promise<Tracked> => ({
  project,
  brands: await listBrands(store.read, project.id),
  prompts: await listPrompts(store.read, project.id),
  assistants: await listAssistants(store.read, project.id),
});

/** What a request would offer, as far as the town looks at it. */
const requests: Record<string, object> = {
  openai: { tools: [{ type: "web_search" }] },
  anthropic: { tools: [{ type: "web_search_20250305", name: "web_search" }] },
};

/**
 * Asks every tracked prompt of every assistant `repeats` times in the town of `world` and keeps the counts as those of
 * `day`. Returns the town, and how many answers the parser read otherwise than the town wrote them.
 */
export async function askWorld(
  store: Store,
  tracked: Tracked,
  world: WorldDefinition,
  day: Day,
  repeats: number,
): Promise<{ town: Town; misread: number }> {
  const town = createTown(world, { logLength: 1 });
  const brandSet = compileBrands(tracked.brands);
  const idOf = new Map(tracked.brands.map(({ key, id }) => [key, id]));
  const counter = await counterOf(store.read, tracked.project, day);
  let misread = 0;
  for (const { id: assistantId, adapter: adapterId } of tracked.assistants) {
    const adapter = assistants.find(({ id }) => id === adapterId)!;
    const wire = wires.find(({ id }) => id === adapterId)!;
    const body = requests[adapterId]!;
    for (const { text, versionId } of tracked.prompts)
      for (let repeat = 0; repeat < repeats; repeat++) {
        const place = town.next(town.question(text), town.assistant(adapterId)!);
        const answer = town.answer(place, "auto", false);
        const wireBody = JSON.stringify(wire.reply(answer, body as Record<string, unknown>, false).body);
        const reply = adapter.read(wireBody, { search: true, day, prices: [] });
        const { mentions, ranking } = parse(reply, brandSet);
        const named = new Set(mentions.map(({ brand }) => brand));
        const wrote = new Set(answer.draw.named.map(({ brand }) => brand.key));
        if (named.size !== wrote.size || [...named].some((brand) => !wrote.has(brand))) misread++;
        counter.add({
          id: `${assistantId} ${versionId} ${repeat}`,
          promptVersionId: versionId,
          assistantId,
          servedModel: reply.servedModel,
          search: true,
          ranked: ranking.source !== null && ranking.source !== "order",
          positions: Object.fromEntries(Object.entries(ranking.positions).map(([key, at]) => [idOf.get(key)!, at])),
          named: new Set([...named].map((key) => idOf.get(key)!)),
          citations: [],
          tones: new Map(),
        });
      }
  }
  const { id } = tracked.project;
  await store.tx((tx) => markDirty(tx, id, day));
  const mark = (await findMark(store.read, id, day))!;
  await store.tx((tx) => replaceDay(tx, id, day, { ...counter.counts(), outcomes: [] }, mark));
  return { town, misread };
}
