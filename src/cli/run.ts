/** `citera run`: one monitoring run now, from forecast to failures. */
import { Command } from "commander";
import type { Config } from "../config.ts";
import type { Assistant, Project, ProjectDefinition, Run, UiLanguage } from "../domain.ts";
import { InputError } from "../errors.ts";
import type { House, RunPlan } from "../jobs/index.ts";
import type { OpenHouse } from "../service.ts";
import { words } from "../words/index.ts";
import { shownCost } from "../words/numbers.ts";
import { applyFile, databaseFor, shownChanges } from "./apply.ts";
import {
  configFor,
  exitCodes,
  harmless,
  readProject,
  say,
  styles,
  usualFile,
  withCommonOptions,
  type CommonOptions,
} from "./command.ts";
import { explained } from "./failures.ts";
import { Progress } from "./progress.ts";

/** How often the progress is looked up. */
const progressEveryMs = 200;
/** Questions under way may end within this time after Ctrl-C. */
const graceMs = 20_000;

interface RunOptions extends CommonOptions {
  file: string;
  resume?: boolean;
  new?: boolean;
  dryRun?: boolean;
  group?: string;
}

export const run = withCommonOptions(new Command("run"))
  .description("ask all questions of a project once, now")
  .option("--file <file>", "project file", usualFile)
  .option("--group <id>", "ask only the prompts of this group")
  .option("--dry-run", "forecast questions and cost, ask nothing")
  .option("--resume", "go on with a run that was stopped; what has its answer is not asked again")
  .option("--new", "give up a run that was stopped and begin a new one")
  .addHelpText(
    "after",
    "\nExamples:\n  citera run --dry-run\n  citera run --file markets/sweden.yaml\n  citera run --resume",
  )
  .action(async (options: RunOptions) => {
    const config = configFor(options);
    const definition = await readProject(options.file, config.language);
    checkGroup(definition, options.group);
    const { openHouse } = await import("../service.ts");
    const database = await databaseFor(config.databaseUrl, options.dryRun === true);
    const house = await openHouse({ config: { ...config, databaseUrl: database.url } });
    let stopped = false;
    try {
      if (options.dryRun) return await forecast(house, definition, config, options.group);
      const { project, changes } = await applyFile(house, definition);
      for (const line of shownChanges(changes, styles(config.colour))) say(line);
      process.exitCode = await runProject(house, project, options, config.language);
      stopped = process.exitCode === exitCodes.stopped;
    } finally {
      await house.close(stopped ? 0 : graceMs);
      database.remove();
    }
  });

function checkGroup({ groups }: ProjectDefinition, group: string | undefined): void {
  if (group === undefined || groups.some(({ key }) => key === group)) return;
  const known = groups.map(({ key }) => key).join(", ");
  throw new InputError(
    `--group: the project file has no group ${group}${known ? `; its groups are ${known}` : "; it has none at all"}`,
  );
}

/** Shows what would change and what a run would ask and cost, and leaves everything as it is. */
async function forecast(
  house: OpenHouse,
  definition: ProjectDefinition,
  config: Config,
  group: string | undefined,
): Promise<void> {
  const { planRun } = await import("../jobs/index.ts");
  let plan: RunPlan | undefined;
  const look = async (after: House, project: Project) => void (plan = await planRun(after, project, group));
  const { changes } = await applyFile(house, definition, true, look);
  for (const line of shownChanges(changes, styles(config.colour))) say(line);
  await tellPlan(house, plan!, config.language);
}

async function runProject(
  house: OpenHouse,
  project: Project,
  options: RunOptions,
  language: UiLanguage,
): Promise<number> {
  const { planRun, startRun } = await import("../jobs/index.ts");
  const { readNewly } = await import("../service.ts");
  const left = await leftRuns(house, options);
  if (options.resume) return resume(house, project, left, language);
  const plan = await planRun(house, project, options.group);
  await tellPlan(house, plan, language);
  if (plan.prompts.length === 0) throw new InputError(`no prompt belongs to the group ${options.group}`);
  if (plan.questions === 0)
    throw new InputError(
      plan.leftOut.length
        ? "no assistant can be asked: set the keys named above"
        : "no assistant can be asked: all answers of this project are imported",
    );
  await readNewly(house, project);
  const opened = await startRun(house, plan, house.clock.now(), "scheduled");
  return watch(house, project, opened ? [opened] : [], language);
}

async function resume(house: OpenHouse, project: Project, left: Run[], language: UiLanguage): Promise<number> {
  const { resumeRun } = await import("../jobs/index.ts");
  const { readNewly } = await import("../service.ts");
  let open = 0;
  for (const run of left) open += await resumeRun(house, run);
  say(left.length === 0 ? words[language].nothingToResume : words[language].resuming(open));
  await readNewly(house, project);
  return left.length === 0 ? exitCodes.done : watch(house, project, left, language);
}

