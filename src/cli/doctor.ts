/** `citera doctor`: looks at everything a run needs and says what to do. */
import { existsSync } from "node:fs";
import { Command } from "commander";
import type { Config } from "../config.ts";
import type { ProjectDefinition } from "../domain.ts";
import { InputError } from "../errors.ts";
import { redactor } from "../log.ts";
import { words } from "../words/index.ts";
import {
  configFor,
  exitCodes,
  harmless,
  print,
  readProject,
  say,
  styles,
  usualFile,
  withCommonOptions,
  type CommonOptions,
} from "./command.ts";
import { askOne } from "./doctor-ask.ts";
import { lookAtAssistants, lookAtAttention } from "./doctor-assistants.ts";
import { lookAtMachine, type Finding } from "./doctor-checks.ts";
import { lookAtSchedule } from "./doctor-schedule.ts";

interface DoctorOptions extends CommonOptions {
  file: string;
  assistant?: string;
  json?: boolean;
}

export const doctor = withCommonOptions(new Command("doctor"))
  .description("look at keys, hosts, database, disk, Redis and clock, and say what to do")
  .option("--file <file>", "project file", usualFile)
  .option("--assistant <id>", "ask this assistant one real question, which costs, and look at the shape of its reply")
  .option("--json", "as JSON")
  .addHelpText("after", "\nExamples:\n  citera doctor\n  citera doctor --assistant chatgpt-api")
  .action(async (options: DoctorOptions) => {
    const config = configFor(options);
    const redact = redactor(config.secrets());
    const findings: Finding[] = [];
    const tell = (finding: Finding): void => {
      const clean = { ...finding, says: harmless(redact(finding.says)) };
      findings.push(clean);
      if (!options.json) print(shown(clean, config));
    };
    const reply =
      options.assistant === undefined
        ? await lookAtAll(options.file, config, tell)
        : await askAs(options.assistant, options, config, tell);
    if (options.json) print(harmless(redact(JSON.stringify({ findings, ...(reply && { reply }) }, null, 2))));
    const codes = new Set(findings.map(({ code }) => code));
    const worstFirst = [exitCodes.fault, exitCodes.store, exitCodes.input, exitCodes.incomplete];
    process.exitCode = worstFirst.find((code) => codes.has(code)) ?? exitCodes.done;
  });

function shown({ level, says }: Finding, { language, colour }: Config): string {
  const { green, yellow, red, dim } = styles(colour);
  const paint = { ok: green, warn: yellow, fail: red, skip: dim };
  return `${paint[level](words[language].doctor.levels[level])}  ${says}`;
}

type Tell = (finding: Finding) => void;

async function lookAtAll(file: string, config: Config, tell: Tell): Promise<undefined> {
  (await lookAtMachine(config)).forEach(tell);
  const { definition, findings } = await lookAtProject(file, config);
  findings.forEach(tell);
  if (!definition) return;
  (await lookAtAssistants(definition.assistants, config)).forEach(tell);
  (await lookAtAttention(definition, config)).forEach(tell);
  (await lookAtSchedule(definition, config)).forEach(tell);
}

/** The estimate comes before the question also where the rest comes as JSON: then beside it, on standard error. */
async function askAs(key: string, { file, json }: DoctorOptions, config: Config, tell: Tell) {
  if (!existsSync(file)) throw new InputError(words[config.language].doctor.noFile(file));
  const definition = await readProject(file, config.language);
  return askOne(key, definition, config, (finding) => {
    if (json && finding.about === "cost") say(harmless(finding.says));
    tell(finding);
  });
}

/** The project, or why there is none; what its file gets wrong does not keep the doctor from the rest. */
async function lookAtProject(
  file: string,
  config: Config,
): Promise<{ definition: ProjectDefinition | null; findings: Finding[] }> {
  const wording = words[config.language].doctor;
  if (!existsSync(file)) {
    const missing: Finding =
      file === usualFile
        ? { about: "project", level: "warn", says: wording.noProject(file) }
        : { about: "project", level: "fail", says: wording.noFile(file), code: exitCodes.input };
    return { definition: null, findings: [missing, await lookAtEnvironment(config)] };
  }
  try {
    return { definition: await readProject(file, config.language), findings: [] };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const code = exitCodes.input;
    const wrong = error.problems.map((says): Finding => ({ about: "project", level: "fail", says, code }));
    return { definition: null, findings: [...wrong, { about: "project", level: "skip", says: wording.unread }] };
  }
}

/** Without a project: which keys are there for one. */
async function lookAtEnvironment({ language, secret }: Config): Promise<Finding> {
  const { assistants } = await import("../assistants/index.ts");
  const wording = words[language].doctor;
  const known = [...new Set(assistants.flatMap(({ secrets }) => Object.values(secrets)))];
  const there = known.filter((name) => secret(name) !== undefined);
  return there.length > 0
    ? { about: "environment", level: "ok", says: wording.keys(there.join(", ")) }
    : { about: "environment", level: "warn", says: wording.noKeys(known[0]!) };
}
