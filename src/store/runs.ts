/** Runs and their questions: opening, counting, finishing. */
import { and, count, desc, eq, gte, inArray, lte, notExists, sql, type SQL } from "drizzle-orm";
import type { Assistant, Failure, Project, PromptVersion, Question, QuestionState, Run } from "../domain.ts";
import { newId } from "./ids.ts";
import { given, givenList, givenTo, insertMany, prepared } from "./prepared.ts";
import { abandonCalls } from "./calls.ts";
import { periodsOf, settle, type WorkspaceBudget } from "./spending.ts";
import type { Db } from "./store.ts";

const isOpen = (db: Db) => inArray(db.tables.questions.state, ["waiting", "asking"]);

/** A run that is about to be opened. */
export const newRun = (run: Pick<Run, "projectId" | "dueAt" | "day" | "purpose"> & Partial<Omit<Run, "id">>): Run => ({
  id: newId(),
  state: "running",
  promptGroup: "",
  questions: 0,
  forecastMicroUsd: null,
  openedAt: null,
  endedAt: null,
  ...run,
});

/** Opens a run with its questions. A run of the same project, due time and purpose is left as it is: returns false. */
export async function openRun(tx: Db, run: Run, questions: Question[]): Promise<boolean> {
  const inserted = await tx
    .insert(tx.tables.runs)
    .values(run)
    .onConflictDoNothing()
    .returning({ id: tx.tables.runs.id });
  if (inserted.length === 0) return false;
  await insertQuestions(tx, questions);
  return true;
}

/** Keeps questions that have no job yet. */
export const insertQuestions = (tx: Db, questions: Question[]): Promise<void> =>
  insertMany(
    tx,
    tx.tables.questions,
    questions.map((question) => ({ ...question, queued: false })),
  );

/** Runs that have not ended, oldest first. */
export const unfinishedRuns = (db: Db): Promise<Run[]> => {
  const { runs } = db.tables;
  return db.select().from(runs).where(eq(runs.state, "running")).orderBy(runs.dueAt);
};

/** Ends a run: what is open is not asked any more; calls under way count as possibly paid. */
export async function cancelRun(
  tx: Db,
  run: Pick<Run, "id" | "day">,
  project: Pick<Project, "id" | "budget">,
  all: WorkspaceBudget,
  now: number,
): Promise<void> {
  const { runs, questions } = tx.tables;
  await tx
    .update(questions)
    .set({ state: "cancelled" })
    .where(and(eq(questions.runId, run.id), isOpen(tx)));
  await tx.update(runs).set({ state: "cancelled", endedAt: now }).where(eq(runs.id, run.id));
  const aside = await abandonCalls(tx, run.id);
  await settle(tx, periodsOf(project, { runId: run.id, day: run.day }, all), aside, aside);
}

/** Due time of the latest run of a purpose and group of prompts, or null. */
export async function latestDueAt(
  db: Db,
  projectId: string,
  purpose: Run["purpose"],
  promptGroup = "",
): Promise<number | null> {
  const { runs } = db.tables;
  const [run] = await db
    .select({ dueAt: runs.dueAt })
    .from(runs)
    .where(and(eq(runs.projectId, projectId), eq(runs.purpose, purpose), eq(runs.promptGroup, promptGroup)))
    .orderBy(desc(runs.dueAt))
    .limit(1);
  return run?.dueAt ?? null;
}

/** The latest scheduled run of each group of these projects, of those that were due at `since` or later. */
export const latestDueSince = (
  db: Db,
  projectIds: string[],
  since: number,
): Promise<Pick<Run, "projectId" | "promptGroup" | "dueAt">[]> => {
  const { runs } = db.tables;
  return db
    .select({
      projectId: runs.projectId,
      promptGroup: runs.promptGroup,
      dueAt: sql<number>`max(${runs.dueAt})`.mapWith(Number),
    })
    .from(runs)
    .where(and(inArray(runs.projectId, projectIds), gte(runs.dueAt, since), eq(runs.purpose, "scheduled")))
    .groupBy(runs.projectId, runs.promptGroup);
};

/** Ids and assistants of a run's questions that still have to be asked. */
export const openQuestions = (db: Db, runId: string): Promise<{ id: string; assistantId: string }[]> => {
  const { questions } = db.tables;
  return db
    .select({ id: questions.id, assistantId: questions.assistantId })
    .from(questions)
    .where(and(eq(questions.runId, runId), isOpen(db)))
    .orderBy(questions.id);
};

export interface RunCount {
  assistantId: string;
  state: QuestionState;
  questions: number;
}

/** How many questions of a run stand where, per assistant. */
export const countQuestions = (db: Db, runId: string): Promise<RunCount[]> => {
  const { questions } = db.tables;
  return db
    .select({ assistantId: questions.assistantId, state: questions.state, questions: count() })
    .from(questions)
    .where(eq(questions.runId, runId))
    .groupBy(questions.assistantId, questions.state);
};

export interface FailedQuestions {
  assistantId: string;
  failure: Failure;
  questions: number;
  /** Those of them that were never sent, because another's failure said enough. */
  unsent: number;
}

