/** What a call costs: set aside before it is sent, settled when it has ended, and in the ledger either way. */
import type { Failure } from "../domain.ts";
import {
  closeReplied,
  closeCall,
  correctCall,
  endUnsent,
  openCalls,
  periodsOf,
  reserve,
  settle,
  startQuestions,
  type Call,
  type CallEnd,
  type Db,
  type Period,
  type QuestionToAsk,
} from "../store/index.ts";
import { ofHouse, type House } from "./job.ts";
import { Together } from "./together.ts";

/** Tries of one question, with those that the end of a process cut off; each may be paid for. */
const mostCalls = 20;

/** A call that may be sent. */
export interface PaidCall extends Call {
  costMicroUsd: number;
  periods: Period[];
}

const periodsFor = (house: House, { question, project }: QuestionToAsk): Period[] =>
  periodsOf(project, question, house.workspaceBudget);

/** What questions share whose costs count in the same periods under the same caps. */
export const keyOf = (periods: Period[]): string =>
  periods.map(({ projectId, name, capMicroUsd }) => `${projectId} ${name} ${capMicroUsd}`).join();

type Begun = PaidCall | "skipped" | "ended";

/**
 * Begins a try: sets aside what it is expected to cost, and writes it in the ledger before it is sent. `skipped`: a cap
 * leaves no room; `ended`: there is nothing to be sent any more.
 */
export const beginCall = (house: House, found: QuestionToAsk): Promise<Begun> =>
  beginnings(house).do(keyOf(periodsFor(house, found)), found);

const beginnings = ofHouse((house) => new Together<QuestionToAsk, Begun>((some) => beginCalls(house, some)));

/** Begins all; throws where there is not room for all together, so that each is tried alone. */
function beginCalls(house: House, some: QuestionToAsk[]): Promise<Begun[]> {
  const periods = periodsFor(house, some[0]!); // those of all
  return house.store.tx(async (tx) => {
    const started = await startQuestions(
      tx,
      some.map(({ question }) => question),
    );
    const begun: (PaidCall | null)[] = [];
    for (const found of some) {
      // others were ended with those of their run, or begun by another process
      const sendable = started.delete(found.question.id) && (await isSendable(tx, house, found));
      begun.push(sendable ? callOf(house, found, periods) : null);
    }
    const calls = begun.filter((call) => call !== null);
    const full = calls.length > 0 ? await reserve(tx, periods, sumOf(calls)) : null;
    if (full && some.length > 1) throw new Error("there is not room for all of them");
    if (full) await endUnsent(tx, some[0]!.question.id, { state: "skipped_budget", failure: noRoomIn(full) });
    else await openCalls(tx, calls);
    return begun.map((call) => (full ? "skipped" : (call ?? "ended")));
  });
}

/** Books a try before it that was cut off; false, and the question is ended, where there were too many. */
async function isSendable(tx: Db, house: House, found: QuestionToAsk): Promise<boolean> {
  const { id, attempts } = found.question;
  await abandonLast(tx, house, found);
  if (attempts < mostCalls) return true;
  await endUnsent(tx, id, { state: "failed", failure: lostTooOften });
  return false;
}

const callOf = (house: House, { question }: QuestionToAsk, periods: Period[]): PaidCall => ({
  questionId: question.id,
  attempt: question.attempts + 1,
  runId: question.runId,
  assistantId: question.assistantId,
  startedAt: house.clock.now(),
  costMicroUsd: question.estimateMicroUsd,
  periods,
});

const sumOf = (calls: { costMicroUsd: number }[]): number =>
  calls.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0);

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

/** A call that brought a reply, and what it cost as far as the reply tells. */
export interface RepliedCall {
  call: PaidCall;
  tookMs: number;
  costMicroUsd: number | null;
}

/** Replies came to calls of the same periods: their costs are booked, the expected ones where a reply does not tell. */
export async function endReplied(tx: Db, replied: RepliedCall[]): Promise<void> {
  const late = await closeReplied(tx, replied);
  const inTime = replied.filter((one) => !late.includes(one));
  const { periods } = replied[0]!.call; // those of all
  await settle(
    tx,
    periods,
    sumOf(inTime.map(({ call }) => call)),
    inTime.reduce((sum, one) => sum + spentFor(one), 0),
  );
  for (const one of late) {
    const { call, tookMs, costMicroUsd } = one;
    await correct(tx, call, { payment: "paid", tookMs, costMicroUsd, reason: null }, spentFor(one));
  }
}

const spentFor = ({ call, costMicroUsd }: RepliedCall): number => costMicroUsd ?? call.costMicroUsd;

/** No reply came: nothing is booked, or what was expected where the provider may have worked for it. */
export function endFailed(tx: Db, call: PaidCall, tookMs: number, failure: Failure): Promise<void> {
  const { reason } = failure;
  const [payment, spent] = mayBePaid(failure)
    ? (["possibly_paid", call.costMicroUsd] as const)
    : (["free", 0] as const);
  return end(tx, call, { payment, tookMs, costMicroUsd: payment === "free" ? null : spent, reason }, spent);
}

async function end(tx: Db, call: PaidCall, how: CallEnd, spent: number): Promise<void> {
  if (await closeCall(tx, call, how)) await settle(tx, call.periods, call.costMicroUsd, spent);
  else await correct(tx, call, how, spent);
}

/** It was taken for lost, and booked as possibly paid, by a process that asked again. */
async function correct(tx: Db, call: PaidCall, how: CallEnd, spent: number): Promise<void> {
  if (await correctCall(tx, call, how)) await settle(tx, call.periods, 0, spent - call.costMicroUsd);
}

/** The request was sent, and nobody knows how far the provider came; a reply that says "error" is not paid for. */
const mayBePaid = ({ reason, unsent, status }: Failure): boolean =>
  !unsent && status === undefined && ["timeout", "network", "unreadable", "too_large", "fault"].includes(reason);
