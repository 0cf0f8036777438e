/** OpenAI chat completions: POST /v1/chat/completions, as OpenAI and local models speak it; it never searches. */
import { Chance, mix } from "../chance.ts";
import { noonSeconds } from "../days.ts";
import { isText, objectsOf, textOf, type JsonObject } from "../json.ts";
import type { Answer } from "../telling/tell.ts";
import { openaiHeaders, openaiProblem, openaiRetryHeaders } from "./openai-problems.ts";
import { bearerKey, hex, tokensIn, type Problem, type Wire, type WireReply, type WireRequest } from "./wire.ts";

function read(body: JsonObject): WireRequest | Problem {
  const { model, messages } = body;
  if (!isText(model) || model === "") return { kind: "bad_request", detail: "you must provide a model parameter" };
  const asked = objectsOf(messages).filter(({ role }) => role === "user");
  const question = textOf(asked.at(-1)?.["content"]);
  if (question.trim() === "") return { kind: "bad_request", detail: "Missing required parameter: 'messages'." };
  if (body["stream"] === true) return { kind: "bad_request", detail: "Unsupported parameter: 'stream'." };
  return { model, question, search: "off", resumes: null };
}

function reply(answer: Answer): WireReply {
  const { draw, key } = answer;
  const refused = draw.outcome === "refused";
  const text = answer.pieces.map((piece) => piece.text).join("");
  const chance = new Chance(mix(key, 44));
  const prompt = tokensIn(draw.question.text) + 8;
  const reasoning = answer.truncated ? 900 + chance.below(600) : 0;
  const completion = tokensIn(text) + reasoning;
  return {
    text,
    paused: false,
    body: {
      id: `chatcmpl-${hex(mix(key, 47), 24)}`,
      object: "chat.completion",
      created: noonSeconds(answer.day) + (key % 3_600),
      model: answer.servedModel,
      choices: [
        {
          index: 0,
          message: {
            role: "assistant",
            content: refused ? null : text,
            refusal: refused ? answer.refusal : null,
            annotations: [],
          },
          logprobs: null,
          finish_reason: answer.truncated ? "length" : "stop",
        },
      ],
      usage: {
        prompt_tokens: prompt,
        completion_tokens: completion,
        total_tokens: prompt + completion,
        prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: reasoning, audio_tokens: 0 },
      },
      service_tier: "default",
      system_fingerprint: `fp_${hex(mix(key, 48), 10)}`,
    },
  };
}

export const chat: Wire = {
  id: "chat",
  path: "/v1/chat/completions",
  keyIn: bearerKey,
  read,
  markOf: () => "",
  reply,
  problem: openaiProblem(404),
  headers: openaiHeaders,
  retryHeaders: openaiRetryHeaders,
};
