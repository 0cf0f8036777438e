/** What must be true after a storm: every question has one end, every answer is kept once, every call is in the ledger. */
import type { Calls } from "../../src/simulator/index.ts";
import type { Store } from "../../src/store/index.ts";

export interface Verdict {
  states: Record<string, number>;
  answers: number;
  /** Calls of the ledger by how they were paid. */
  payments: Record<string, number>;
  /** Replies that the provider sent whole, and so was paid for. */
  sent: number;
  /** Replies that were paid for and not kept. */
  paidTwice: number;
  /** Calls that may have been paid for nothing, as the ledger says: the documented window. */
  window: number;
  /** What is wrong; empty where all is well. */
  wrong: string[];
}

/** Looks at everything the store has kept of `questions` questions, beside what the provider has counted. */
export async function judge(store: Store, questions: number, calls: Calls): Promise<Verdict> {
  const { tables } = store.read;
  const asked = await store.read
    .select({ id: tables.questions.id, state: tables.questions.state })
    .from(tables.questions);
  const answers = await store.read.select({ id: tables.answers.id }).from(tables.answers);
  const bodies = await store.read.select({ id: tables.rawReplies.answerId }).from(tables.rawReplies);
  const ledger = await store.read.select({ payment: tables.calls.payment }).from(tables.calls);
  const spending = await store.read.select().from(tables.spending);
  const states = tally(asked.map(({ state }) => state));
  const payments = tally(ledger.map(({ payment }) => payment));
  const kept = new Set(answers.map(({ id }) => id));
  const paidTwice = calls.answered - kept.size;
  const window = payments["possibly_paid"] ?? 0;
  const claims: [boolean, string][] = [
    [asked.length === questions, `${asked.length} questions instead of ${questions}`],
    [asked.every(({ state }) => state === "done" || state === "failed"), "questions without an end"],
    [asked.every(({ id, state }) => (state === "done") === kept.has(id)), "answers and ends do not agree"],
    [kept.size === answers.length && bodies.length === kept.size, "answers and bodies do not agree"],
    [(payments["open"] ?? 0) === 0, "calls whose end is not in the ledger"],
    [(payments["paid"] ?? 0) >= kept.size, "answers that are not in the ledger"],
    [paidTwice <= (payments["paid"] ?? 0) - kept.size + window, "paid for more than the ledger knows"],
    [spending.every(({ reservedMicroUsd }) => reservedMicroUsd === 0), "money is still set aside"],
  ];
  const wrong = claims.filter(([holds]) => !holds).map(([, what]) => what);
  return { states, answers: kept.size, payments, sent: calls.answered, paidTwice, window, wrong };
}

function tally(values: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
