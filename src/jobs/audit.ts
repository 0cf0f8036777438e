/**
 * One-off audits: every question to every assistant once a round, until the interval is narrow enough. One run of
 * purpose `audit` holds all rounds, so that no other number moves, the cap per run is the audit's, and a question is
 * asked once a round however often the audit is stopped.
 */
import type { Assistant, Project, Run, Surface } from "../domain.ts";
import { InputError } from "../errors.ts";
import { panelRate, worstCaseRounds, type PanelInterval } from "../metrics/index.ts";
import {
  addRound,
  auditCells,
  auditPanel,
  auditState,
  cancelRun,
  getProject,
  latestAudit,
  listBrands,
  reopenAudit,
  spentIn,
  unfinishedRuns,
} from "../store/index.ts";
import { localDay } from "./days.ts";
import type { House } from "./job.ts";
import { planRun, questionOf, resumeRun, startRun, type RunPlan } from "./run.ts";

/** With fewer answers to a cell nobody knows how much they vary. Source: measures.md 5. */
const fewestRounds = 3;
/** How often it is looked whether a round is over. */
const lookEveryMs = 200;
/** Questions under way may end within this time after the audit is stopped. */
const graceMs = 20_000;

export interface AuditWish {
  /** Half the width of the panel's interval, 0 to 0.5. */
  width: number;
  level: number;
  mostRounds: number;
  /** For the whole audit; null where only the project's caps hold. */
  budgetMicroUsd: number | null;
}

/** An audit that has been opened: its first round, or what was left of one, is in line. */
export interface Audit {
  run: Run;
  plan: RunPlan;
  ownBrandId: string;
}

/** What is known after a round. */
export interface AuditRound {
  round: number;
  /** Over all rounds so far; null where nothing was answered. */
  visibility: PanelInterval | null;
  costMicroUsd: number;
}

export interface AuditEnd {
  rounds: AuditRound[];
  /** Why it ended: narrow enough, most rounds reached, no room in a budget, stopped, or nothing was answered. */
  ended: "narrow" | "rounds" | "budget" | "stopped" | "unanswered";
  /** Rounds that a plan for the worst case would have taken, at least three. */
  worstCaseRounds: number;
}

/** One question of each prompt to each assistant of one surface that can be asked: the API where any is. */
export async function planRound(house: House, project: Project, surface?: Surface): Promise<RunPlan> {
  const all = await planRun(house, { ...project, repeats: 1 });
  const wanted = surface ?? (all.assistants.some(({ assistant }) => assistant.surface === "api") ? "api" : "ui");
  const ofSurface = (assistant: Assistant) => assistant.surface === wanted;
  const assistants = all.assistants.filter(({ assistant }) => ofSurface(assistant));
  return {
    ...all,
    assistants,
    leftOut: all.leftOut.filter(({ assistant }) => ofSurface(assistant)),
    collected: all.collected.filter(ofSurface),
    questions: assistants.reduce((sum, { questions }) => sum + questions, 0),
    costMicroUsd: assistants.reduce((sum, one) => sum + one.questions * (one.costPerAnswerMicroUsd ?? 0), 0),
  };
}

/**
 * Begins an audit, which gives up one that a crash has left, or goes on with the latest: what has its answer is not
 * asked again. Throws InputError where there is nothing to ask, no room for a round, or the panel is another one now.
 */
export async function openAudit(
  house: House,
  plan: RunPlan,
  { budgetMicroUsd, resume }: Pick<AuditWish, "budgetMicroUsd"> & { resume: boolean },
): Promise<Audit> {
  const { project } = plan;
  const own = (await listBrands(house.store.read, project.id)).find(({ role }) => role === "own");
  if (!own) throw new InputError(`${project.key} has no own brand to audit`);
  if (plan.questions === 0)
    throw new InputError("no assistant can be asked: set the missing keys, or choose another --surface");
  if (budgetMicroUsd !== null && plan.assistants.some(({ costPerAnswerMicroUsd: cost }) => cost === null))
    throw new InputError("--budget needs the price of every assistant: set `prices` in the project file");
  if (resume) return { run: await goOn(house, plan, budgetMicroUsd), plan, ownBrandId: own.id };
  if (budgetMicroUsd !== null && plan.costMicroUsd > budgetMicroUsd)
    throw new InputError("--budget leaves no room for a single round; ask fewer questions or raise it");
  await giveUpLeft(house, project);
  let dueAt = house.clock.now();
  for (;;) {
    const run = await startRun(house, plan, dueAt++, "audit");
    if (run) return { run, plan, ownBrandId: own.id };
  }
}

