/** Removes what is no longer kept, some at a time: raw bodies first, then answers with everything that hangs on them. */
import { and, asc, eq, inArray, lt, notInArray } from "drizzle-orm";
import type { Day } from "../domain.ts";
import type { Db } from "./store.ts";

/** Answers of one day that still have their raw body, at most `limit`. */
export async function listWithBody(db: Db, projectId: string, day: Day, limit: number): Promise<string[]> {
  const { answers, rawReplies } = db.tables;
  const rows = await db
    .select({ id: answers.id })
    .from(answers)
    .innerJoin(rawReplies, eq(rawReplies.answerId, answers.id))
    .where(and(eq(answers.projectId, projectId), eq(answers.day, day)))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Answers of days before `before`, at most `limit`; those not read with `reading` yet only, where it is given. */
export async function listOldAnswers(
  db: Db,
  projectId: string,
  before: Day,
  limit: number,
  reading?: number,
): Promise<string[]> {
  const { answers } = db.tables;
  const rows = await db
    .select({ id: answers.id })
    .from(answers)
    .where(
      and(
        eq(answers.projectId, projectId),
        lt(answers.day, before),
        reading === undefined ? undefined : lt(answers.reading, reading),
      ),
    )
    .orderBy(asc(answers.day))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Questions of runs of days before `before` that are settled, at most `limit`. */
export async function listOldQuestions(db: Db, projectId: string, before: Day, limit: number): Promise<string[]> {
  const { questions, runs } = db.tables;
  const rows = await db
    .select({ id: questions.id })
    .from(runs)
    .innerJoin(questions, eq(questions.runId, runs.id))
    .where(and(eq(runs.projectId, projectId), lt(runs.day, before), notInArray(questions.state, ["waiting", "asking"])))
    .limit(limit);
  return rows.map(({ id }) => id);
}

export async function removeBodies(tx: Db, answerIds: string[]): Promise<void> {
  const { rawReplies } = tx.tables;
  await tx.delete(rawReplies).where(inArray(rawReplies.answerId, answerIds));
}

/** Removes answers with their bodies, all that was found in them, their questions and the calls for these. */
export async function removeAnswers(tx: Db, answerIds: string[]): Promise<void> {
  const { answers, rawReplies, findings, mentions, citations, candidates, verdicts } = tx.tables;
  for (const table of [rawReplies, findings, mentions, citations, candidates, verdicts])
    await tx.delete(table).where(inArray(table.answerId, answerIds));
  await removeQuestions(tx, answerIds); // an answer has its question's id
  await tx.delete(answers).where(inArray(answers.id, answerIds));
}

/** Removes questions and their lines of the ledger. */
export async function removeQuestions(tx: Db, ids: string[]): Promise<void> {
  const { questions, calls } = tx.tables;
  await tx.delete(calls).where(inArray(calls.questionId, ids));
  await tx.delete(questions).where(inArray(questions.id, ids));
}