/** Runs that were stopped: to be gone on with, given up, or decided about first. */
async function leftRuns(house: OpenHouse, { resume, new: giveUp }: RunOptions): Promise<Run[]> {
  const { cancelRun, getProject, unfinishedRuns } = await import("../store/index.ts");
  // a question asked out of turn has nobody waiting for it any more
  const left = (await unfinishedRuns(house.store.read)).filter(({ purpose }) => purpose !== "adhoc");
  if (resume || left.length === 0) return left;
  if (!giveUp)
    throw new InputError(
      `a run of ${left[0]!.day} was stopped before its end: \`citera run --resume\` goes on with it, \`citera run --new\` gives it up and begins anew`,
    );
  await house.store.tx(async (tx) => {
    for (const run of left)
      await cancelRun(tx, run, await getProject(tx, run.projectId), house.workspaceBudget, house.clock.now());
  });
  return [];
}

async function tellPlan(house: House, plan: RunPlan, language: UiLanguage): Promise<void> {
  const { adapterOf, isHeldBack } = await import("../jobs/index.ts");
  const wording = words[language];
  for (const { assistant, missing } of plan.leftOut)
    say(wording.leftOut(harmless(assistant.title), missing.join(", ")));
  for (const { title } of plan.collected) say(wording.notAsked(harmless(title)));
  const asked = plan.assistants.map(({ assistant }) => harmless(assistant.title)).join(", ");
  if (plan.leftOut.length && asked) say(words[language].stillAsked(asked));
  for (const { assistant } of plan.assistants) {
    const { attention, adapter } = assistant;
    if (!attention) continue;
    const title = harmless(assistant.title);
    say(wording.attention(title, explained(attention, assistant, adapterOf(house, adapter), language)));
    if (isHeldBack(assistant)) say(wording.probed(title));
  }
  const unknown = plan.assistants
    .filter((planned) => planned.costPerAnswerMicroUsd === null)
    .map((planned) => harmless(planned.assistant.title));
  const guess = plan.assistants.find((planned) => planned.costPerAnswerMicroUsd === null)?.setAsideMicroUsd ?? 0;
  const allUnknown = unknown.length === plan.assistants.length;
  const forecast = wording.forecast(plan.questions, shownCost(allUnknown ? null : plan.costMicroUsd, language));
  say(unknown.length ? `${forecast} (${wording.forecastUnknown(unknown.join(", "))})` : forecast);
  if (guess > 0) say(wording.capGuess(shownCost(guess, language)));
}

/** Works until everything is asked or Ctrl-C; a second Ctrl-C ends at once. Returns the exit code. */
export async function watch(house: OpenHouse, project: Project, runs: Run[], language: UiLanguage): Promise<number> {
  const { countQuestions, listAllAssistants } = await import("../store/index.ts");
  const known = await listAllAssistants(house.store.read, project.id);
  const terminal = process.stderr.isTTY === true;
  const progress = new Progress({
    write: (text) => process.stderr.write(text),
    terminal,
    wording: words[language],
    styles: styles(terminal),
  });
  const counts = async () => (await Promise.all(runs.map((run) => countQuestions(house.store.read, run.id)))).flat();
  const began = performance.now();
  const interrupted = new Promise<"stopped">((resolve) => {
    process.once("SIGINT", () => {
      process.once("SIGINT", () => process.exit(exitCodes.stopped));
      resolve("stopped");
    });
    process.once("SIGTERM", () => resolve("stopped"));
  });
  await house.work();
  const idle = house.queue.idle().then(() => "idle" as const);
  for (;;) {
    const pause = house.clock.sleep(progressEveryMs).then(() => "again" as const);
    const now = await Promise.race([idle, interrupted, house.broken, pause]);
    progress.show(known, await counts());
    if (now === "again") continue;
    progress.clear();
    if (now === "stopped") {
      say(words[language].stopping);
      await house.queue.stop(graceMs);
    }
    return tellEnd(house, runs, known, language, (performance.now() - began) / 1000);
  }
}

async function tellEnd(
  house: OpenHouse,
  runs: Run[],
  known: Assistant[],
  language: UiLanguage,
  seconds: number,
): Promise<number> {
  const { adapterOf } = await import("../jobs/index.ts");
  const { countQuestions, listFailures, spentIn } = await import("../store/index.ts");
  const wording = words[language];
  const counts = (await Promise.all(runs.map((run) => countQuestions(house.store.read, run.id)))).flat();
  const sum = (...states: string[]) =>
    counts.filter(({ state }) => states.includes(state)).reduce((total, { questions }) => total + questions, 0);
  const all = counts.reduce((total, { questions }) => total + questions, 0);
  say(wording.finished(sum("done"), all, seconds.toLocaleString(wording.locale, { maximumFractionDigits: 1 })));
  for (const run of runs) {
    const { spent } = await spentIn(house.store.read, run.projectId, `run-${run.id}`);
    say(wording.spent(shownCost(spent, language)));
    for (const { assistantId, failure, questions, unsent } of await listFailures(house.store.read, run.id)) {
      const assistant = known.find(({ id }) => id === assistantId)!;
      const why = explained(failure, assistant, adapterOf(house, assistant.adapter), language);
      say(`${wording.failures}: ${harmless(assistant.title)}: ${questions} x ${why}`);
      if (unsent > 0) say(wording.unsent(harmless(assistant.title), unsent));
    }
  }
  if (sum("skipped_budget")) say(`${sum("skipped_budget")} ${wording.state.skipped_budget}`);
  const open = sum("waiting", "asking");
  if (open > 0) say(wording.stopped(open));
  return open > 0 ? exitCodes.stopped : sum("failed", "skipped_budget") > 0 ? exitCodes.incomplete : exitCodes.done;
}
