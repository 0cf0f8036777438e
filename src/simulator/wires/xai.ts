/** xAI Responses: POST /xai/v1/responses, since OpenAI's own path is taken. */
import { Chance, chain, mix } from "../chance.ts";
import { pagesPerSearch } from "../draw.ts";
import type { JsonObject } from "../json.ts";
import type { Answer } from "../telling/tell.ts";
import { openai, responsesReply, sourcesAt, type Dialect } from "./openai.ts";
import { hex, tokensIn, type Problem, type ProblemKind, type Wire } from "./wire.ts";

/** Errors are a sentence beside a code in words; a bad key is a bad request. */
const shapes: Record<ProblemKind, { status: number; code: string; error: (detail: string) => string }> = {
  no_key: { status: 401, code: "unauthenticated:no-auth-context", error: () => "No authentication was given." },
  bad_key: { status: 400, code: "invalid-argument", error: () => "Incorrect API key provided: in***ij." },
  unknown_model: { status: 404, code: "not-found", error: (model) => `The model ${model} does not exist.` },
  bad_request: { status: 400, code: "invalid-argument", error: (detail) => detail },
  rate_limit: { status: 429, code: "resource-exhausted", error: (wait) => `Too many requests for the team.${wait}` },
  quota: {
    status: 429,
    code: "resource-exhausted",
    error: () => "Your team has either used all available credits or reached its monthly spending limit.",
  },
  server_error: { status: 500, code: "internal", error: () => "Internal error" },
  unavailable: { status: 503, code: "unavailable", error: () => "The service is temporarily unavailable." },
  overloaded: { status: 503, code: "unavailable", error: () => "The model is overloaded, try again later." },
};

function problem({ kind, detail }: Problem): { status: number; body: JsonObject } {
  const { status, code, error } = shapes[kind];
  return { status, body: { code, error: error(detail) } };
}

/** Some of its models give neither offsets nor sources, and write the query as JSON in a text. */
const isFast = ({ key }: Answer): boolean => new Chance(mix(key, 61)).happens(0.3);

function calls(answer: Answer): JsonObject[] {
  return answer.queries.map((query, place) => {
    const id = hex(chain(answer.key, 62, place), 32);
    const call = { type: "web_search_call", status: "completed" };
    const action = { type: "search", query, sources: sourcesAt(answer, place) };
    if (!isFast(answer)) return { ...call, id: `ws_${id}`, action };
    const parameters = JSON.stringify({ query, num_results: pagesPerSearch });
    return { ...call, id: `fc_${id}`, action: null, call_id: "", name: "web_search", arguments: parameters };
  });
}

const dialect: Dialect = {
  urlOf: ({ url }) => url,
  marker: (_, url, nth) => `[[${nth}]](${url})`,
  calls,
  annotations: (all, answer) =>
    isFast(answer)
      ? all.map(({ type, url }) => ({ type, url }))
      : all.map((one, i) => ({ ...one, title: String(i + 1) })),
  fields: ({ draw, pieces }) => ({
    body: {},
    usage: {
      num_sources_used: 0,
      num_server_side_tools_used: draw.searches,
      cost_in_usd_ticks: draw.searches * 50_000_000 + tokensIn(pieces.map(({ text }) => text).join("")) * 25_000,
      server_side_tool_usage_details: { web_search_calls: draw.searches, x_search_calls: 0, code_interpreter_calls: 0 },
    },
  }),
};

export const xai: Wire = {
  ...openai,
  id: "xai",
  path: "/xai/v1/responses",
  reply: (answer, body) => responsesReply(answer, body, dialect),
  problem,
};