/** Why questions of a run failed, most common first. */
export async function listFailures(db: Db, runId: string): Promise<FailedQuestions[]> {
  const { questions } = db.tables;
  const rows = await db
    .select({ assistantId: questions.assistantId, failure: questions.failure, attempts: questions.attempts })
    .from(questions)
    .where(and(eq(questions.runId, runId), eq(questions.state, "failed")));
  const groups = new Map<string, FailedQuestions>();
  for (const { assistantId, failure, attempts } of rows) {
    if (!failure) continue;
    const key = `${assistantId} ${failure.reason} ${failure.message}`;
    const group = groups.get(key) ?? { assistantId, failure, questions: 0, unsent: 0 };
    groups.set(key, group);
    group.questions++;
    if (attempts === 0) group.unsent++;
  }
  return [...groups.values()].sort((a, b) => b.questions - a.questions);
}

/** Whether a question of the run is waiting or being asked. */
export async function isRunOpen(db: Db, runId: string): Promise<boolean> {
  const { questions } = db.tables;
  const open = prepared(db, "open question", () =>
    db
      .select({ id: questions.id })
      .from(questions)
      .where(and(eq(questions.runId, given("runId")), isOpen(db)))
      .limit(1),
  );
  return (await open({ runId })).length > 0;
}

/** Ends the run when none of its questions is waiting or being asked. */
export const finishRun = (tx: Db, runId: string, now: number): Promise<void> =>
  finish(tx, eq(tx.tables.runs.id, runId), now);

/** Ends every run of a project that has no question waiting or being asked. */
export const finishRuns = (tx: Db, projectId: string, now: number): Promise<void> =>
  finish(tx, eq(tx.tables.runs.projectId, projectId), now);

async function finish(tx: Db, which: SQL, now: number): Promise<void> {
  const { runs, questions } = tx.tables;
  const open = tx
    .select({ one: sql`1` })
    .from(questions)
    .where(and(eq(questions.runId, runs.id), isOpen(tx)));
  await tx
    .update(runs)
    .set({ state: "done", endedAt: now })
    .where(and(which, eq(runs.state, "running"), notExists(open)));
}

/** Everything that is needed to ask one question. */
export interface QuestionToAsk {
  question: Question;
  version: PromptVersion;
  assistant: Assistant;
  project: Project;
}

export const findQuestion = async (db: Db, id: string): Promise<QuestionToAsk | null> =>
  (await findQuestions(db, [id]))[0]!; // one for each

/** The same for some, in their order. */
export async function findQuestions(db: Db, ids: string[]): Promise<(QuestionToAsk | null)[]> {
  const { questions, promptVersions, assistants, projects } = db.tables;
  const find = prepared(db, `${ids.length} questions to ask`, () =>
    db
      .select({ question: questions, version: promptVersions, assistant: assistants, project: projects })
      .from(questions)
      .innerJoin(promptVersions, eq(promptVersions.id, questions.promptVersionId))
      .innerJoin(assistants, eq(assistants.id, questions.assistantId))
      .innerJoin(projects, eq(projects.id, questions.projectId))
      .where(inArray(questions.id, givenList(ids.length))),
  );
  const rows = new Map((await find(ids)).map((row) => [row.question.id, row]));
  return ids.map((id) => rows.get(id) ?? null);
}

/** Begins another try of some questions; gives the ids of those that no other process ended or began since they were read. */
export async function startQuestions(tx: Db, some: Pick<Question, "id" | "attempts">[]): Promise<Set<string>> {
  const { questions } = tx.tables;
  const started = new Set<string>();
  for (const attempts of new Set(some.map((one) => one.attempts))) {
    const ids = some.filter((one) => one.attempts === attempts).map(({ id }) => id);
    const start = prepared(tx, `start ${ids.length} questions`, () =>
      tx
        .update(questions)
        .set({ state: "asking", attempts: sql`${questions.attempts} + 1` })
        .where(and(inArray(questions.id, givenList(ids.length)), eq(questions.attempts, given("attempts")), isOpen(tx)))
        .returning({ id: questions.id }),
    );
    for (const { id } of await start({ ...ids, attempts })) started.add(id);
  }
  return started;
}

/** Ends questions that have their answer, however many tries of theirs are under way. */
export async function markAnswered(tx: Db, ids: string[]): Promise<void> {
  const { questions } = tx.tables;
  const end = prepared(tx, `answered ${ids.length} questions`, () =>
    tx
      .update(questions)
      .set({ state: "done", failure: null })
      .where(and(inArray(questions.id, givenList(ids.length)), isOpen(tx))),
  );
  await end(ids);
}

/** Takes back a try that was begun and could not be sent, and ends the question. */
export async function endUnsent(tx: Db, id: string, end: Pick<Question, "state" | "failure">): Promise<void> {
  const { questions } = tx.tables;
  await tx
    .update(questions)
    .set({ ...end, attempts: sql`${questions.attempts} - 1` })
    .where(eq(questions.id, id));
}

/**
 * Moves an open question to another state after a try that brought no answer, with what went wrong; false when it has
 * ended already, or when a later try is under way.
 */
export async function setQuestion(
  tx: Db,
  id: string,
  { state, attempts, failure }: Pick<Question, "state" | "attempts" | "failure">,
): Promise<boolean> {
  const { questions } = tx.tables;
  const set = prepared(tx, "set question", () =>
    tx
      .update(questions)
      .set({
        state: givenTo(questions.state, "state"),
        attempts: givenTo(questions.attempts, "attempts"),
        failure: givenTo(questions.failure, "failure"),
      })
      .where(and(eq(questions.id, given("id")), isOpen(tx), lte(questions.attempts, given("attempts"))))
      .returning({ id: questions.id }),
  );
  return (await set({ id, state, attempts, failure })).length > 0;
}
