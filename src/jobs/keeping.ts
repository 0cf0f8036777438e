/** Keeps replies: answer, raw body, question and spending in one transaction, several questions at a time. */
import type { Answer, HeardReply } from "../domain.ts";
import {
  markAnswered,
  packBody,
  saveAnswers,
  type Db,
  type KeptAnswer,
  type NewAnswer,
  type QuestionToAsk,
} from "../store/index.ts";
import { noteReply } from "./attention.ts";
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

const keepings = ofHouse(
  (house) => new Together<Replied, KeptAnswer | null>((some) => house.store.tx((tx) => keepAnswers(tx, some))),
);

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
  for (const { found } of kept) await noteReply(tx, found);
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
