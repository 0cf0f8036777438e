/** `citera ask`: one question to one assistant, read aloud. */
import { existsSync } from "node:fs";
import { Command, InvalidArgumentError } from "commander";
import type { Config } from "../config.ts";
import type { Failure, ProjectDefinition, UiLanguage } from "../domain.ts";
import { AssistantError, InputError, RetryLater, StoreError } from "../errors.ts";
import { words } from "../words/index.ts";
import { applyFile } from "./apply.ts";
import { readAloud, type Heard } from "./answer-text.ts";
import { explained, inOptions } from "./failures.ts";
import {
  configFor,
  NoAnswer,
  print,
  readProject,
  say,
  styles,
  usualFile,
  withCommonOptions,
  type CommonOptions,
} from "./command.ts";

interface AskOptions extends CommonOptions {
  assistant: string;
  file: string;
  model?: string;
  language?: string;
  country?: string;
  set: Record<string, string>;
}

export const ask = withCommonOptions(new Command("ask"))
  .description("ask one assistant one question and read the answer aloud")
  .argument("<question>", "asked unchanged")
  .requiredOption("--assistant <id>", "an assistant of the project, else an adapter")
  .option("--file <file>", "project file", usualFile)
  .option("--model <model>", "model, when an adapter is asked without a project")
  .option("--language <tag>", "language of the question (default: the project's first)")
  .option("--country <code>", "country it is asked from (default: the project's)")
  .option("--set <name=value>", "a setting of the adapter, such as baseUrl=...", setting, {})
  .addHelpText(
    "after",
    '\nExamples:\n  citera ask "Which coffee machine should I buy?" --assistant chatgpt-api\n  citera ask "Vilken kaffemaskin är bäst?" --assistant openai --model gpt-6-luna --country SE',
  )
  .action(async (question: string, options: AskOptions) => {
    const config = configFor(options);
    const { assistants } = await import("../assistants/index.ts");
    const definition = existsSync(options.file) ? await readProject(options.file, config.language) : null;
    const slot = definition?.assistants.find(({ key }) => key === options.assistant);
    if (!slot && !assistants.some(({ id }) => id === options.assistant))
      throw nobody(options.assistant, definition, assistants);
    const adapter = assistants.find(({ id }) => id === (slot?.adapter ?? options.assistant))!; // checked just now
    if (adapter.collected)
      throw new InputError(`${options.assistant} cannot be asked: its answers are brought by \`citera import\``);
    const { assistant: key, model = "", set } = options;
    const wording = words[config.language];
    const known = Object.keys(adapter.settings.shape);
    const unknown = Object.keys(set).filter((name) => !known.includes(name));
    if (unknown.length > 0)
      throw new InputError(unknown.map((name) => wording.noSetting(name, adapter.id, known.join(", "))));
    const asked = slot ?? { key, model, settings: set };
    const explain = (failure: Failure) =>
      explained(failure, asked, adapter, config.language, ...(slot ? [] : [inOptions]));
    const asking = slot
      ? askInProject(question, definition!, options, config)
      : askOutside(question, options, config, definition);
    const heard = await asking.catch((error: unknown) => noAnswer(error, explain, config.language));
    const brands = new Map(definition?.brands.map(({ key, name }) => [key, name]));
    const style = styles(config.colour);
    for (const line of readAloud(heard, brands, config.language, style)) print(line);
    if (heard.reply.locationApplied && !adapter.location.includes("timezone"))
      print(style.dim(wording.timezoneNotApplied));
  });

