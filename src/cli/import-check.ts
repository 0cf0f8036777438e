/** Turns a row of an import file into an answer of the project, or says what is wrong with it. */
import type { AssistantAdapter } from "../assistants/assistant.ts";
import type { Assistant, Project, PromptVersion } from "../domain.ts";
import type { Collected } from "../jobs/index.ts";
import type { Store } from "../store/index.ts";
import { InputError } from "../errors.ts";
import { rowSchema, type RowInput } from "./import-fields.ts";

/** Before this day there was nobody to ask: such a date is a mistake of the export. */
const firstDay = Date.parse("2020-01-01T00:00:00Z");
/** Clocks differ a little. */
const slackMs = 60_000;

type Asked = PromptVersion & { key: string };

export interface RowChecker {
  /** Throws InputError with each thing that is wrong. */
  check(row: { fields: Record<string, unknown>; body: string }): Promise<Collected>;
  /** Fields that rows have and nobody reads, as far as seen. */
  unread: Set<string>;
}

/** Knows the project's questions, old versions included, and its assistants with the adapter `import`. */
export async function rowChecker(
  store: Store,
  project: Project,
  adapter: AssistantAdapter,
  options: { assistant?: string | undefined; now: number },
): Promise<RowChecker> {
  const { createHash } = await import("node:crypto");
  const { listAssistants, listPromptLabels, listPrompts } = await import("../store/index.ts");
  const inForce = await listPrompts(store.read, project.id);
  const current: Asked[] = inForce.map((prompt) => ({
    ...prompt,
    id: prompt.versionId,
    promptId: prompt.id,
    version: 0,
  }));
  const all: Asked[] = (await listPromptLabels(store.read, project.id))
    .filter(({ prompt }) => !prompt.tags.includes("adhoc"))
    .map(({ prompt, version }) => ({ ...version, key: prompt.key }));
  const assistants = await listAssistants(store.read, project.id);
  const find = { now: byText(current), before: byText(all), keys: new Map(current.map((one) => [one.key, one])) };
  const unread = new Set<string>();
  return {
    unread,
    check: async ({ fields, body }) => {
      for (const field of Object.keys(fields)) if (!(field in rowSchema.shape) && unread.size < 20) unread.add(field);
      const checked = rowSchema.safeParse(fields);
      if (!checked.success)
        throw new InputError(checked.error.issues.map(({ path, message }) => `${path.join(".")}: ${said(message)}`));
      const row = checked.data;
      const askedAt = timeOf(row, options.now);
      const assistant = assistantOf(row.assistant ?? options.assistant, assistants);
      const version = questionOf(row, find);
      const reply = adapter.read(body, { search: assistant.search, day: "", prices: [] });
      const content = JSON.stringify([version.id, askedAt, reply.text]);
      const hash = () => `hash ${createHash("sha256").update(content).digest("hex")}`;
      const name = row.id === null || row.id === undefined ? hash() : `id ${row.id}`;
      return { name, version, assistant, askedAt, reply, body };
    },
  };
}

/** Zod says only "expected string, received undefined" of what is missing. */
const said = (message: string): string =>
  /received undefined/.test(message) ? "is missing" : message.replace(/^Invalid input: /, "");

function timeOf({ askedAt }: RowInput, now: number): number {
  const at = Date.parse(askedAt);
  if (at > now + slackMs) throw new InputError(`askedAt: ${askedAt} lies in the future; write when it was asked`);
  if (at < firstDay)
    throw new InputError(`askedAt: ${askedAt} is before there were such assistants; write when it was asked`);
  return at;
}

function assistantOf(key: string | undefined, known: Assistant[]): Assistant {
  const fitting = known.filter(({ adapter }) => adapter === "import");
  const choice = fitting.map((one) => one.key).join(", ");
  if (fitting.length === 0)
    throw new InputError("the project has no assistant with `adapter: import`; add one to the project file");
  if (key === undefined) {
    if (fitting.length === 1) return fitting[0]!;
    throw new InputError(`assistant: is missing; give it in the row or with --assistant: ${choice}`);
  }
  const assistant = known.find((one) => one.key === key);
  if (assistant?.adapter === "import") return assistant;
  throw new InputError(
    assistant
      ? `assistant: ${key} is asked by Citera itself; answers collected elsewhere belong to one with \`adapter: import\`: ${choice}`
      : `assistant: there is no ${key}; those with \`adapter: import\` are ${choice}`,
  );
}

const folded = (text: string): string => text.normalize("NFC").replace(/\s+/g, " ").trim();

function byText(versions: Asked[]): Map<string, Asked[]> {
  const found = new Map<string, Asked[]>();
  for (const version of versions) {
    const key = folded(version.text);
    found.set(key, [...(found.get(key) ?? []), version]);
  }
  return found;
}

/** The question by its text now, by its text before, or by its id. */
function questionOf(
  row: RowInput,
  find: { now: Map<string, Asked[]>; before: Map<string, Asked[]>; keys: Map<string, Asked> },
): Asked {
  const fits = ({ language, country }: Asked) =>
    (!row.language || row.language === language) && (!row.country || country === null || row.country === country);
  const text = folded(row.prompt);
  const now = (find.now.get(text) ?? []).filter(fits);
  if (now.length === 1) return now[0]!;
  if (now.length > 1)
    throw new InputError(
      "prompt: several questions of the project read so; say `language` or `country`, or write its id",
    );
  const question = (find.before.get(text) ?? []).filter(fits).at(-1) ?? find.keys.get(row.prompt);
  if (question && fits(question)) return question;
  const shown = row.prompt.length > 80 ? `${row.prompt.slice(0, 80).toWellFormed()}…` : row.prompt;
  throw new InputError(
    question || find.before.has(text)
      ? `prompt: the project asks "${shown}" in another language or country; mend \`language\` or \`country\``
      : `prompt: the project does not ask "${shown}"; write it as it stands in the project file, or add it there with its phase`,
  );
}
