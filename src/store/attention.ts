/** An assistant's need of attention, and what becomes of a run's questions to it meanwhile. */
import { and, asc, eq, gt, inArray } from "drizzle-orm";
import type { Failure, Question } from "../domain.ts";
import type { Db } from "./store.ts";

/** The questions of one run to one assistant. */
type Series = Pick<Question, "id" | "runId" | "assistantId">;

const ofSeries = (db: Db, { runId, assistantId }: Series, states: Question["state"][]) => {
  const { questions } = db.tables;
  return and(eq(questions.runId, runId), eq(questions.assistantId, assistantId), inArray(questions.state, states));
};

/** Says why an assistant needs attention; null when it answers again. */
export async function setAttention(tx: Db, assistantId: string, attention: Failure | null): Promise<void> {
  const { assistants } = tx.tables;
  await tx.update(assistants).set({ attention }).where(eq(assistants.id, assistantId));
}

/** The first of a question's series, after the one named, that has not ended; null when all have. */
export async function firstOpen(db: Db, question: Series, after = ""): Promise<string | null> {
  const { questions } = db.tables;
  const [first] = await db
    .select({ id: questions.id })
    .from(questions)
    .where(and(ofSeries(db, question, ["waiting", "asking"]), gt(questions.id, after)))
    .orderBy(asc(questions.id))
    .limit(1);
  return first?.id ?? null;
}

/** Ids of a question's series that have a job and have not been sent, in order. */
export async function listWaiting(db: Db, question: Series): Promise<string[]> {
  const { questions } = db.tables;
  const waiting = and(ofSeries(db, question, ["waiting"]), eq(questions.queued, true));
  const rows = await db.select({ id: questions.id }).from(questions).where(waiting).orderBy(asc(questions.id));
  return rows.map(({ id }) => id);
}

/** Ends what waits of a question's series without sending it; returns the ids of those that have a job. */
export async function endWaiting(
  tx: Db,
  question: Series,
  end: Pick<Question, "state" | "failure">,
): Promise<string[]> {
  const { questions } = tx.tables;
  const ended = await tx
    .update(questions)
    .set(end)
    .where(ofSeries(tx, question, ["waiting"]))
    .returning({ id: questions.id, queued: questions.queued });
  return ended.filter(({ queued }) => queued).map(({ id }) => id);
}

/** Tells those of a question's series that are being asked not to be sent again, should they fail in passing. */
export async function giveUpAsking(tx: Db, question: Series, failure: Failure): Promise<void> {
  const { questions } = tx.tables;
  await tx
    .update(questions)
    .set({ failure: { ...failure, again: false } })
    .where(ofSeries(tx, question, ["asking"]));
}
