/** OpenAI's Responses as Azure serves them: POST /openai/v1/responses with the key in `api-key`. */
import { chain } from "../chance.ts";
import { isText, type JsonObject } from "../json.ts";
import { openai, responsesReply, sourcesAt, type Dialect } from "./openai.ts";
import { hex, type Problem, type ProblemKind, type Wire } from "./wire.ts";

const shapes: Record<ProblemKind, { status: number; code: string | null; message: (detail: string) => string }> = {
  no_key: { status: 401, code: "401", message: () => "Access denied due to missing subscription key." },
  bad_key: {
    status: 401,
    code: "401",
    message: () => "Access denied due to invalid subscription key or wrong API endpoint.",
  },
  unknown_model: {
    status: 404,
    code: "DeploymentNotFound",
    message: (model) => `The API deployment for this resource does not exist: ${model}.`,
  },
  bad_request: { status: 400, code: "BadRequest", message: (detail) => detail },
  rate_limit: {
    status: 429,
    code: "RateLimitReached",
    message: (wait) => `Your requests in swedencentral have exceeded rate limit.${wait}`,
  },
  quota: { status: 429, code: "insufficient_quota", message: () => "You exceeded your current quota." },
  server_error: { status: 500, code: "InternalServerError", message: () => "The server had an error." },
  unavailable: { status: 503, code: "ServiceUnavailable", message: () => "The service is temporarily unavailable." },
  overloaded: { status: 503, code: null, message: () => "The model is currently overloaded with other requests." },
};

/** A code in words or digits, and the message once more as details. */
function problem({ kind, detail }: Problem): { status: number; body: JsonObject } {
  const { status, code, message } = shapes[kind];
  const words = message(detail);
  return { status, body: { error: { code, message: words, details: words } } };
}

/** Calls stay at "searching" though the reply is complete; a marker is a link with the page's title. */
const dialect: Dialect = {
  urlOf: ({ url }) => url,
  marker: ({ title }, url) => `[${title}](${url})`,
  calls: (answer, withSources) =>
    answer.queries.map((query, place) => ({
      id: `ws_${hex(chain(answer.key, 41, place), 48)}`,
      type: "web_search_call",
      status: "searching",
      action: { type: "search", query, ...(withSources && { sources: sourcesAt(answer, place) }) },
    })),
  annotations: (all) => all,
  fields: () => ({ body: { content_filters: null }, usage: {} }),
};

export const azureOpenai: Wire = {
  ...openai,
  id: "azure-openai",
  path: "/openai/v1/responses",
  keyIn: ({ "api-key": key }) => (isText(key) ? key.trim() : ""),
  reply: (answer, body) => responsesReply(answer, body, dialect),
  problem,
};
