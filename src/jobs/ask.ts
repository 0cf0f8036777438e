/** Asks one question and keeps the answer before anything else is done with it. */
import type { Answer, Assistant, Failure, HeardReply, Question } from "../domain.ts";
import { AssistantError, InputError, messageOf, RetryLater, StoreError } from "../errors.ts";
import { redactor } from "../log.ts";
import {
  endWaiting,
  findQuestion,
  finishRun,
  packBody,
  periodsOf,
  reserve,
  saveAnswer,
  setQuestion,
  settle,
  startQuestion,
  type KeptAnswer,
  type QuestionToAsk,
} from "../store/index.ts";
import { awaitProbe, endProbe, isGivenUp, isProbe, noteFailure, noteReply } from "./attention.ts";
import { adapterOf, connect, secretsOf } from "./connections.ts";
import { localDay } from "./days.ts";
import type { House } from "./job.ts";
import { parse, parseAnswer } from "./parse.ts";
import { rollupNow } from "./rollup.ts";

/** Tries of one question; each may be paid for. */
const mostAttempts = 5;
const firstDelayMs = 1_000;
const longestDelayMs = 120_000;

/** Safe to repeat: a question that has its answer is not asked again. Throws RetryLater when trying again helps. */
export async function ask(house: House, { questionId }: { questionId: string }, signal: AbortSignal): Promise<void> {
  const found = await findQuestion(house.store.read, questionId);
  if (!found) return; // its project is gone
  const { question } = found;
  if (question.state === "done") {
    await parse(house, { answerId: questionId }); // stopped between keeping and reading
    return endRun(house, question);
  }
  if (question.state !== "waiting" && question.state !== "asking") return endRun(house, question); // settled before
  if (isGivenUp(question)) return giveUp(house, found, question.failure!);
  await awaitProbe(house, found);
  if (question.state === "waiting" && !(await begin(house, found))) return endRun(house, question);
  let reply;
  const askedAt = house.clock.now();
  try {
    reply = await fetchReply(house, found, signal);
  } catch (error) {
    if (signal.aborted) throw error; // stopped by us: the question stays as it is and is asked by the next process
    return giveUpOrRetry(house, found, failureIn(house, found.assistant, error));
  }
  const answer = await keep(house, found, reply, askedAt);
  if (isProbe(found)) await endProbe(house, found, "answered");
  if (answer) await parseAnswer(house, answer);
  await endRun(house, question);
}

/** The last question of a run closes it and has its day counted at once. */
async function endRun(house: House, { runId, projectId, day }: Question): Promise<void> {
  if (await house.store.tx((tx) => finishRun(tx, runId))) await rollupNow(house, projectId, day);
}

/** Sets the expected cost aside and marks the question as being asked; false when it was ended or no cap leaves room. */
async function begin(house: House, found: QuestionToAsk): Promise<boolean> {
  const { question, project } = found;
  const periods = periodsOf(project.budget, question.runId, question.day);
  const begun = await house.store.tx(async (tx) => {
    if (!(await startQuestion(tx, question.id))) return "ended"; // with the others of its run, a moment ago
    if ((await reserve(tx, project.id, periods, question.estimateMicroUsd)) === null) return "asking";
    await setQuestion(tx, question.id, { ...question, state: "skipped_budget" });
    return "skipped";
  });
  if (begun === "skipped" && isProbe(found)) {
    // the others would cost as much; one after the other they would come to the same end
    const ended = await house.store.tx((tx) => endWaiting(tx, question, { state: "skipped_budget", failure: null }));
    await endProbe(house, found, { ended });
  }
  return begun === "asking";
}

interface FetchedReply {
  reply: HeardReply;
  body: string;
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
  if (error instanceof StoreError) throw error;
  house.log.error({ err: error }, "a fault while asking");
  return { again: true, reason: "fault", message: messageOf(error) };
}

async function giveUpOrRetry(house: House, found: QuestionToAsk, failure: Failure): Promise<void> {
  const { question, assistant } = found;
  const attempts = question.attempts + 1;
  if (failure.again && attempts < mostAttempts) {
    await house.store.tx((tx) => setQuestion(tx, question.id, { state: "asking", attempts, failure }));
    const jitterMs = Math.round(house.random() * Math.min(longestDelayMs, firstDelayMs * 2 ** attempts));
    throw new RetryLater(failure.afterMs || jitterMs, failure); // "after 0 s" would spend all tries at once
  }
  house.log.info({ question: question.id, assistant: assistant.key, ...failure }, "question failed");
  await giveUp(house, { ...found, question: { ...question, attempts } }, failure);
}

/** Ends a question without an answer, and with it those of its run that have no prospect of one either. */
async function giveUp(house: House, found: QuestionToAsk, failure: Failure): Promise<void> {
  const { question, project } = found;
  const periods = periodsOf(project.budget, question.runId, question.day);
  const ended = await house.store.tx(async (tx) => {
    const others = isGivenUp(question) ? [] : await noteFailure(tx, found, failure);
    await setQuestion(tx, question.id, { state: "failed", attempts: question.attempts, failure });
    await settle(tx, project.id, periods, question.estimateMicroUsd, 0);
    return others;
  });
  if (isProbe(found)) await endProbe(house, found, ended.length > 0 ? { ended } : "told nothing");
  await endRun(house, question);
}

/** Answer, raw body, question state and spending in one transaction; null when the question has its answer already. */
async function keep(
  house: House,
  found: QuestionToAsk,
  fetched: FetchedReply,
  askedAt: number,
): Promise<KeptAnswer | null> {
  const { question, assistant, project, version } = found;
  const answer: Answer = {
    ...fetched.reply,
    id: question.id,
    projectId: project.id,
    day: question.day,
    requestedModel: assistant.model,
    search: assistant.search,
    askedAt,
    tookMs: house.clock.now() - askedAt,
  };
  const body = await packBody(fetched.body);
  const periods = periodsOf(project.budget, question.runId, question.day);
  return house.store.tx(async (tx) => {
    if (!(await saveAnswer(tx, question, answer, body))) return null; // somebody else was quicker
    await noteReply(tx, found);
    await setQuestion(tx, question.id, { state: "done", attempts: question.attempts + 1, failure: null });
    await settle(tx, project.id, periods, question.estimateMicroUsd, answer.costMicroUsd ?? question.estimateMicroUsd);
    const { promptVersionId, assistantId } = question;
    return { ...answer, promptVersionId, assistantId, reading: 0, language: version.language };
  });
}
