/** Asks one question and keeps the answer before anything else is done with it. */
import type { Assistant, Failure, Question } from "../domain.ts";
import { AssistantError, InputError, messageOf, RetryLater, storeErrorIn } from "../errors.ts";
import { redactor } from "../log.ts";
import {
  countFailed,
  endWaiting,
  findQuestions,
  finishRun,
  isRunOpen,
  setQuestion,
  type QuestionToAsk,
} from "../store/index.ts";
import { awaitProbe, endProbe, isGivenUp, isProbe, noteFailure } from "./attention.ts";
import { adapterOf, connect, laneOf, secretsOf } from "./connections.ts";
import { localDay } from "./days.ts";
import { feed } from "./feed.ts";
import { aboutQuestion, ofHouse, type House } from "./job.ts";
import { keepAnswer, type FetchedReply } from "./keeping.ts";
import { noteLaneFailure, noteLaneReply } from "./lanes.ts";
import { parse, parseAnswer } from "./parse.ts";
import { abandonLast, beginCall, endFailed, type PaidCall } from "./paying.ts";
import { rollupNow } from "./rollup.ts";
import { Together } from "./together.ts";

/** Failures of one question; each may have been paid for. */
const mostFailures = 5;
const firstDelayMs = 1_000;
const longestDelayMs = 120_000;

/** What questions are is looked up for some at a time. */
const looks = ofHouse(
  (house) => new Together<string, QuestionToAsk | null>((ids) => findQuestions(house.store.read, ids)),
);

/** Safe to repeat: a question that has its answer is not asked again. Throws RetryLater when trying again helps. */
export async function ask(house: House, { questionId }: { questionId: string }, signal: AbortSignal): Promise<void> {
  const found = await looks(house).do("", questionId);
  if (!found) return; // its project is gone
  const { question } = found;
  if (question.state === "done") {
    await parse(house, { answerId: questionId }); // stopped between keeping and reading
    return endRun(house, found);
  }
  if (question.state !== "waiting" && question.state !== "asking") return endRun(house, found); // settled before
  if (isGivenUp(question)) return giveUp(house, found, question.failure!, null);
  await awaitProbe(house, found);
  const call = await begin(house, found);
  if (!call) return endRun(house, found);
  let reply;
  try {
    reply = await fetchReply(house, found, signal);
  } catch (error) {
    if (signal.aborted) throw error; // stopped by us: the question stays as it is and is asked by the next process
    return giveUpOrRetry(house, found, failureIn(house, found.assistant, error), call);
  }
  const answer = await keepAnswer(house, { found, call, ...reply });
  if (answer) house.notes.ended(found.assistant.adapter, answer.outcome, answer.tookMs, answer.costMicroUsd);
  if (isProbe(found)) await endProbe(house, found, "answered");
  await noteLaneReply(house, found.assistant);
  // it may be this reply all the same, kept just before the connection broke that should have told us
  await (answer ? parseAnswer(house, answer) : parse(house, { answerId: questionId }));
  await endRun(house, found);
}

/** The next question takes its turn; the last one of a run closes it and has its day counted at once. */
async function endRun(house: House, { question, assistant }: QuestionToAsk): Promise<void> {
  await endings(house).do(question.runId, question);
  await feed(house, question.projectId, laneOf(assistant));
}

/** One look tells all questions of a run that have ended since the last. */
const endings = ofHouse((house) => new Together<Question, undefined>((some) => endOpenRun(house, some), Infinity));

async function endOpenRun(house: House, some: Question[]): Promise<undefined[]> {
  const { runId, projectId, day } = some[0]!; // they are of one run
  if (!(await isRunOpen(house.store.read, runId))) {
    await house.store.tx((tx) => finishRun(tx, runId, house.clock.now()));
    await rollupNow(house, projectId, day);
  }
  return some.map(() => undefined);
}

