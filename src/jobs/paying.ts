/** What a call costs: set aside before it is sent, settled when it has ended, and in the ledger either way. */
import type { Failure } from "../domain.ts";
import {
  closeCall,
  correctCall,
  endUnsent,
  openCall,
  periodsOf,
  reserve,
  settle,
  startQuestion,
  type Call,
  type CallEnd,
  type Db,
  type Period,
  type QuestionToAsk,
} from "../store/index.ts";
import type { House } from "./job.ts";

/** Tries of one question, with those that the end of a process cut off; each may be paid for. */
const mostCalls = 20;

/** A call that may be sent. */
export interface PaidCall extends Call {
  costMicroUsd: number;
  periods: Period[];
}

const periodsFor = (house: House, { question, project }: QuestionToAsk): Period[] =>
  periodsOf(project, question, house.workspaceBudget);

/**
 * Begins a try: sets aside what it is expected to cost, and writes it in the ledger before it is sent. `skipped`: a cap
 * leaves no room; `ended`: there is nothing to be sent any more.
 */
export function beginCall(house: House, found: QuestionToAsk): Promise<PaidCall | "skipped" | "ended"> {
  const { question } = found;
  const periods = periodsFor(house, found);
  return house.store.tx(async (tx) => {
    if (!(await startQuestion(tx, question))) return "ended"; // with the others of its run, or by another process
    await abandonLast(tx, house, found);
    if (question.attempts >= mostCalls) {
      await endUnsent(tx, question.id, { state: "failed", failure: lostTooOften });
      return "ended";
    }
    const full = await reserve(tx, periods, question.estimateMicroUsd);
    if (full) {
      await endUnsent(tx, question.id, { state: "skipped_budget", failure: noRoomIn(full) });
      return "skipped";
    }
    const call: Call = {
      questionId: question.id,
      attempt: question.attempts + 1,
      runId: question.runId,
      assistantId: question.assistantId,
      startedAt: house.clock.now(),
      costMicroUsd: question.estimateMicroUsd,
    };
    await openCall(tx, call);
    return { ...call, costMicroUsd: question.estimateMicroUsd, periods };
  });
}

/** It may be the question itself that ends the process. */
const lostTooOften: Failure = {
  again: false,
  reason: "fault",
  message: "the program ended while it was asked, again and again",
};

const noRoomIn = ({ projectId, name, capMicroUsd }: Period): Failure => ({
  again: false,
  reason: "budget",
  message: `${projectId === "" ? "workspace " : ""}${name.replace(/^run-.*/, "run")}: ${capMicroUsd! / 1_000_000} USD`,
});

/** The last call of a question that is asked anew without its end being known: it may have been paid. */
export async function abandonLast(tx: Db, house: House, found: QuestionToAsk): Promise<void> {
  const { id, attempts, estimateMicroUsd } = found.question;
  if (attempts === 0) return;
  const end: CallEnd = { payment: "possibly_paid", tookMs: null, costMicroUsd: estimateMicroUsd, reason: "abandoned" };
  if (await closeCall(tx, { questionId: id, attempt: attempts }, end))
    await settle(tx, periodsFor(house, found), estimateMicroUsd, estimateMicroUsd);
}

/** A reply came: its cost is booked, the expected one where the reply does not tell. */
export const endAnswered = (tx: Db, call: PaidCall, tookMs: number, costMicroUsd: number | null): Promise<void> =>
  end(tx, call, { payment: "paid", tookMs, costMicroUsd, reason: null }, costMicroUsd ?? call.costMicroUsd);

/** No reply came: nothing is booked, or what was expected where the provider may have worked for it. */
export function endFailed(tx: Db, call: PaidCall, tookMs: number, failure: Failure): Promise<void> {
  const { reason } = failure;
  const [payment, spent] = mayBePaid(failure)
    ? (["possibly_paid", call.costMicroUsd] as const)
    : (["free", 0] as const);
  return end(tx, call, { payment, tookMs, costMicroUsd: payment === "free" ? null : spent, reason }, spent);
}

async function end(tx: Db, call: PaidCall, how: CallEnd, spent: number): Promise<void> {
  const { costMicroUsd: expected, periods } = call;
  if (await closeCall(tx, call, how)) await settle(tx, periods, expected, spent);
  // it was taken for lost, and booked as possibly paid, by a process that asked again
  else if (await correctCall(tx, call, how)) await settle(tx, periods, 0, spent - expected);
}

/** The request was sent, and nobody knows how far the provider came; a reply that says "error" is not paid for. */
const mayBePaid = ({ reason, unsent, status }: Failure): boolean =>
  !unsent && status === undefined && ["timeout", "network", "unreadable", "too_large", "fault"].includes(reason);
