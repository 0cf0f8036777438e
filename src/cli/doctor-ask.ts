/** `citera doctor --assistant`: one real question, what came in counts, and how its shape differs from what we know. */
import type { AssistantAdapter, Call } from "../assistants/assistant.ts";
import type { Config } from "../config.ts";
import type { ProjectDefinition, Reply } from "../domain.ts";
import { AssistantError, InputError } from "../errors.ts";
import { words } from "../words/index.ts";
import { shownCost } from "../words/numbers.ts";
import { exitCodes } from "./command.ts";
import { lookAtKey, type Slot } from "./doctor-assistants.ts";
import type { Finding } from "./doctor-checks.ts";
import { explained } from "./failures.ts";

/** Differences told of each kind; a reply of quite another shape has thousands. */
const mostTold = 50;
const longestPath = 200;
const longestName = 100;

type Tell = (finding: Finding) => void;

/** Asks the project's first question, once, and keeps nothing. The expected cost is told before. */
export async function askOne(
  key: string,
  definition: ProjectDefinition,
  config: Config,
  tell: Tell,
): Promise<object | undefined> {
  const { assistants: adapters } = await import("../assistants/index.ts");
  const { localDay, usualCost } = await import("../jobs/index.ts");
  const { createFetch } = await import("../http.ts");
  const wording = words[config.language].doctor;
  const { slot, prompt } = chosen(key, definition, wording);
  const adapter = adapters.find(({ id }) => id === slot.adapter)!; // the file has been checked
  if (adapter.collected) throw new InputError(wording.notAsked(key));
  const { finding, settings } = await lookAtKey(slot, adapters, config);
  tell(finding);
  if (!settings) return undefined;
  const day = localDay(Date.now(), definition.timezone);
  const cost = usualCost(slot, day, definition.prices);
  const expected = cost === null ? wording.costUnknown : wording.cost(shownCost(cost, config.language));
  tell({ about: "cost", level: "ok", says: wording.asking(slot.title, expected) });
  const fetchReply = createFetch({ timeoutMs: 300_000, maxBytes: 10_000_000, allowHosts: config.allowHosts });
  const tools = { fetch: fetchReply, now: Date.now, signal: new AbortController().signal };
  const asked = { ...prompt, country: prompt.country ?? definition.country, timezone: definition.timezone };
  try {
    const context = { search: slot.search, day, prices: definition.prices, country: asked.country };
    const body = await adapter.connect(settings)({ asked, model: slot.model, search: slot.search }, tools);
    const reply = summary(adapter.read(body, context));
    const says = Object.entries(reply)
      .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
      .join(", ");
    tell({ about: "reply", level: reply.outcome === "answered" ? "ok" : "warn", says });
    await lookAtShape(adapter, { ...slot, settings }, body, config, tell);
    return reply;
  } catch (error) {
    if (!(error instanceof AssistantError)) throw error;
    const says = wording.unanswered(slot.title, explained(error.failure, slot, adapter, config.language));
    tell({ about: "reply", level: "fail", says, code: exitCodes.incomplete });
    return undefined;
  }
}

function chosen(key: string, { assistants, prompts }: ProjectDefinition, wording: (typeof words)["en"]["doctor"]) {
  const slot: Slot | undefined = assistants.find((one) => one.key === key);
  if (!slot) throw new InputError(wording.noAssistant(key, assistants.map((one) => one.key).join(", ")));
  const [prompt] = prompts;
  if (!prompt) throw new InputError(wording.noQuestion);
  return { slot, prompt };
}

/** What came, in counts: the text itself is not needed to see that it works. */
const summary = ({ outcome, servedModel, text, citations, sources, searches, usage, costMicroUsd }: Reply) => ({
  outcome,
  servedModel: servedModel && servedModel.slice(0, longestName),
  letters: text.length,
  citations: citations.length,
  placed: citations.filter(({ start }) => start !== undefined).length,
  sources: sources.length,
  searches: searches.length,
  usage,
  costMicroUsd,
});

const shortened = (path: string): string => (path.length > longestPath ? `...${path.slice(-longestPath)}` : path);

async function lookAtShape(
  adapter: AssistantAdapter,
  asked: Pick<Call, "model" | "search"> & { settings: Record<string, unknown> },
  body: string,
  { language }: Config,
  tell: Tell,
): Promise<void> {
  const { compareShape } = await import("./doctor-shape.ts");
  const wording = words[language].doctor;
  const difference = await compareShape(adapter, asked, body);
  if (!difference) return tell({ about: "shape", level: "skip", says: wording.noReference });
  const { added, lost, changed } = difference;
  const kinds = [
    added.map(({ path, types }) => wording.newPath(shortened(path), types)),
    lost.map(({ path, types }) => wording.lostPath(shortened(path), types)),
    changed.map(({ path, types, expected }) => wording.changedPath(shortened(path), types, expected)),
  ];
  for (const told of kinds) {
    const more = told.length - mostTold;
    for (const says of [...told.slice(0, mostTold), ...(more > 0 ? [wording.morePaths(more)] : [])])
      tell({ about: "shape", level: "warn", says });
  }
  if (kinds.every((told) => told.length === 0)) tell({ about: "shape", level: "ok", says: wording.sameShape });
}
