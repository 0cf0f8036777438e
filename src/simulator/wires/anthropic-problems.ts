/** Errors and headers of Anthropic's wire. */
import { Chance, type Key } from "../chance.ts";
import type { JsonObject } from "../json.ts";
import { hex, type Problem, type ProblemKind } from "./wire.ts";

const shapes: Record<ProblemKind, { status: number; type: string; message: (detail: string) => string }> = {
  no_key: { status: 401, type: "authentication_error", message: () => "x-api-key header is required" },
  bad_key: { status: 401, type: "authentication_error", message: () => "invalid x-api-key" },
  unknown_model: { status: 404, type: "not_found_error", message: (model) => `model: ${model}` },
  bad_request: { status: 400, type: "invalid_request_error", message: (detail) => detail },
  rate_limit: {
    status: 429,
    type: "rate_limit_error",
    message: () => "This request would exceed your organization's rate limit. Please try again later.",
  },
  quota: {
    status: 400,
    type: "invalid_request_error",
    message: () =>
      "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.",
  },
  server_error: { status: 500, type: "api_error", message: () => "Internal server error" },
  unavailable: { status: 503, type: "api_error", message: () => "Service unavailable" },
  overloaded: { status: 529, type: "overloaded_error", message: () => "Overloaded" },
};

const requestId = (id: Key): string => `req_011C${hex(id, 20)}`;

export function anthropicProblem({ kind, detail }: Problem, id: Key): { status: number; body: JsonObject } {
  const { status, type, message } = shapes[kind];
  return { status, body: { type: "error", error: { type, message: message(detail) }, request_id: requestId(id) } };
}

/** As recorded: the rate limit's headers, and now and then `retry-after` although nothing was refused. */
export const anthropicHeaders = (id: Key): Record<string, string> => ({
  "request-id": requestId(id),
  "anthropic-ratelimit-requests-limit": "4000",
  "anthropic-ratelimit-requests-remaining": "3999",
  "anthropic-ratelimit-requests-reset": "2026-01-01T00:00:00Z",
  ...(new Chance(id).happens(0.05) && { "retry-after": "31" }),
});
