/**
 * Assistants that will not answer before something is changed: they are sent one question a run, the probe, and the
 * others of the run wait for how it ends.
 */
import type { Assistant, Failure, FailureReason, Question } from "../domain.ts";
import { RetryLater } from "../errors.ts";
import {
  endWaiting,
  firstOpen,
  giveUpAsking,
  listWaiting,
  setAttention,
  type Db,
  type QuestionToAsk,
} from "../store/index.ts";
import { jobsOf } from "./feed.ts";
import { ofHouse, type House } from "./job.ts";

/** What stands in the way of every question to the assistant, whatever it asks. */
const ofTheAssistant = new Set<FailureReason>([
  "bad_key",
  "quota",
  "not_allowed",
  "region",
  "model",
  "search",
  "refused_address",
]);
/** What may be the settings' fault or the one question's: it is shown, but the others are asked. */
const ofEither = new Set<FailureReason>(["bad_request", "country"]);

/** How long a question waits for the probe before it looks again; the probe's end wakes it earlier. */
const waitMs = 60_000;
/** A probe that has not ended after this time is lost, and the next question takes its place. */
const longestProbeMs = 3_600_000;

/** Whether it keeps the assistant's other questions from being sent. */
const blocks = (failure: Failure | null): boolean =>
  failure !== null && !failure.again && ofTheAssistant.has(failure.reason);

/** Whether each run sends it a probe first. */
export const isHeldBack = ({ attention }: Assistant): boolean => blocks(attention);

/** While an assistant is held back, the question that is sent all the same finds out whether it answers again. */
export const isProbe = ({ assistant }: QuestionToAsk): boolean => isHeldBack(assistant);

/** Whether it was given up while it waited to be sent once more. */
export const isGivenUp = ({ state, failure }: Question): boolean => state === "asking" && failure?.again === false;

/** Throws RetryLater while another question of the same run is the probe: the first that has not ended. */
export async function awaitProbe(house: House, { question, assistant }: QuestionToAsk): Promise<void> {
  if (!isHeldBack(assistant)) return;
  const { read } = house.store;
  let probe = await firstOpen(read, question);
  while (probe !== null && probe !== question.id && isLost(house, probe))
    probe = await firstOpen(read, question, probe);
  if (probe !== null && probe !== question.id) throw new RetryLater(waitMs, "its assistant needs attention");
}

/** When somebody first waited for a probe, by its id. */
const waitedSince = ofHouse(() => new Map<string, number>());

function isLost(house: House, probe: string): boolean {
  const since = waitedSince(house);
  const now = house.clock.now();
  const first = since.get(probe) ?? now;
  since.set(probe, first);
  return now - first >= longestProbeMs;
}

/**
 * Notes what a question's final failure says of its assistant, and ends those of its run that then have no prospect
 * either; returns their ids. Call it inside `tx` before the question and the spending are written, so that rows are
 * always locked in one order.
 */
export async function noteFailure(tx: Db, found: QuestionToAsk, failure: Failure): Promise<string[]> {
  const { question, assistant } = found;
  if (failure.reason === "too_large") return []; // a matter of this question alone
  if (!failure.again && (ofTheAssistant.has(failure.reason) || ofEither.has(failure.reason)))
    await setAttention(tx, assistant.id, failure);
  if (!isProbe(found) && !blocks(failure)) return [];
  await giveUpAsking(tx, question, failure);
  return endWaiting(tx, question, { state: "failed", failure });
}

/** Replies to what was asked while assistants needed attention: they need it no more. */
export async function noteReplies(tx: Db, replied: QuestionToAsk[]): Promise<void> {
  const answering = new Set(replied.flatMap(({ assistant }) => (assistant.attention ? [assistant.id] : [])));
  for (const id of [...answering].sort()) await setAttention(tx, id, null); // in one order, as all rows are locked
}

/** Has those looked at again at once that wait for a probe; where it has told nothing, the next one. */
export async function endProbe(
  house: House,
  { question, assistant }: QuestionToAsk,
  end: "answered" | "told nothing" | { ended: string[] },
): Promise<void> {
  waitedSince(house).delete(question.id);
  const waiting = typeof end === "string" ? await listWaiting(house.store.read, question) : end.ended;
  const woken = end === "told nothing" ? waiting.slice(0, 1) : waiting;
  await house.queue.add(
    jobsOf(
      woken.map((id) => ({ id, assistantId: assistant.id })),
      [assistant],
    ),
  );
}