/** Keeps the answer with the project; while another process has the database it is only read aloud. */
async function askInProject(
  question: string,
  definition: ProjectDefinition,
  options: AskOptions,
  config: Config,
): Promise<Heard> {
  const { openHouse } = await import("../service.ts");
  let house;
  try {
    house = await openHouse({ config });
  } catch (error) {
    if (!(error instanceof StoreError) || error.kind !== "locked") throw error;
    say("The answer is not kept: another citera process uses the database.");
    return askOutside(question, options, config, definition);
  }
  try {
    const { askNow, prepareReading, resolveSettings } = await import("../jobs/index.ts");
    const { listAssistants } = await import("../store/index.ts");
    const { project } = await applyFile(house, definition);
    await prepareReading(house, project.id);
    const assistant = (await listAssistants(house.store.read, project.id)).find(
      ({ key }) => key === options.assistant,
    )!;
    resolveSettings(house, assistant); // a key that is not set is said before anything is kept
    const version = {
      text: question,
      language: options.language ?? project.languages[0]!,
      country: options.country ?? project.country,
    };
    const signal = new AbortController().signal;
    const { answer, findings } = await askNow(house, project, assistant, version, signal).catch(withoutAnswer);
    return { reply: answer, findings, surface: assistant.surface };
  } finally {
    await house.close();
  }
}

/** The settings are known to be right, so what is left is the assistant's or the budget's. */
function withoutAnswer(error: unknown): never {
  if (error instanceof InputError) throw new NoAnswer(error.message);
  throw error;
}

/** Says why there is no answer, what to change and, where waiting helps, how long. */
function noAnswer(error: unknown, explain: (failure: Failure) => string, language: UiLanguage): never {
  if (error instanceof AssistantError) throw new NoAnswer(explain(error.failure));
  if (!(error instanceof RetryLater)) throw error;
  const why = error.failure ? explain(error.failure) : error.message;
  throw new NoAnswer(`${why}; ${words[language].tryAgainIn(String(Math.ceil(error.afterMs / 1000)))}`);
}

/** Names everybody who could be asked instead. */
function nobody(
  wanted: string,
  definition: ProjectDefinition | null,
  known: { id: string; collected?: true }[],
): InputError {
  const slots = definition?.assistants.map(({ key }) => key) ?? [];
  const ofProject = slots.length ? `the project's assistants are ${slots.join(", ")}, and ` : "";
  const adapters = known.filter(({ collected }) => !collected).map(({ id }) => id);
  return new InputError(`there is no assistant ${wanted}; ${ofProject}adapters are ${adapters.join(", ")}`);
}

/** Asks without keeping anything. */
async function askOutside(
  question: string,
  options: AskOptions,
  config: Config,
  definition: ProjectDefinition | null,
): Promise<Heard> {
  const { adapterOf, localDay, resolveSettings } = await import("../jobs/index.ts");
  const { assistants } = await import("../assistants/index.ts");
  const { createFetch } = await import("../http.ts");
  const { compileBrands, parse } = await import("../parser/parse.ts");
  const slot = definition?.assistants.find(({ key }) => key === options.assistant);
  const adapter = adapterOf({ adapters: assistants }, slot?.adapter ?? options.assistant);
  const model = options.model ?? slot?.model;
  if (model === undefined) throw new InputError("which model? name it with --model");
  const configured = { key: options.assistant, adapter: adapter.id, settings: { ...slot?.settings, ...options.set } };
  const settings = resolveSettings({ adapters: assistants, secret: config.secret }, configured);
  const timezone = definition?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const asked = {
    text: question,
    language: options.language ?? definition?.languages[0] ?? "en",
    country: options.country ?? definition?.country ?? null,
    timezone,
  };
  const search = slot?.search ?? adapter.search;
  const limits = { timeoutMs: 300_000, maxBytes: 10_000_000, allowHosts: config.allowHosts };
  const tools = { fetch: createFetch(limits), now: Date.now, signal: new AbortController().signal };
  const body = await adapter.connect(settings)({ asked, model, search }, tools);
  const day = localDay(Date.now(), timezone);
  const reply = adapter.read(body, { search, day, prices: definition?.prices ?? [], country: asked.country });
  const brandSet = compileBrands(definition?.brands ?? [], { languages: definition?.languages ?? [] });
  const findings = parse({ ...reply, language: asked.language }, brandSet);
  return { reply, findings, surface: slot?.surface ?? adapter.surface };
}

function setting(pair: string, known: Record<string, string>): Record<string, string> {
  const at = pair.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("must be name=value");
  return { ...known, [pair.slice(0, at)]: pair.slice(at + 1) };
}
