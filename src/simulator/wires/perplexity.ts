/** Perplexity's Agent API: POST /v1/agent. */
import { Chance, chain, mix } from "../chance.ts";
import { noonSeconds } from "../days.ts";
import { pagesPerSearch } from "../draw.ts";
import { isText, objectsOf, type JsonObject } from "../json.ts";
import type { Answer } from "../telling/tell.ts";
import { bearerKey, hex, tokensIn } from "./wire.ts";
import type { Problem, ProblemKind, Wire, WireReply, WireRequest } from "./wire.ts";

function read(body: JsonObject): WireRequest | Problem {
  const { model, input } = body;
  if (!isText(model) || model === "") return { kind: "bad_request", detail: "model or preset is required" };
  if (!model.includes("/")) return { kind: "unknown_model", detail: model };
  if (!isText(input) || input.trim() === "") return { kind: "bad_request", detail: "input is required" };
  if (body["stream"] === true) return { kind: "bad_request", detail: "stream: not supported" };
  const offered = objectsOf(body["tools"]).some(({ type }) => type === "web_search");
  return { model, question: input, search: offered ? "auto" : "off", resumes: null };
}

/** One item for each search; numbers of pages go on from search to search. */
const searchItems = ({ draw, queries, key }: Answer): JsonObject[] =>
  queries.map((query, place) => {
    const first = place * pagesPerSearch;
    const results = draw.found.slice(first, first + pagesPerSearch).map(({ url, title }, nth) => ({
      id: first + nth + 1,
      url,
      title,
      snippet: `${title}\n...\n${hex(chain(key, 61, place, nth), 60)}`,
      last_updated: draw.day,
      source: "web",
    }));
    return { type: "search_results", queries: [query], results };
  });

/** The answer's text with a number after each cited sentence; annotations stay empty, as recorded. */
const withMarkers = ({ pieces, draw }: Answer): string =>
  pieces.map(({ text, pages }) => text + pages.map((page) => `[${draw.found.indexOf(page) + 1}]`).join("")).join("");

function usageOf({ key, draw, truncated }: Answer, text: string): JsonObject {
  const chance = new Chance(mix(key, 62));
  const input = tokensIn(draw.question.text) + 8 + draw.searches * (2_500 + chance.below(3_000));
  const output = tokensIn(text) + (truncated ? 900 + chance.below(600) : 0);
  const [inputCost, outputCost, toolCost] = [input * 0.25e-6, output * 2.5e-6, draw.searches * 0.005];
  return {
    input_tokens: input,
    input_tokens_details: { cache_creation_input_tokens: 0, cache_read_input_tokens: 0, cached_tokens: 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: input + output,
    tool_calls_details: draw.searches ? { search_web: { invocation: draw.searches, cost_usd: toolCost } } : {},
    cost: {
      currency: "USD",
      input_cost: inputCost,
      output_cost: outputCost,
      tool_calls_cost: toolCost,
      total_cost: inputCost + outputCost + toolCost,
    },
  };
}

function reply(answer: Answer, body: JsonObject): WireReply {
  const { draw, key } = answer;
  const refused = draw.outcome === "refused";
  const text = withMarkers(answer);
  const content = refused
    ? { type: "refusal", refusal: answer.refusal }
    : { type: "output_text", text, annotations: [], logprobs: [] };
  const message = { id: `msg_${hex(mix(key, 63), 32)}`, type: "message", role: "assistant", status: "completed" };
  const created = noonSeconds(answer.day) + (key % 3_600);
  return {
    text,
    paused: false,
    body: {
      id: `resp_${hex(mix(key, 64), 32)}`,
      object: "response",
      created_at: created,
      completed_at: created,
      status: answer.truncated ? "incomplete" : "completed",
      error: null,
      incomplete_details: answer.truncated ? { reason: "max_output_tokens" } : null,
      model: answer.servedModel,
      output: [...searchItems(answer), ...(text !== "" || refused ? [{ ...message, content: [content] }] : [])],
      store: body["store"] ?? true,
      tools: body["tools"] ?? [],
      usage: usageOf(answer, text),
    },
  };
}

const shapes: Record<ProblemKind, { status: number; type: string; message: (detail: string) => string }> = {
  no_key: { status: 401, type: "unauthorized", message: () => "Missing API key." },
  bad_key: { status: 401, type: "unauthorized", message: () => "Invalid API key provided." },
  unknown_model: { status: 400, type: "invalid_model", message: (model) => `Invalid model '${model}'.` },
  bad_request: { status: 400, type: "invalid_request", message: (detail) => detail },
  rate_limit: { status: 429, type: "rate_limit_exceeded", message: (wait) => `Request rate limit exceeded.${wait}` },
  quota: {
    status: 429,
    type: "insufficient_quota",
    message: () => "You exceeded your current quota, please check your plan and billing details.",
  },
  server_error: { status: 500, type: "internal_error", message: () => "Internal server error" },
  unavailable: { status: 503, type: "unavailable", message: () => "Service temporarily unavailable" },
  overloaded: { status: 503, type: "overloaded", message: () => "The model is overloaded, please try again later." },
};

export const perplexity: Wire = {
  id: "perplexity",
  path: "/v1/agent",
  keyIn: bearerKey,
  read,
  markOf: () => "",
  reply,
  problem: ({ kind, detail }) => {
    const { status, type, message } = shapes[kind];
    return { status, body: { error: { message: message(detail), type, code: status } } };
  },
  headers: (id) => ({ "x-request-id": hex(id, 32) }),
  retryHeaders: (seconds) => ({ "retry-after": String(Math.ceil(seconds)) }),
};