/** Begins a try; null when the question was ended or no cap leaves room. */
async function begin(house: House, found: QuestionToAsk): Promise<PaidCall | null> {
  const begun = await beginCall(house, found);
  if (typeof begun !== "string") return begun;
  if (begun === "skipped") house.notes.ended(found.assistant.adapter, "skipped_budget", null, null);
  if (begun === "skipped" && isProbe(found)) {
    // the others would cost as much; one after the other they would come to the same end
    const { question } = found;
    const ended = await house.store.tx((tx) => endWaiting(tx, question, { state: "skipped_budget", failure: null }));
    await endProbe(house, found, { ended });
  }
  return null;
}

async function fetchReply(house: House, found: QuestionToAsk, signal: AbortSignal): Promise<FetchedReply> {
  const { assistant, project, version } = found;
  const { text, language, country } = version;
  const { model, search } = assistant;
  const asked = { text, language, country: country ?? project.country, timezone: project.timezone };
  const tools = { fetch: house.fetch, now: () => house.clock.now(), signal };
  const body = await connect(house, assistant)({ asked, model, search }, tools);
  const day = localDay(house.clock.now(), project.timezone);
  const heard = { search, day, prices: project.prices, country: asked.country };
  const reply = adapterOf(house, assistant.adapter).read(body, heard);
  return { reply, body };
}

/** A fault of ours counts as a try, too: a question must come to an end whatever happens. */
function failureIn(house: House, assistant: Assistant, error: unknown): Failure {
  if (error instanceof AssistantError) {
    const redact = redactor(secretsOf(house, assistant)); // a reply that tells of a failure may hold a key, too
    return { ...error.failure, message: redact(error.message) };
  }
  if (error instanceof InputError) return { again: false, reason: "bad_request", message: error.message };
  const lost = storeErrorIn(error);
  if (lost) throw lost;
  house.log.error({ err: error }, "a fault while asking");
  return { again: true, reason: "fault", message: messageOf(error) };
}

async function giveUpOrRetry(house: House, found: QuestionToAsk, failure: Failure, call: PaidCall): Promise<void> {
  const { question, assistant } = found;
  await noteLaneFailure(house, assistant, failure);
  if (failure.reason === "rate_limit") house.notes.waits(assistant.adapter, failure.afterMs ?? 0);
  const { attempt, startedAt } = call;
  const failed = 1 + (await countFailed(house.store.read, question.id));
  if (!failure.again || failed >= mostFailures) {
    house.log.info({ ...aboutQuestion(question), ...failure }, "question failed");
    return giveUp(house, found, failure, call);
  }
  const later = await house.store.tx(async (tx) => {
    await endFailed(tx, call, house.clock.now() - startedAt, failure);
    return setQuestion(tx, question.id, { state: "asking", attempts: attempt, failure });
  });
  if (!later) return endRun(house, found); // another process has it
  const jitterMs = Math.round(house.random() * Math.min(longestDelayMs, firstDelayMs * 2 ** failed));
  throw new RetryLater(failure.afterMs || jitterMs, failure); // "after 0 s" would spend all tries at once
}

/** Ends a question without an answer, and with it those of its run that have no prospect of one either. */
async function giveUp(house: House, found: QuestionToAsk, failure: Failure, call: PaidCall | null): Promise<void> {
  const { question } = found;
  const ended = await house.store.tx(async (tx) => {
    const others = isGivenUp(question) ? [] : await noteFailure(tx, found, failure);
    await setQuestion(tx, question.id, { state: "failed", attempts: call?.attempt ?? question.attempts, failure });
    if (call) await endFailed(tx, call, house.clock.now() - call.startedAt, failure);
    else await abandonLast(tx, house, found);
    return others;
  });
  house.notes.ended(found.assistant.adapter, "failed", null, null);
  if (isProbe(found)) await endProbe(house, found, ended.length > 0 ? { ended } : "told nothing");
  await endRun(house, found);
}
