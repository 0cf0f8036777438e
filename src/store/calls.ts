/** The ledger: every call that was sent to an assistant, what it cost, and what may have been paid for nothing. */
import { and, count, eq, ne, sql, type SQL } from "drizzle-orm";
import { given, givenTo, insertMany, prepared } from "./prepared.ts";
import type { Db } from "./store.ts";

type Row = Db["tables"]["calls"]["$inferSelect"];

/** A call that is about to be sent; its cost is what is expected. */
export type Call = Pick<Row, "questionId" | "attempt" | "runId" | "assistantId" | "startedAt" | "costMicroUsd">;

type CallKey = Pick<Call, "questionId" | "attempt">;

/** How a call ended. */
export type CallEnd = Pick<Row, "tookMs" | "costMicroUsd" | "reason"> & { payment: Exclude<Row["payment"], "open"> };

/** Writes down that calls are about to be sent: should the process die, they may have been paid. */
export const openCalls = (tx: Db, calls: Call[]): Promise<void> =>
  insertMany(
    tx,
    tx.tables.calls,
    calls.map(({ questionId, attempt, runId, assistantId, startedAt, costMicroUsd }) => ({
      questionId,
      attempt,
      runId,
      assistantId,
      startedAt,
      costMicroUsd,
      tookMs: null,
      payment: "open",
      reason: null,
    })),
  );

/** A call that brought a reply. */
interface RepliedCall extends Pick<Row, "tookMs" | "costMicroUsd"> {
  call: CallKey;
}

/** Writes down that calls brought replies; gives those of which something else was known already. */
export async function closeReplied<T extends RepliedCall>(tx: Db, replied: T[]): Promise<T[]> {
  const { calls } = tx.tables;
  const close = prepared(tx, `close ${replied.length} replied calls`, () => {
    // what both databases call the columns of a list of values
    const [questionId, attempt, tookMs, costMicroUsd] = [1, 2, 3, 4].map((column) =>
      sql.raw(`replied.column${column}`),
    );
    return tx
      .update(calls)
      .set({ payment: "paid", reason: null, tookMs: sql`${tookMs}`, costMicroUsd: sql`${costMicroUsd}` })
      .from(sql`(values ${sql.join(replied.map(givenReply), sql`, `)}) as replied`)
      .where(sql`${calls.questionId} = ${questionId} and ${calls.attempt} = ${attempt} and ${calls.payment} = 'open'`)
      .returning({ questionId: calls.questionId, attempt: calls.attempt });
  });
  const values = replied.flatMap(({ call, tookMs, costMicroUsd }) => [
    call.questionId,
    call.attempt,
    tookMs,
    costMicroUsd,
  ]);
  const closed = new Set((await close(values)).map(({ questionId, attempt }) => `${questionId} ${attempt}`));
  return replied.filter(({ call }) => !closed.has(`${call.questionId} ${call.attempt}`));
}

/** Postgres takes values of a list for text where nothing says otherwise. */
function givenReply(_: unknown, row: number): SQL {
  const [questionId, attempt, tookMs, costMicroUsd] = [0, 1, 2, 3].map((column) => given(String(4 * row + column)));
  return sql`(${questionId}, cast(${attempt} as int), cast(${tookMs} as int), cast(${costMicroUsd} as bigint))`;
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