async function goOn(house: House, plan: RunPlan, budgetMicroUsd: number | null): Promise<Run> {
  const run = await latestAudit(house.store.read, plan.project.id);
  if (!run) throw new InputError("there is no audit to go on with: leave out --resume");
  const before = (await auditPanel(house.store.read, run.id)).map(
    (cell) => `${cell.promptVersionId} ${cell.assistantId}`,
  );
  const now = plan.prompts.flatMap(({ versionId }) =>
    plan.assistants.map(({ assistant }) => `${versionId} ${assistant.id}`),
  );
  if (before.length !== now.length || before.some((cell) => !now.includes(cell)))
    throw new InputError(
      `questions or assistants are not those of the audit of ${run.day}: leave out --resume to begin another`,
    );
  const { leftMicroUsd } = await auditState(house.store.read, run.id);
  const { spent } = await spentIn(house.store.read, run.projectId, `run-${run.id}`);
  if (budgetMicroUsd !== null && spent + leftMicroUsd > budgetMicroUsd)
    throw new InputError("--budget leaves no room for what is left of the round; it is for all rounds of the audit");
  await house.store.tx((tx) => reopenAudit(tx, run, localDay(house.clock.now(), plan.project.timezone)));
  await resumeRun(house, run);
  return run;
}

/** Ends audits that a crash has left open. */
async function giveUpLeft(house: House, project: Project): Promise<void> {
  for (const run of await unfinishedRuns(house.store.read))
    if (run.projectId === project.id && run.purpose === "audit")
      await house.store.tx((tx) => cancelRun(tx, run, project, house.workspaceBudget, house.clock.now()));
}

/**
 * Asks round after round until the interval is narrow enough, or something else ends it; the house must be at work.
 * `onRound` is told of every round, `onLook` while one goes on. When `signal` is aborted, questions under way end, what
 * is left is not asked, and the audit ends with what it has.
 */
export async function runAudit(
  house: House,
  audit: Audit,
  wish: AuditWish,
  {
    signal,
    onRound,
    onLook,
  }: { signal: AbortSignal; onRound?: (round: AuditRound) => void; onLook?: () => Promise<void> },
): Promise<AuditEnd> {
  const { run, plan } = audit;
  const rounds: AuditRound[] = [];
  const worst = Math.max(fewestRounds, worstCaseRounds(plan.questions, wish.width, wish.level));
  for (;;) {
    await roundOver(house, run, signal, onLook);
    if (signal.aborted) await stopAsking(house, audit);
    const round = await countRound(house, audit, wish.level);
    rounds.push(round);
    onRound?.(round);
    const ended = signal.aborted ? "stopped" : await endAfter(house, audit, wish, rounds);
    if (ended) return { rounds, ended, worstCaseRounds: worst };
    await askAgain(house, audit, round.round);
  }
}

async function roundOver(
  house: House,
  { id }: Run,
  signal: AbortSignal,
  onLook: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  let idle = false;
  const done = house.queue.idle().then(() => (idle = true)); // what is open then, nobody will ask
  while (!signal.aborted && !idle && (await auditState(house.store.read, id)).open > 0) {
    await Promise.race([done, house.clock.sleep(lookEveryMs, signal)]);
    await onLook();
  }
}

async function stopAsking(house: House, { run, plan }: Audit): Promise<void> {
  await house.queue.stop(graceMs);
  const day = localDay(house.clock.now(), plan.project.timezone);
  await house.store.tx((tx) => cancelRun(tx, { ...run, day }, plan.project, house.workspaceBudget, house.clock.now()));
}

async function countRound(house: House, { run, ownBrandId }: Audit, level: number): Promise<AuditRound> {
  const { read } = house.store;
  const { reading } = await getProject(read, run.projectId);
  const cells = await auditCells(read, run.id, reading, ownBrandId);
  return {
    round: (await auditState(read, run.id)).rounds,
    visibility: panelRate(cells, level),
    costMicroUsd: (await spentIn(read, run.projectId, `run-${run.id}`)).spent,
  };
}

/** Why there is no other round; null where there is one. */
async function endAfter(
  house: House,
  { run, plan }: Audit,
  wish: AuditWish,
  rounds: readonly AuditRound[],
): Promise<Exclude<AuditEnd["ended"], "stopped"> | null> {
  const { round, visibility, costMicroUsd } = rounds.at(-1)!;
  const { skipped, replied } = await auditState(house.store.read, run.id);
  if (visibility && round >= fewestRounds && (visibility.high - visibility.low) / 2 <= wish.width) return "narrow";
  if (skipped > 0) return "budget";
  if (visibility === null || replied === 0) return "unanswered";
  if (round >= wish.mostRounds) return "rounds";
  const usual = costMicroUsd / round; // prices may have been thought too low
  const next = Math.max(plan.costMicroUsd, usual);
  return wish.budgetMicroUsd !== null && costMicroUsd + next > wish.budgetMicroUsd ? "budget" : null;
}

/** Puts the next round in line, on the day that it is. */
async function askAgain(house: House, { run, plan }: Audit, repeat: number): Promise<void> {
  const today = { ...run, day: localDay(house.clock.now(), plan.project.timezone) };
  const questions = plan.prompts.flatMap((prompt) =>
    plan.assistants.map((planned) => questionOf(today, prompt, planned, repeat)),
  );
  await house.store.tx((tx) => addRound(tx, run, questions, plan.costMicroUsd));
  await resumeRun(house, run);
}
