/** Errors of SerpApi: a status and one sentence. */
import type { JsonObject } from "../json.ts";
import type { Problem, ProblemKind } from "./wire.ts";

const shapes: Record<ProblemKind, { status: number; message: (detail: string) => string }> = {
  no_key: {
    status: 401,
    message: () => "Missing API key. Your API key should be here: https://serpapi.com/manage-api-key",
  },
  bad_key: {
    status: 401,
    message: () => "Invalid API key. Your API key should be here: https://serpapi.com/manage-api-key",
  },
  unknown_model: { status: 400, message: (engine) => `Unsupported \`${engine}\` search engine.` },
  bad_request: { status: 400, message: (detail) => detail },
  rate_limit: { status: 429, message: (wait) => `You are exceeding your account's hourly throughput limit.${wait}` },
  quota: { status: 429, message: () => "Your account has run out of searches." },
  server_error: { status: 500, message: () => "Something went wrong on our side." },
  unavailable: { status: 503, message: () => "The service is temporarily unavailable." },
  overloaded: { status: 503, message: () => "Our machines are overloaded, please try again later." },
};

export function serpApiProblem({ kind, detail }: Problem): { status: number; body: JsonObject } {
  const { status, message } = shapes[kind];
  return { status, body: { error: message(detail) } };
}
