/** `citera doctor`: looks at everything a run needs and says what to do. */
import { existsSync } from "node:fs";
import { Command } from "commander";
import type { Config } from "../config.ts";
import type { ProjectDefinition, Reply } from "../domain.ts";
import { AssistantError, InputError } from "../errors.ts";
import { words } from "../words/index.ts";
import { shownCost } from "../words/numbers.ts";
import { explained } from "./failures.ts";
import {
  configFor,
  exitCodes,
  harmless,
  print,
  readProject,
  styles,
  usualFile,
  withCommonOptions,
  type CommonOptions,
} from "./command.ts";
import { lookAtHost, lookAtKey, lookAtMachine, type Finding } from "./doctor-checks.ts";

interface DoctorOptions extends CommonOptions {
  file: string;
  assistant?: string;
  json?: boolean;
}

export const doctor = withCommonOptions(new Command("doctor"))
  .description("look at keys, hosts, database, disk and clock, and say what to do")
  .option("--file <file>", "project file", usualFile)
  .option("--assistant <id>", "ask this assistant one real question, which costs, and look at the shape of its reply")
  .option("--json", "as JSON")
  .addHelpText("after", "\nExamples:\n  citera doctor\n  citera doctor --assistant chatgpt-api")
  .action(async (options: DoctorOptions) => {
    const config = configFor(options);
    const definition = existsSync(options.file) ? await readProject(options.file, config.language) : null;
    const asked = options.assistant === undefined ? null : await askOne(options.assistant, definition, config);
    const findings = asked?.findings ?? [
      ...(await lookAtMachine(config)),
      ...(await lookAtAssistants(definition, config)),
    ];
    if (options.json) print(JSON.stringify({ findings, ...(asked?.reply && { reply: asked.reply }) }, null, 2));
    else for (const line of shown(findings, config)) print(line);
    const codes = new Set(findings.map(({ code }) => code));
    const worstFirst = [exitCodes.fault, exitCodes.store, exitCodes.input, exitCodes.incomplete];
    process.exitCode = worstFirst.find((code) => codes.has(code)) ?? exitCodes.done;
  });

function shown(findings: Finding[], { language, colour }: Config): string[] {
  const { green, yellow, red } = styles(colour);
  const paint = { ok: green, warn: yellow, fail: red };
  return findings.map(({ level, says }) => `${paint[level](words[language].doctor.levels[level])}  ${harmless(says)}`);
}

async function lookAtAssistants(definition: ProjectDefinition | null, config: Config): Promise<Finding[]> {
  const { assistants: adapters } = await import("../assistants/index.ts");
  const looked = (definition?.assistants ?? []).map(async (slot): Promise<Finding[]> => {
    const adapter = adapters.find(({ id }) => id === slot.adapter)!; // the file has been checked
    if (adapter.collected)
      return [{ about: "key", level: "ok", says: words[config.language].doctor.collected(slot.title) }];
    const { finding, settings } = await lookAtKey(slot, adapters, config);
    return settings ? [finding, ...(await lookAtHost(slot, adapter, settings, config))] : [finding];
  });
  return (await Promise.all(looked)).flat();
}

/** One real question, the project's first; nothing is kept. */
async function askOne(
  key: string,
  definition: ProjectDefinition | null,
  config: Config,
): Promise<{ findings: Finding[]; reply?: object }> {
  const { assistants: adapters } = await import("../assistants/index.ts");
  const { localDay, usualCost } = await import("../jobs/index.ts");
  const { createFetch } = await import("../http.ts");
  const wording = words[config.language].doctor;
  const slot = definition?.assistants.find((one) => one.key === key);
  const prompt = definition?.prompts[0];
  if (!definition || !slot || !prompt)
    throw new InputError(
      `there is no assistant ${key} in the project file; there are ${definition?.assistants.map((one) => one.key).join(", ") ?? "none"}`,
    );
  const adapter = adapters.find(({ id }) => id === slot.adapter)!; // the file has been checked
  if (adapter.collected) throw new InputError(`${key} cannot be asked: its answers are brought by \`citera import\``);
  const { finding, settings } = await lookAtKey(slot, adapters, config);
  if (!settings) return { findings: [finding] };
  const day = localDay(Date.now(), definition.timezone);
  const cost = shownCost(usualCost(slot, day, definition.prices), config.language);
  const findings: Finding[] = [finding, { about: "reply", level: "ok", says: wording.estimate(slot.title, cost) }];
  const fetchReply = createFetch({ timeoutMs: 300_000, maxBytes: 10_000_000, allowHosts: config.allowHosts });
  const tools = { fetch: fetchReply, now: Date.now, signal: new AbortController().signal };
  const asked = { ...prompt, country: prompt.country ?? definition.country, timezone: definition.timezone };
  try {
    const body = await adapter.connect(settings)({ asked, model: slot.model, search: slot.search }, tools);
    const context = { search: slot.search, day, prices: definition.prices, country: asked.country };
    const reply = adapter.read(body, context);
    const told = summary(reply);
    const says = Object.entries(told)
      .map(([name, value]) => `${name} ${JSON.stringify(value)}`)
      .join(", ");
    findings.push({ about: "reply", level: reply.outcome === "answered" ? "ok" : "warn", says });
    return { findings: [...findings, ...(await lookAtShape(adapter, slot.model, body, config))], reply: told };
  } catch (error) {
    if (!(error instanceof AssistantError)) throw error;
    const says = wording.unanswered(slot.title, explained(error.failure, slot, adapter, config.language));
    return { findings: [...findings, { about: "reply", level: "fail", says, code: exitCodes.incomplete }] };
  }
}

/** What came, in counts: the text itself is not needed to see that it works. */
const summary = ({ outcome, servedModel, text, citations, sources, searches, usage, costMicroUsd }: Reply) => ({
  outcome,
  servedModel,
  letters: text.length,
  citations: citations.length,
  placed: citations.filter(({ start }) => start !== undefined).length,
  sources: sources.length,
  searches: searches.length,
  usage,
  costMicroUsd,
});

async function lookAtShape(
  adapter: Parameters<typeof lookAtHost>[1],
  model: string,
  body: string,
  { language }: Config,
): Promise<Finding[]> {
  const { compareShape } = await import("./doctor-shape.ts");
  const wording = words[language].doctor;
  const difference = await compareShape(adapter, model, body);
  if (!difference) return [{ about: "shape", level: "ok", says: wording.noReference }];
  const found = [...difference.added.map(wording.newPath), ...difference.lost.map(wording.lostPath)];
  return found.length > 0
    ? found.map((says) => ({ about: "shape", level: "warn", says }))
    : [{ about: "shape", level: "ok", says: wording.sameShape }];
}
