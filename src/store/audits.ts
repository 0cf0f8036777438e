/** Audits: runs that ask the same cells round after round; the round is the question's repeat. */
import { and, count, desc, eq, exists, inArray, lt, max, ne, sql, sum as dbSum } from "drizzle-orm";
import type { Day, Question, Run } from "../domain.ts";
import { isValid } from "./day-facts.ts";
import { insertQuestions } from "./runs.ts";
import type { Db } from "./store.ts";

/** The audit that a project began last, or null. */
export async function latestAudit(db: Db, projectId: string): Promise<Run | null> {
  const { runs } = db.tables;
  const [latest] = await db
    .select()
    .from(runs)
    .where(and(eq(runs.projectId, projectId), eq(runs.purpose, "audit")))
    .orderBy(desc(runs.dueAt))
    .limit(1);
  return latest ?? null;
}

/** Adds a round of questions, which have no jobs yet, to an audit. */
export async function addRound(tx: Db, run: Run, questions: Question[], forecastMicroUsd: number): Promise<void> {
  const { runs } = tx.tables;
  await insertQuestions(tx, questions);
  await tx
    .update(runs)
    .set({
      state: "running",
      endedAt: null,
      questions: sql`${runs.questions} + ${questions.length}`,
      forecastMicroUsd: sql`${runs.forecastMicroUsd} + ${forecastMicroUsd}`,
    })
    .where(eq(runs.id, run.id));
}

/** Has what an audit left out, because it was stopped or the budget was spent, wait again; its day is `day` now. */
export async function reopenAudit(tx: Db, run: Run, day: Day): Promise<void> {
  const { runs, questions } = tx.tables;
  const reopened = await tx
    .update(questions)
    .set({ state: "waiting", queued: false, day })
    .where(and(eq(questions.runId, run.id), inArray(questions.state, ["cancelled", "skipped_budget"])))
    .returning({ id: questions.id });
  if (reopened.length > 0) await tx.update(runs).set({ state: "running", endedAt: null }).where(eq(runs.id, run.id));
}

/** How far an audit has come. */
export interface AuditState {
  /** Rounds begun. */
  rounds: number;
  /** Questions of the last round that no budget left room for. */
  skipped: number;
  /** Questions of the last round with an answer, whatever it says. */
  replied: number;
  /** Not ended, or their answer is not read yet. */
  open: number;
  /** What those that have not come to their end are expected to cost, left out or not. */
  leftMicroUsd: number;
}

export async function auditState(db: Db, runId: string): Promise<AuditState> {
  const { questions, answers } = db.tables;
  const [last] = await db
    .select({ repeat: max(questions.repeat) })
    .from(questions)
    .where(eq(questions.runId, runId));
  const repeat = last?.repeat ?? -1;
  const states = await db
    .select({
      repeat: questions.repeat,
      state: questions.state,
      questions: count(),
      expected: dbSum(questions.estimateMicroUsd).mapWith(Number),
    })
    .from(questions)
    .where(eq(questions.runId, runId))
    .groupBy(questions.repeat, questions.state);
  const sum = (of: (row: (typeof states)[number]) => boolean, what: "questions" | "expected" = "questions") =>
    states.filter(of).reduce((total, row) => total + row[what], 0);
  const [unread] = await db
    .select({ answers: count() })
    .from(questions)
    .innerJoin(answers, eq(answers.id, questions.id))
    .where(and(eq(questions.runId, runId), lt(answers.reading, 1)));
  return {
    rounds: repeat + 1,
    skipped: sum((row) => row.repeat === repeat && row.state === "skipped_budget"),
    replied: sum((row) => row.repeat === repeat && row.state === "done"),
    open: sum(({ state }) => state === "waiting" || state === "asking") + (unread?.answers ?? 0),
    leftMicroUsd: sum(({ state }) => state !== "done" && state !== "failed", "expected"),
  };
}

/** What is asked of whom in each round of an audit. */
export const auditPanel = (db: Db, runId: string): Promise<Pick<Question, "promptVersionId" | "assistantId">[]> => {
  const { promptVersionId, assistantId, repeat, runId: run } = db.tables.questions;
  return db
    .select({ promptVersionId, assistantId })
    .from(db.tables.questions)
    .where(and(eq(run, runId), eq(repeat, 0)));
};

/**
 * Of each cell of an audit with answers that count, how many there are and how many name a brand, as `reading` has it.
 * Roll-ups hold no audits, so this is counted from answers; the rows are as many as the panel has cells.
 */
export function auditCells(
  db: Db,
  runId: string,
  reading: number,
  brandId: string,
): Promise<{ promptVersionId: string; assistantId: string; hits: number; answers: number }[]> {
  const { questions, answers, findings, mentions } = db.tables;
  const naming = db
    .select({ one: sql`1` })
    .from(mentions)
    .where(
      and(
        eq(mentions.answerId, answers.id),
        eq(mentions.reading, reading),
        eq(mentions.brandId, brandId),
        ne(mentions.certainty, "uncertain"),
      ),
    );
  return db
    .select({
      promptVersionId: questions.promptVersionId,
      assistantId: questions.assistantId,
      hits: sql<number>`sum(case when ${exists(naming)} then 1 else 0 end)`.mapWith(Number),
      answers: count(),
    })
    .from(questions)
    .innerJoin(answers, eq(answers.id, questions.id))
    .innerJoin(findings, and(eq(findings.answerId, answers.id), eq(findings.reading, reading)))
    .where(and(eq(questions.runId, runId), isValid(db)))
    .groupBy(questions.promptVersionId, questions.assistantId);
}
