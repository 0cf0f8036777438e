/** OpenRouter's chat completions with its search tool: POST /api/v1/chat/completions. */
import { Chance, mix } from "../chance.ts";
import { noonSeconds } from "../days.ts";
import { isText, objectsOf, textOf, type JsonObject } from "../json.ts";
import type { Answer } from "../telling/tell.ts";
import { bearerKey, hex, tokensIn } from "./wire.ts";
import type { Problem, ProblemKind, Wire, WireReply, WireRequest } from "./wire.ts";

function read(body: JsonObject): WireRequest | Problem {
  const { model, messages } = body;
  if (!isText(model) || model === "") return { kind: "bad_request", detail: "No models provided" };
  const asked = objectsOf(messages).filter(({ role }) => role === "user");
  const question = textOf(asked.at(-1)?.["content"]);
  if (question.trim() === "") return { kind: "bad_request", detail: 'Input required: specify "prompt" or "messages"' };
  if (body["stream"] === true) return { kind: "bad_request", detail: "stream: not supported" };
  const offered = objectsOf(body["tools"]).some(({ type }) => type === "openrouter:web_search");
  return { model, question, search: offered ? "auto" : "off", resumes: null };
}

/** The answer's text with a marker after each cited sentence, and the annotations that cover the markers. */
function withMarkers({ pieces }: Answer): { text: string; annotations: JsonObject[] } {
  const annotations: JsonObject[] = [];
  let text = "";
  for (const piece of pieces) {
    text += piece.text;
    for (const { url, title, domain } of piece.pages) {
      const start = text.length + 1;
      text += ` ([${domain}](${url}))`;
      const place = { start_index: start, end_index: text.length };
      annotations.push({ type: "url_citation", url_citation: { url, title, ...place } });
    }
  }
  return { text, annotations };
}

function usageOf({ key, draw, truncated }: Answer, text: string): JsonObject {
  const chance = new Chance(mix(key, 81));
  const prompt = tokensIn(draw.question.text) + 8 + draw.searches * (4_000 + chance.below(4_000));
  const reasoning = truncated ? 900 + chance.below(600) : 0;
  const completion = tokensIn(text) + reasoning;
  const upstream = prompt * 1.75e-6 + completion * 14e-6;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    cost: upstream + draw.searches * 0.01,
    is_byok: false,
    prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 0, audio_tokens: 0, video_tokens: 0 },
    cost_details: { upstream_inference_cost: upstream + draw.searches * 0.01 },
    completion_tokens_details: { reasoning_tokens: reasoning, image_tokens: 0, audio_tokens: 0 },
    ...(draw.searches > 0 && { server_tool_use_details: { web_search_requests: draw.searches } }),
  };
}

function reply(answer: Answer): WireReply {
  const { draw, key } = answer;
  const refused = draw.outcome === "refused";
  const { text, annotations } = withMarkers(answer);
  const [finish, native] = answer.truncated ? ["length", "max_output_tokens"] : ["stop", "completed"];
  return {
    text,
    paused: false,
    body: {
      id: `gen-${noonSeconds(answer.day)}-${hex(mix(key, 82), 20)}`,
      object: "chat.completion",
      created: noonSeconds(answer.day) + (key % 3_600),
      model: answer.servedModel,
      provider: "OpenAI",
      system_fingerprint: null,
      choices: [
        {
          index: 0,
          logprobs: null,
          finish_reason: finish,
          native_finish_reason: native,
          message: {
            role: "assistant",
            content: refused ? null : text,
            refusal: refused ? answer.refusal : null,
            reasoning: answer.thinking,
            ...(annotations.length > 0 && { annotations }),
          },
        },
      ],
      usage: usageOf(answer, text),
    },
  };
}

const shapes: Record<ProblemKind, { status: number; message: (detail: string) => string; upstream?: string }> = {
  no_key: { status: 401, message: () => "No auth credentials found" },
  bad_key: { status: 401, message: () => "User not found." },
  unknown_model: { status: 400, message: (model) => `${model} is not a valid model ID` },
  bad_request: { status: 400, message: (detail) => detail },
  rate_limit: {
    status: 429,
    message: () => "Provider returned error",
    upstream: "The model is temporarily rate-limited upstream. Please retry shortly.",
  },
  quota: { status: 402, message: () => "Insufficient credits. Add more at https://openrouter.ai/settings/credits" },
  server_error: { status: 500, message: () => "Internal Server Error" },
  unavailable: { status: 503, message: () => "No instances available" },
  overloaded: {
    status: 503,
    message: () => "Provider returned error",
    upstream: '{"error":{"message":"The engine is currently overloaded","type":"server_error"}}',
  },
};

export const openrouter: Wire = {
  id: "openrouter",
  path: "/api/v1/chat/completions",
  keyIn: bearerKey,
  read,
  markOf: () => "",
  reply,
  problem: ({ kind, detail }) => {
    const { status, message, upstream: raw } = shapes[kind];
    const metadata = raw === undefined ? {} : { metadata: { provider_name: "OpenAI", raw } };
    return { status, body: { error: { message: message(detail), code: status, ...metadata }, user_id: "user_town" } };
  },
  headers: (id) => ({ "x-generation-id": `gen-${hex(id, 20)}` }),
  retryHeaders: (seconds) => ({ "retry-after": String(Math.ceil(seconds)) }),
};
