/** `citera demo`: a whole project on simulated assistants, with sixty days of history, and no key. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import type { Config } from "../config.ts";
import type { Clock, Project, ProjectDefinition, UiLanguage } from "../domain.ts";
import { InputError } from "../errors.ts";
import type { OpenHouse } from "../service.ts";
import { words } from "../words/index.ts";
import { applyFile } from "./apply.ts";
import {
  configFor,
  exitCodes,
  print,
  readProject,
  say,
  styles,
  usualFile,
  withCommonOptions,
  type CommonOptions,
} from "./command.ts";
import { startTown, type TownProcess } from "./town.ts";

/** Local hour of the demo's runs. */
const runHour = 6;
/** How long a simulated assistant thinks in the live run, so that there is something to see. */
const liveDelayMs = [100, 900];

interface DemoOptions extends CommonOptions {
  keep?: string;
  days: number;
}

export const demo = withCommonOptions(new Command("demo"))
  .description("fill a demo project with history from simulated assistants, run it live, and report")
  .option("--keep <dir>", "keep project file and database there, to look at with `citera start`")
  .option("--days <number>", "days of history", historyDays, 60)
  .addHelpText("after", "\nExamples:\n  citera demo\n  citera demo --keep demo && citera start --db demo/citera.db")
  .action(async (options: DemoOptions) => {
    const config = configFor(options);
    const folder = options.keep ?? mkdtempSync(join(tmpdir(), "citera-demo-"));
    mkdirSync(folder, { recursive: true });
    try {
      await runDemo(folder, options.days, config);
    } finally {
      if (options.keep === undefined) rmSync(folder, { recursive: true, force: true });
    }
  });

async function runDemo(folder: string, days: number, config: Config): Promise<void> {
  const { demoTown } = await import("../simulator/index.ts");
  const { addDays, localDay } = await import("../jobs/index.ts");
  const { openHouse } = await import("../service.ts");
  const today = localDay(Date.now(), "Europe/Stockholm");
  const first = addDays(today, -days);
  const town = await startTown(demoTown(first));
  const clock = new MovableClock();
  try {
    const definition = await writeProject(folder, town.url, config.language);
    await town.tell("prompts", {
      prompts: definition.prompts.map(({ text, language, phase, segment }) => ({ text, language, phase, segment })),
    });
    const house = await openHouse({ clock, config: configOf(config, folder) });
    try {
      const { project } = await applyFile(house, definition);
      const history = Array.from({ length: days }, (_, i) => addDays(first, i));
      const began = performance.now();
      const asked = await fillHistory(house, project, town, clock, history);
      const { locale, historyFilled } = words[config.language];
      const seconds = (performance.now() - began) / 1000;
      say(historyFilled(asked, days, seconds.toLocaleString(locale, { maximumFractionDigits: 1 })));
      clock.reset();
      await town.tell("day", { day: today });
      await town.tell("faults", { delayMs: liveDelayMs });
      process.exitCode = await runLive(house, project, config);
      await showReport(house, project, config);
    } finally {
      await house.close();
    }
  } finally {
    await town.close();
  }
  print("");
  print(words[config.language].simulated);
}

/** The demo's project file with the town's address, kept beside the database. Throws InputError when one is there. */
async function writeProject(folder: string, url: string, language: UiLanguage): Promise<ProjectDefinition> {
  const file = join(folder, usualFile);
  const text = readFileSync(join(import.meta.dirname, "examples", "demo.yaml"), "utf8");
  try {
    writeFileSync(file, text.replaceAll("SIMULATOR", url), { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST")
      throw new InputError(`${file} is there already; name an empty folder`);
    throw error;
  }
  return readProject(file, language);
}

/** The town is on loopback and takes any key. */
const configOf = (config: Config, folder: string): Config => ({
  ...config,
  databaseUrl: join(folder, "citera.db"),
  redisUrl: null,
  allowHosts: ["127.0.0.1"],
  secret: () => "simulated",
});

/** Asks one run a day through the whole pipeline, each on its own day; resolves with the number of questions. */
async function fillHistory(
  house: OpenHouse,
  project: Project,
  town: TownProcess,
  clock: MovableClock,
  days: string[],
): Promise<number> {
  const { planRun, startRun } = await import("../jobs/index.ts");
  const { readNewly } = await import("../service.ts");
  const { openQuestions } = await import("../store/index.ts");
  await readNewly(house, project);
  await house.work();
  let asked = 0;
  for (const day of days) {
    clock.set(Date.parse(`${day}T0${runHour}:00:00Z`));
    await town.tell("day", { day });
    const plan = await planRun(house, project);
    const run = (await startRun(house, plan, house.clock.now(), "scheduled"))!; // each day is new
    while ((await openQuestions(house.store.read, run.id)).length > 0)
      await Promise.race([systemPause(), house.broken]);
    asked += plan.questions;
  }
  await Promise.race([house.queue.idle(), house.broken]);
  return asked;
}

const systemPause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

async function runLive(house: OpenHouse, project: Project, config: Config): Promise<number> {
  const { planRun, startRun } = await import("../jobs/index.ts");
  const { watch } = await import("./run.ts");
  const plan = await planRun(house, project);
  const run = await startRun(house, plan, house.clock.now(), "scheduled");
  const code = await watch(house, project, run ? [run] : [], config.language);
  return code === exitCodes.incomplete ? exitCodes.done : code; // simulated assistants fail now and then, as real ones do
}

async function showReport(house: OpenHouse, project: Project, config: Config): Promise<void> {
  const { makeReport } = await import("../measures/report.ts");
  const { getProject } = await import("../store/index.ts");
  const { reportText } = await import("./report-text.ts");
  const made = await makeReport(house.store.read, await getProject(house.store.read, project.id), { days: 28 });
  if (made) for (const line of reportText(made, config.language, styles(config.colour))) print(line);
}

/** Time that goes on as usual from wherever it is set to. */
class MovableClock implements Clock {
  #ahead = 0;
  now(): number {
    return Date.now() + this.#ahead;
  }
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
    });
  }
  set(at: number): void {
    this.#ahead = at - Date.now();
  }
  reset(): void {
    this.#ahead = 0;
  }
}

function historyDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 365)
    throw new InvalidArgumentError("must be a whole number from 1 to 365");
  return days;
}
