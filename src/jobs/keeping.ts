/** Keeps replies: answer, raw body, question and spending in one transaction, several questions at a time. */
import type { Answer, HeardReply } from "../domain.ts";
import { storeErrorIn } from "../errors.ts";
import {
  markAnswered,
  packBody,
  saveAnswers,
  type Db,
  type KeptAnswer,
  type NewAnswer,
  type QuestionToAsk,
} from "../store/index.ts";
import { noteReplies } from "./attention.ts";
import { ofHouse, type House } from "./job.ts";
import { endReplied, keyOf, type PaidCall, type RepliedCall } from "./paying.ts";
import { Together } from "./together.ts";

/** What came back of a call, and its body as it came. */
export interface FetchedReply {
  reply: HeardReply;
  body: string;
}

interface Replied extends NewAnswer, RepliedCall {
  found: QuestionToAsk;
}

const keepings = ofHouse((house) => new Together<Replied, KeptAnswer | null>((some) => keepLasting(house, some)));

/** A database that restarts is away for seconds; replies that are lost are asked, and paid for, once more. */
const pausesMs = [1_000, 4_000];

async function keepLasting(house: House, some: Replied[]): Promise<(KeptAnswer | null)[]> {
  for (const pauseMs of pausesMs)
    try {
      return await house.store.tx((tx) => keepAnswers(tx, some));
    } catch (error) {
      if (storeErrorIn(error)?.kind !== "unreachable") throw error;
      await house.clock.sleep(pauseMs);
    }
  return house.store.tx((tx) => keepAnswers(tx, some));
}

/** Keeps a reply as its question's answer; null when the question has its answer already. */
export async function keepAnswer(
  house: House,
  { found, call, reply, body }: { found: QuestionToAsk; call: PaidCall } & FetchedReply,
): Promise<KeptAnswer | null> {
  const { question, assistant, project } = found;
  const tookMs = house.clock.now() - call.startedAt;
  const answer: Answer = {
    ...reply,
    id: question.id,
    projectId: project.id,
    day: question.day,
    requestedModel: assistant.model,
    search: assistant.search,
    askedAt: call.startedAt,
    tookMs,
  };
  const { costMicroUsd } = answer;
  return keepings(house).do(keyOf(call.periods), {
    found,
    question,
    answer,
    body: await packBody(body),
    call,
    tookMs,
    costMicroUsd,
  });
}

async function keepAnswers(tx: Db, some: Replied[]): Promise<(KeptAnswer | null)[]> {
  const kept = await saveAnswers(tx, some);
  await noteReplies(
    tx,
    kept.map(({ found }) => found),
  );
  await markAnswered(
    tx,
    kept.map(({ answer }) => answer.id),
  );
  await endReplied(tx, some);
  return some.map((one) => (kept.includes(one) ? keptOf(one) : null));
}

const keptOf = ({ answer, found: { question, version } }: Replied): KeptAnswer => ({
  ...answer,
  promptVersionId: question.promptVersionId,
  assistantId: question.assistantId,
  reading: 0,
  language: version.language,
});
