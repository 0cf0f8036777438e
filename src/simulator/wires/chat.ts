/** OpenAI chat completions: POST /v1/chat/completions, as local models and OpenAI's search models speak it. */
import { Chance, mix } from "../chance.ts";
import { noonSeconds } from "../days.ts";
import { isObject, isText, objectsOf, textOf, type JsonObject } from "../json.ts";
import type { Page } from "../pages.ts";
import type { Answer } from "../telling/tell.ts";
import { withMarkers } from "./openai.ts";
import { openaiHeaders, openaiProblem, openaiRetryHeaders } from "./openai-problems.ts";
import { bearerKey, hex, tokensIn, type Problem, type Wire, type WireReply, type WireRequest } from "./wire.ts";

function read(body: JsonObject): WireRequest | Problem {
  const { model, messages } = body;
  if (!isText(model) || model === "") return { kind: "bad_request", detail: "you must provide a model parameter" };
  const asked = objectsOf(messages).filter(({ role }) => role === "user");
  const question = textOf(asked.at(-1)?.["content"]);
  if (question.trim() === "") return { kind: "bad_request", detail: "Missing required parameter: 'messages'." };
  if (body["stream"] === true) return { kind: "bad_request", detail: "Unsupported parameter: 'stream'." };
  const search = isObject(body["web_search_options"]) ? "required" : "off"; // search models always search
  return { model, question, search, resumes: null };
}

const markers = {
  urlOf: ({ url }: Page) => `${url}?utm_source=openai`,
  marker: ({ domain }: Page, url: string) => `([${domain}](${url}))`,
};

/** Annotations as chat completions nest them. */
const nested = ({ type, ...url_citation }: JsonObject): JsonObject => ({ type, url_citation });

/** A chat completion, with markers and annotations where the provider cites. */
export function chatReply(answer: Answer, cites = true): WireReply {
  const { draw, key } = answer;
  const refused = draw.outcome === "refused";
  const marked = withMarkers(answer, markers);
  const text = cites ? marked.text : answer.pieces.map((piece) => piece.text).join("");
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
            ...(cites && { annotations: marked.annotations.map(nested) }),
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
  reply: (answer) => chatReply(answer),
  problem: openaiProblem(404),
  headers: openaiHeaders,
  retryHeaders: openaiRetryHeaders,
};
