/** Many small worlds asked without a network: what the town answers, read and counted as the product counts. */
import { assistants } from "../../src/assistants/index.ts";
import type { Day, Project } from "../../src/domain.ts";
import { counterOf } from "../../src/jobs/rollup.ts";
import { compileBrands, parse, type BrandSet } from "../../src/parser/parse.ts";
import { recordOf } from "../../src/simulator/ledger.ts";
import type { Answer } from "../../src/simulator/telling/tell.ts";
import type { Town } from "../../src/simulator/town.ts";
import { wires } from "../../src/simulator/wires/index.ts";
import {
  findMark,
  listAssistants,
  listBrands,
  listPrompts,
  markDirty,
  replaceDay,
  type Store,
} from "../../src/store/index.ts";

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

/** What an answer says that is counted; brands are keys. */
interface Said {
  named: string[];
  /** Place in the ranking; null when the answer ranks nobody. */
  places: Record<string, number> | null;
  /** Brands of which a page is cited. */
  cited: string[];
}

/** What a request would offer, as far as the town looks at it. */
const requests: Record<string, Record<string, unknown>> = {
  openai: { tools: [{ type: "web_search" }] },
  anthropic: { tools: [{ type: "web_search_20250305", name: "web_search" }] },
};

const sorted = (keys: Iterable<string>): string[] => [...new Set(keys)].sort();

/** What the town put into an answer. */
function written(answer: Answer): Said {
  const { named, ranking, citedDomains } = recordOf(answer, "", 0);
  const owners = answer.pieces.flatMap(({ pages }) => pages.flatMap(({ brand }) => brand?.key ?? []));
  const places = ranking && Object.fromEntries(ranking.map((key, i) => [key, i + 1]));
  return { named: sorted(named), places, cited: citedDomains.length > 0 ? sorted(owners) : [] };
}

/** The same as it comes out of the provider's wire format, the adapter and the parser. */
function read(answer: Answer, day: Day, { brands }: Tracked, brandSet: BrandSet): Said {
  const { id } = answer.draw.assistant;
  const wire = wires.find((one) => one.id === id)!;
  const body = JSON.stringify(wire.reply(answer, requests[id]!, false).body);
  const reply = assistants.find((one) => one.id === id)!.read(body, { search: true, day, prices: [] });
  const { mentions, ranking, citations } = parse(reply, brandSet);
  const own = brands.find(({ role }) => role === "own")!.key;
  const owners = citations.map(({ owner }) => (owner === "own" ? own : owner.replace(/^competitor:/, "")));
  return {
    named: sorted(mentions.map(({ brand }) => brand)),
    places: ranking.source === null || ranking.source === "order" ? null : ranking.positions,
    cited: sorted(owners.filter((owner) => owner !== "other")),
  };
}

/** How many answers were read otherwise than they were written, by what was read. */
export interface Misread {
  named: number;
  cited: number;
  ranked: number;
}

function compare(misread: Misread, one: Said, other: Said): void {
  const differ = (of: (said: Said) => unknown) => JSON.stringify(of(one)) !== JSON.stringify(of(other));
  if (differ(({ named }) => named)) misread.named++;
  if (differ(({ cited }) => cited)) misread.cited++;
  if (differ(({ places }) => places && Object.entries(places).sort())) misread.ranked++;
}

export interface Asking {
  town: Town;
  days: readonly Day[];
  /** Those of the tracked prompts that are asked. */
  texts: ReadonlySet<string>;
  /** Read by adapters and parser; else what the town wrote is counted, which is quicker. */
  parsed: boolean;
}

/**
 * Puts each prompt to every assistant once a day and keeps the counts as those of the project's days. Returns the number
 * of answers, and of how many the parser read what the town did not write.
 */
export async function askWorld(
  store: Store,
  tracked: Tracked,
  { town, days, texts, parsed }: Asking,
): Promise<{ answers: number; misread: Misread }> {
  const { id: projectId } = tracked.project;
  const brandSet = compileBrands(tracked.brands);
  const idOf = new Map(tracked.brands.map(({ key, id }) => [key, id]));
  const prompts = tracked.prompts.filter(({ text }) => texts.has(text));
  const misread = { named: 0, cited: 0, ranked: 0 };
  let answers = 0;
  for (const day of days) {
    town.setDay(day);
    const counter = await counterOf(store.read, tracked.project, day);
    for (const { id: assistantId, adapter } of tracked.assistants)
      for (const { text, versionId: promptVersionId } of prompts) {
        const answer = town.answer(town.next(town.question(text), town.assistant(adapter)!), "auto", false);
        const wrote = written(answer);
        const said = parsed ? read(answer, day, tracked, brandSet) : wrote;
        compare(misread, said, wrote);
        counter.add({
          id: `${assistantId} ${promptVersionId}`,
          promptVersionId,
          assistantId,
          servedModel: answer.servedModel,
          search: true,
          ranked: said.places !== null,
          positions: Object.fromEntries(Object.entries(said.places ?? {}).map(([key, at]) => [idOf.get(key)!, at])),
          named: new Set(said.named.map((key) => idOf.get(key)!)),
          citations: said.cited.map((key) => ({ domain: `${key}.example`, url: "", owner: idOf.get(key)! })),
          tones: new Map(),
        });
      }
    await store.tx((tx) => markDirty(tx, projectId, day));
    const mark = (await findMark(store.read, projectId, day))!;
    await store.tx((tx) => replaceDay(tx, projectId, day, { ...counter.counts(), outcomes: [] }, mark));
    answers += counter.answers;
  }
  return { answers, misread };
}
