/** Errors, keys and headers that all of OpenAI's wires share. */
import { Chance, type Key } from "../chance.ts";
import type { JsonObject } from "../json.ts";
import { hex, type Problem, type ProblemKind } from "./wire.ts";

export interface Shape {
  status: number;
  type: string;
  code: string | null;
  param?: string;
  message: (detail: string) => string;
}

/** OpenAI's own problems, which most who speak its wire have taken over. */
export const shapes: Record<ProblemKind, Shape> = {
  no_key: {
    status: 401,
    type: "invalid_request_error",
    code: null,
    message: () =>
      "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth.",
  },
  bad_key: {
    status: 401,
    type: "invalid_request_error",
    code: "invalid_api_key",
    message: () => "Incorrect API key provided.",
  },
  unknown_model: {
    status: 404,
    type: "invalid_request_error",
    code: "model_not_found",
    param: "model",
    message: (model) => `The requested model '${model}' does not exist.`,
  },
  bad_request: { status: 400, type: "invalid_request_error", code: null, message: (detail) => detail },
  rate_limit: {
    status: 429,
    type: "requests",
    code: "rate_limit_exceeded",
    message: (wait) => `Rate limit reached on requests per min (RPM).${wait}`,
  },
  quota: {
    status: 429,
    type: "insufficient_quota",
    code: "insufficient_quota",
    message: () => "You exceeded your current quota, please check your plan and billing details.",
  },
  server_error: {
    status: 500,
    type: "server_error",
    code: null,
    message: () => "The server had an error while processing your request. Sorry about that!",
  },
  unavailable: {
    status: 503,
    type: "server_error",
    code: null,
    message: () => "The service is temporarily unavailable. Please try again later.",
  },
  overloaded: {
    status: 503,
    type: "server_error",
    code: "server_is_overloaded",
    message: () => "The engine is currently overloaded, please try again later.",
  },
};

/** Problems in OpenAI's shape; an unknown model has its own status on each wire. */
export const openaiProblem =
  (unknownModelStatus: number) =>
  ({ kind, detail }: Problem): { status: number; body: JsonObject } => {
    const { status, type, code, param, message } = shapes[kind];
    return {
      status: kind === "unknown_model" ? unknownModelStatus : status,
      body: { error: { message: message(detail), type, param: param ?? null, code } },
    };
  };

export const openaiHeaders = (id: Key): Record<string, string> => ({
  "x-request-id": `req_${hex(id, 32)}`,
  "openai-processing-ms": String(400 + new Chance(id).below(8_000)),
  "openai-version": "2020-10-01",
  "x-ratelimit-limit-requests": "5000",
  "x-ratelimit-remaining-requests": "4999",
  "x-ratelimit-reset-requests": "12ms",
});

export const openaiRetryHeaders = (seconds: number): Record<string, string> => ({
  "retry-after": String(Math.ceil(seconds)),
  "retry-after-ms": String(Math.round(seconds * 1000)),
});
