/** Runs and their questions: opening, counting, finishing. */
import { and, count, desc, eq, inArray, notExists, sql, type SQL } from "drizzle-orm";
import type { Assistant, Budget, Failure, Project, PromptVersion, Question, QuestionState, Run } from "../domain.ts";
import { given, givenTo, insertMany, prepared } from "./prepared.ts";
import { periodsOf, settle } from "./spending.ts";
import type { Db } from "./store.ts";

const isOpen = (db: Db) => inArray(db.tables.questions.state, ["waiting", "asking"]);

/** Opens a run with its questions. A run of the same project, due time and purpose is left as it is: returns false. */
export async function openRun(tx: Db, run: Run, questions: Question[]): Promise<boolean> {
  const inserted = await tx
    .insert(tx.tables.runs)
    .values(run)
    .onConflictDoNothing()
    .returning({ id: tx.tables.runs.id });
  if (inserted.length === 0) return false;
  await insertMany(tx, tx.tables.questions, questions);
  return true;
}

/** Runs that have not ended, oldest first. */
export const unfinishedRuns = (db: Db): Promise<Run[]> => {
  const { runs } = db.tables;
  return db.select().from(runs).where(eq(runs.state, "running")).orderBy(runs.dueAt);
};

/** Ends a run: what is open is not asked any more, and what was set aside for it is given back. */
export async function cancelRun(tx: Db, run: Pick<Run, "id" | "projectId" | "day">, budget: Budget): Promise<void> {
  const { runs, questions } = tx.tables;
  const ofRun = eq(questions.runId, run.id);
  const [aside] = await tx
    .select({ amount: sql<number>`coalesce(sum(${questions.estimateMicroUsd}), 0)`.mapWith(Number) })
    .from(questions)
    .where(and(ofRun, eq(questions.state, "asking")));
  await tx
    .update(questions)
    .set({ state: "cancelled" })
    .where(and(ofRun, isOpen(tx)));
  await tx.update(runs).set({ state: "cancelled" }).where(eq(runs.id, run.id));
  if (aside && aside.amount > 0) await settle(tx, run.projectId, periodsOf(budget, run.id, run.day), aside.amount, 0);
}

/** Due time of the latest run of a purpose, or null. */
export async function latestDueAt(db: Db, projectId: string, purpose: Run["purpose"]): Promise<number | null> {
  const { runs } = db.tables;
  const [run] = await db
    .select({ dueAt: runs.dueAt })
    .from(runs)
    .where(and(eq(runs.projectId, projectId), eq(runs.purpose, purpose)))
    .orderBy(desc(runs.dueAt))
    .limit(1);
  return run?.dueAt ?? null;
}

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

/** Ends the run when none of its questions is waiting or being asked; returns whether it has ended now. */
export async function finishRun(tx: Db, runId: string): Promise<boolean> {
  const open = prepared(tx, "open question", () =>
    tx
      .select({ id: tx.tables.questions.id })
      .from(tx.tables.questions)
      .where(and(eq(tx.tables.questions.runId, given("runId")), isOpen(tx)))
      .limit(1),
  );
  if ((await open({ runId })).length > 0) return false;
  await finish(tx, eq(tx.tables.runs.id, runId));
  return true;
}

/** Ends every run of a project that has no question waiting or being asked. */
export const finishRuns = (tx: Db, projectId: string): Promise<void> =>
  finish(tx, eq(tx.tables.runs.projectId, projectId));

async function finish(tx: Db, which: SQL): Promise<void> {
  const { runs, questions } = tx.tables;
  const open = tx
    .select({ one: sql`1` })
    .from(questions)
    .where(and(eq(questions.runId, runs.id), isOpen(tx)));
  await tx
    .update(runs)
    .set({ state: "done" })
    .where(and(which, eq(runs.state, "running"), notExists(open)));
}

/** Everything that is needed to ask one question. */
export interface QuestionToAsk {
  question: Question;
  version: PromptVersion;
  assistant: Assistant;
  project: Project;
}

export async function findQuestion(db: Db, id: string): Promise<QuestionToAsk | null> {
  const { questions, promptVersions, assistants, projects } = db.tables;
  const find = prepared(db, "question to ask", () =>
    db
      .select({ question: questions, version: promptVersions, assistant: assistants, project: projects })
      .from(questions)
      .innerJoin(promptVersions, eq(promptVersions.id, questions.promptVersionId))
      .innerJoin(assistants, eq(assistants.id, questions.assistantId))
      .innerJoin(projects, eq(projects.id, questions.projectId))
      .where(eq(questions.id, given("id"))),
  );
  const [row] = await find({ id });
  return row ?? null;
}

/** Marks a waiting question as being asked; false when it does not wait any more. */
export async function startQuestion(tx: Db, id: string): Promise<boolean> {
  const { questions } = tx.tables;
  const start = prepared(tx, "start question", () =>
    tx
      .update(questions)
      .set({ state: "asking" })
      .where(and(eq(questions.id, given("id")), eq(questions.state, "waiting")))
      .returning({ id: questions.id }),
  );
  return (await start({ id })).length > 0;
}

/** Moves a question to another state, with what went wrong if anything did. */
export async function setQuestion(
  tx: Db,
  id: string,
  { state, attempts, failure }: Pick<Question, "state" | "attempts" | "failure">,
): Promise<void> {
  const { questions } = tx.tables;
  const set = prepared(tx, "set question", () =>
    tx
      .update(questions)
      .set({
        state: givenTo(questions.state, "state"),
        attempts: givenTo(questions.attempts, "attempts"),
        failure: givenTo(questions.failure, "failure"),
      })
      .where(eq(questions.id, given("id"))),
  );
  await set({ id, state, attempts, failure });
}
