/** Mistral's conversations: POST /v1/conversations. */
import { Chance, chain, mix } from "../chance.ts";
import { isText, objectsOf, textOf, type JsonObject } from "../json.ts";
import type { Page } from "../pages.ts";
import type { Answer } from "../telling/tell.ts";
import { bearerKey, hex, tokensIn } from "./wire.ts";
import type { Problem, ProblemKind, Wire, WireReply, WireRequest } from "./wire.ts";

const searchTools = /^web_search(?:_premium)?$/;

/** The question, given plainly or as the last entry a user wrote. */
function questionIn(inputs: unknown): string {
  if (isText(inputs)) return inputs;
  const asked = objectsOf(inputs).filter(({ role }) => role === "user");
  return textOf(asked.at(-1)?.["content"]);
}

function read(body: JsonObject): WireRequest | Problem {
  const { model, inputs } = body;
  if (!isText(model) || model === "") return { kind: "bad_request", detail: "model" };
  const question = questionIn(inputs);
  if (question.trim() === "") return { kind: "bad_request", detail: "inputs" };
  if (body["stream"] === true) return { kind: "bad_request", detail: "stream" };
  const offered = objectsOf(body["tools"]).some(({ type }) => isText(type) && searchTools.test(type));
  return { model, question, search: offered ? "auto" : "off", resumes: null };
}

const reference = ({ url, title }: Page): JsonObject => ({
  type: "tool_reference",
  tool: "web_search",
  title,
  url,
  source: "brave",
});

/** Texts and references in turn; plain text when nothing is cited. */
function contentOf({ pieces }: Answer): string | JsonObject[] {
  const chunks: JsonObject[] = [];
  let plain = "";
  for (const { text, pages } of pieces) {
    plain += text;
    if (pages.length === 0) continue;
    chunks.push({ type: "text", text: plain }, ...pages.map(reference));
    plain = "";
  }
  if (chunks.length === 0) return plain;
  return plain === "" ? chunks : [...chunks, { type: "text", text: plain }];
}

function entriesOf(answer: Answer): JsonObject[] {
  const { queries, key } = answer;
  const at = `${answer.day}T12:00:00.000Z`;
  const entry = { object: "entry", created_at: at, completed_at: at };
  const message = (content: unknown, place: number): JsonObject => ({
    ...entry,
    type: "message.output",
    id: `msg_${hex(chain(key, 71, place), 32)}`,
    agent_id: null,
    model: answer.servedModel,
    role: "assistant",
    content,
  });
  const searches = queries.map((query, place) => ({
    ...entry,
    type: "tool.execution",
    id: `tool_exec_${hex(chain(key, 72, place), 28)}`,
    name: "web_search",
    arguments: JSON.stringify({ query }),
  }));
  const before = answer.preamble ? [message(answer.preamble, 0)] : [];
  // there is no field for refusals: they are said in plain words
  const content = answer.draw.outcome === "refused" ? answer.refusal : contentOf(answer);
  return [...before, ...searches, message(content, 1)];
}

function reply(answer: Answer): WireReply {
  const { draw, key } = answer;
  const outputs = entriesOf(answer);
  const text = outputs.map(({ content }) => textOf(content)).join("");
  const prompt = tokensIn(draw.question.text) + 8;
  const connector = draw.searches * (5_000 + new Chance(mix(key, 73)).below(4_000));
  const completion = tokensIn(text);
  return {
    text,
    paused: false,
    body: {
      object: "conversation.response",
      conversation_id: `conv_${hex(mix(key, 74), 32)}`,
      outputs,
      usage: {
        prompt_tokens: prompt,
        completion_tokens: completion,
        total_tokens: prompt + completion + connector,
        connector_tokens: draw.searches ? connector : null,
        connectors: draw.searches ? { web_search: draw.searches } : null,
      },
    },
  };
}

const said = (type: string, message: string, code: string): JsonObject => ({
  object: "error",
  message,
  type,
  param: null,
  code,
});
const shapes: Record<ProblemKind, { status: number; body: (detail: string) => JsonObject }> = {
  no_key: { status: 401, body: () => ({ detail: "Unauthorized" }) },
  bad_key: { status: 401, body: () => ({ detail: "Invalid API Key" }) },
  unknown_model: { status: 400, body: (model) => said("invalid_model", `Invalid model: ${model}`, "1500") },
  bad_request: {
    status: 422,
    body: (field) => ({ detail: [{ type: "missing", loc: ["body", field], msg: "Field required", input: {} }] }),
  },
  rate_limit: { status: 429, body: (wait) => said("rate_limited", `Rate limit exceeded.${wait}`, "1300") },
  quota: {
    status: 429,
    body: () => said("insufficient_quota", "You have exceeded your current quota, please check your plan.", "1301"),
  },
  server_error: { status: 500, body: () => said("internal_server_error", "Internal server error", "3000") },
  unavailable: { status: 503, body: () => said("unreachable_backend", "Service unavailable.", "3001") },
  overloaded: { status: 503, body: () => said("service_tier_capacity_exceeded", "Service is overloaded.", "3505") },
};

export const mistral: Wire = {
  id: "mistral",
  path: "/v1/conversations",
  keyIn: bearerKey,
  read,
  markOf: () => "",
  reply,
  problem: ({ kind, detail }) => {
    const { status, body } = shapes[kind];
    return { status, body: body(detail) };
  },
  headers: (id) => ({
    "mistral-correlation-id": hex(id, 32),
    "x-ratelimit-limit-tokens-minute": "500000",
    "x-ratelimit-remaining-tokens-minute": "480000",
    "x-ratelimit-limit-req-minute": "60",
  }),
  retryHeaders: (seconds) => ({ "retry-after": String(Math.ceil(seconds)) }),
};
