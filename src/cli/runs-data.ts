/** What is to be known of runs: outcomes, forecast and cost, time, and why questions were not asked. */
import type { Assistant, Project, QuestionState, Run } from "../domain.ts";
import {
  costsOfRuns,
  countQuestions,
  countStates,
  fullCaps,
  listAllAssistants,
  listFailures,
  sumCalls,
  type Cost,
  type Db,
  type FailedQuestions,
  type FullCap,
  type RunCost,
  type WorkspaceBudget,
} from "../store/index.ts";

/** Questions by how they stand; null where the run's questions are no longer kept, or never were. */
export interface Standing {
  done: number;
  failed: number;
  skipped_budget: number;
  cancelled: number;
  open: number;
}

export interface RunData {
  run: Run;
  project: Project;
  standing: Standing | null;
  cost: RunCost;
  /** Null where it is not known when it began or ended. */
  tookMs: number | null;
  /** Caps that leave no room; null where nothing was skipped. */
  skippedFor: FullCap[] | null;
}

export async function runData(
  db: Db,
  runs: Run[],
  projects: Project[],
  all: WorkspaceBudget,
  now: number,
): Promise<RunData[]> {
  const states = await countStates(
    db,
    runs.map(({ id }) => id),
  );
  const costs = await costsOfRuns(db, runs);
  const data: RunData[] = [];
  for (const run of runs) {
    const project = projects.find(({ id }) => id === run.projectId)!; // runs go with their project
    const standing = standingOf(states.get(run.id));
    const skipped = standing !== null && standing.skipped_budget > 0;
    data.push({
      ...{ run, project, standing },
      cost: costs.get(run.id)!,
      tookMs: tookMs(run, now),
      skippedFor: skipped ? await fullCaps(db, run, project, all) : null,
    });
  }
  return data;
}

function standingOf(states: Partial<Record<QuestionState, number>> | undefined): Standing | null {
  if (!states) return null;
  const { done = 0, failed = 0, skipped_budget = 0, cancelled = 0, waiting = 0, asking = 0 } = states;
  return { done, failed, skipped_budget, cancelled, open: waiting + asking };
}

function tookMs({ openedAt, endedAt, state }: Run, now: number): number | null {
  const end = state === "running" ? now : endedAt;
  return openedAt === null || end === null ? null : end - openedAt;
}

/** Micro-USD; null where nothing is known of what was paid. */
export const knownCost = ({ microUsd, known, unknown }: Cost): number | null =>
  known === 0 && unknown > 0 ? null : microUsd;

/** One run's questions to one assistant. */
export interface AssistantData {
  assistant: Assistant;
  standing: Standing;
  calls: Awaited<ReturnType<typeof sumCalls>>;
}

export async function assistantData(
  db: Db,
  run: Run,
): Promise<{ assistants: AssistantData[]; failures: FailedQuestions[] }> {
  const counts = await countQuestions(db, run.id);
  const calls = await sumCalls(db, [run.id]);
  const assistants = (await listAllAssistants(db, run.projectId)).flatMap((assistant) => {
    const own = counts.filter(({ assistantId }) => assistantId === assistant.id);
    const standing = standingOf(Object.fromEntries(own.map(({ state, questions }) => [state, questions])));
    const called = calls.filter(({ assistantId }) => assistantId === assistant.id);
    return own.length > 0 || called.length > 0 ? [{ assistant, standing: standing!, calls: called }] : [];
  });
  return { assistants, failures: await listFailures(db, run.id) };
}

/** The same as plain data for `--json`; amounts in micro-USD, times as ISO 8601. */
export const runJson = ({ run, project, standing, cost, tookMs: took, skippedFor }: RunData) => ({
  id: run.id,
  project: project.key,
  due: new Date(run.dueAt).toISOString(),
  timezone: project.timezone,
  day: run.day,
  purpose: run.purpose,
  group: run.promptGroup,
  state: run.state,
  questions: standing ? { all: all(standing), ...standing } : { all: run.questions },
  forecastMicroUsd: run.forecastMicroUsd,
  cost: { from: cost.from, ...costJson(cost.paid) },
  possiblyPaid: costJson(cost.possiblyPaid),
  opened: isoOrNull(run.openedAt),
  ended: isoOrNull(run.endedAt),
  tookMs: took,
  skippedFor,
});

export const all = (standing: Standing): number =>
  [standing.done, standing.failed, standing.skipped_budget, standing.cancelled, standing.open].reduce(
    (sum, some) => sum + some,
  );

const isoOrNull = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** `unknown`: calls or answers whose cost nobody told. */
export const costJson = (cost: Cost) => ({ microUsd: knownCost(cost), unknown: cost.unknown });
