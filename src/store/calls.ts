/** The ledger: every call that was sent to an assistant, what it cost, and what may have been paid for nothing. */
import { and, count, eq, ne } from "drizzle-orm";
import { given, givenRow, givenTo, prepared } from "./prepared.ts";
import type { Db } from "./store.ts";

type Row = Db["tables"]["calls"]["$inferSelect"];

/** A call that is about to be sent; its cost is what is expected. */
export type Call = Pick<Row, "questionId" | "attempt" | "runId" | "assistantId" | "startedAt" | "costMicroUsd">;

type CallKey = Pick<Call, "questionId" | "attempt">;

/** How a call ended. */
export type CallEnd = Pick<Row, "tookMs" | "costMicroUsd" | "reason"> & { payment: Exclude<Row["payment"], "open"> };

/** Writes down that a call is about to be sent: should the process die, it may have been paid. */
export async function openCall(tx: Db, call: Call): Promise<void> {
  const { calls } = tx.tables;
  const open = prepared(tx, "open call", () => tx.insert(calls).values(givenRow(calls)));
  await open({ ...call, tookMs: null, payment: "open", reason: null });
}

/** Writes down how a call ended; false where that was known already. */
export async function closeCall(tx: Db, { questionId, attempt }: CallKey, end: CallEnd): Promise<boolean> {
  return change(tx, "open", questionId, attempt, end);
}

/** What was taken for possibly paid was answered after all; false where it was not taken for that. */
export async function correctCall(tx: Db, { questionId, attempt }: CallKey, end: CallEnd): Promise<boolean> {
  return change(tx, "possibly_paid", questionId, attempt, end);
}

async function change(tx: Db, from: Row["payment"], questionId: string, attempt: number, end: CallEnd) {
  const { calls } = tx.tables;
  const close = prepared(tx, `close ${from} call`, () =>
    tx
      .update(calls)
      .set({
        payment: givenTo(calls.payment, "payment"),
        tookMs: givenTo(calls.tookMs, "tookMs"),
        costMicroUsd: givenTo(calls.costMicroUsd, "costMicroUsd"),
        reason: givenTo(calls.reason, "reason"),
      })
      .where(
        and(eq(calls.questionId, given("questionId")), eq(calls.attempt, given("attempt")), eq(calls.payment, from)),
      )
      .returning({ attempt: calls.attempt }),
  );
  return (await close({ questionId, attempt, ...end })).length > 0;
}

/** How often a question has failed: tries that were cut off by the end of a process say nothing of it. */
export async function countFailed(db: Db, questionId: string): Promise<number> {
  const { calls } = db.tables;
  const [row] = await db
    .select({ failed: count() })
    .from(calls)
    .where(and(eq(calls.questionId, questionId), ne(calls.payment, "open"), ne(calls.reason, "abandoned")));
  return row!.failed;
}

/** Takes a run's calls for possibly paid of which nobody knows how they ended; returns what was expected of them. */
export async function abandonCalls(tx: Db, runId: string): Promise<number> {
  const { calls } = tx.tables;
  const left = await tx
    .update(calls)
    .set({ payment: "possibly_paid", reason: "abandoned" })
    .where(and(eq(calls.runId, runId), eq(calls.payment, "open")))
    .returning({ expected: calls.costMicroUsd });
  return left.reduce((sum, { expected }) => sum + (expected ?? 0), 0);
}
