/** Gemini generateContent: POST /v1beta/models/{model}:generateContent, the model in the path. */
import { Chance, chain, mix, type Key } from "../chance.ts";
import { isText, objectsOf, textOf, type JsonObject } from "../json.ts";
import type { Page } from "../pages.ts";
import type { Answer } from "../telling/tell.ts";
import { bearerKey, hex, tokensIn, type Problem, type ProblemKind, type Wire, type WireReply } from "./wire.ts";

const shapes: Record<ProblemKind, { status: number; word: string; message: (detail: string) => string }> = {
  no_key: {
    status: 403,
    word: "PERMISSION_DENIED",
    message: () =>
      "Method doesn't allow unregistered callers. Please use API Key or other form of API consumer identity.",
  },
  bad_key: {
    status: 400,
    word: "INVALID_ARGUMENT",
    message: () => "API key not valid. Please pass a valid API key.",
  },
  unknown_model: {
    status: 404,
    word: "NOT_FOUND",
    message: (model) =>
      `models/${model} is not found for API version v1beta, or is not supported for generateContent. Call ModelService.ListModels to see the list of available models and their supported methods.`,
  },
  bad_request: { status: 400, word: "INVALID_ARGUMENT", message: (detail) => detail },
  rate_limit: {
    status: 429,
    word: "RESOURCE_EXHAUSTED",
    message: () => "You exceeded your current quota, please check your plan and billing details.",
  },
  quota: {
    status: 429,
    word: "RESOURCE_EXHAUSTED",
    message: () => "You exceeded your current quota, please check your plan and billing details.",
  },
  server_error: { status: 500, word: "INTERNAL", message: () => "An internal error has occurred. Please retry." },
  unavailable: { status: 503, word: "UNAVAILABLE", message: () => "The service is currently unavailable." },
  overloaded: {
    status: 503,
    word: "UNAVAILABLE",
    message: () => "The model is overloaded. Please try again later.",
  },
};

const google = (type: string, more: JsonObject): JsonObject => ({
  "@type": `type.googleapis.com/google.rpc.${type}`,
  ...more,
});
const quotaOf = (period: string): JsonObject =>
  google("QuotaFailure", { violations: [{ quotaId: `GenerateRequestsPerModelPer${period}` }] });

/** The delay stands in the body alone, as in "Please try again in 7s." of other providers' messages. */
function detailsOf({ kind, detail }: Problem): JsonObject[] {
  const seconds = /([\d.]+)s/.exec(detail)?.[1];
  if (kind === "bad_key") return [google("ErrorInfo", { reason: "API_KEY_INVALID", domain: "googleapis.com" })];
  if (kind === "quota") return [quotaOf("Day")];
  if (kind !== "rate_limit") return [];
  return [quotaOf("Minute"), ...(seconds === undefined ? [] : [google("RetryInfo", { retryDelay: `${seconds}s` })])];
}

function problem(one: Problem): { status: number; body: JsonObject } {
  const { status, word, message } = shapes[one.kind];
  const details = detailsOf(one);
  const error = { code: status, message: message(one.detail), status: word, ...(details.length > 0 && { details }) };
  return { status, body: { error } };
}

const read: Wire["read"] = (body) => {
  const { model } = body;
  if (!isText(model) || model === "")
    return { kind: "bad_request", detail: "GenerateContentRequest.model: unexpected model name format" };
  const asked = objectsOf(body["contents"]).filter(({ role }) => role === undefined || role === "user");
  const question = textOf(asked.at(-1)?.["parts"]);
  if (question.trim() === "")
    return { kind: "bad_request", detail: "GenerateContentRequest.contents: contents is not specified" };
  const offered = objectsOf(body["tools"]).some((tool) => "googleSearch" in tool || "google_search" in tool);
  return { model, question, search: offered ? "auto" : "off", resumes: null };
};

/** The answer's text, and its cited pieces with the bytes they cover; what begins at 0 does not say so. */
function withSupports({ pieces, draw }: Answer): { text: string; supports: JsonObject[] } {
  const supports: JsonObject[] = [];
  let text = "";
  let bytes = 0;
  for (const piece of pieces) {
    const start = bytes;
    text += piece.text;
    bytes += Buffer.byteLength(piece.text);
    if (piece.pages.length === 0) continue;
    supports.push({
      segment: { ...(start > 0 && { startIndex: start }), endIndex: bytes, text: piece.text },
      groundingChunkIndices: piece.pages.map((page) => draw.found.indexOf(page)),
    });
  }
  return { text, supports };
}

const chunkOf = ({ url, domain }: Page): JsonObject => ({ web: { uri: url, title: domain } });

function groundingOf({ draw, queries }: Answer, supports: JsonObject[]): JsonObject {
  return {
    searchEntryPoint: { renderedContent: '<div class="container"></div>' },
    ...(draw.found.length > 0 && { groundingChunks: draw.found.map(chunkOf) }),
    ...(supports.length > 0 && { groundingSupports: supports }),
    webSearchQueries: queries,
  };
}

function usageOf({ key, draw, truncated }: Answer, text: string): JsonObject {
  const chance = new Chance(mix(key, 71));
  const prompt = tokensIn(draw.question.text) + 4;
  const tool = draw.searches * (60 + chance.below(200));
  const thoughts = draw.outcome === "empty" || truncated ? 1_500 + chance.below(1_500) : chance.below(900);
  const written = tokensIn(text);
  return {
    promptTokenCount: prompt,
    ...(written > 0 && { candidatesTokenCount: written }),
    totalTokenCount: prompt + tool + thoughts + written,
    promptTokensDetails: [{ modality: "TEXT", tokenCount: prompt }],
    ...(tool > 0 && { toolUsePromptTokenCount: tool }),
    thoughtsTokenCount: thoughts,
    serviceTier: "standard",
  };
}

/** A refusal is a blocked prompt; an answer out of tokens may have no parts. */
function reply(answer: Answer): WireReply {
  const { draw, key, thinking, preamble } = answer;
  const refused = draw.outcome === "refused";
  const { text, supports } = withSupports(answer);
  const parts = [
    ...(thinking || preamble ? [{ text: [thinking, preamble].filter(Boolean).join("\n"), thought: true }] : []),
    ...(text === "" ? [] : [{ text, thoughtSignature: hex(chain(key, 72), 60) }]),
  ];
  const candidate = {
    content: { ...(parts.length > 0 && { parts }), role: "model" },
    finishReason: answer.truncated ? "MAX_TOKENS" : "STOP",
    index: 0,
    ...(draw.searches > 0 && { groundingMetadata: groundingOf(answer, supports) }),
  };
  return {
    text: refused ? "" : text,
    paused: false,
    body: {
      ...(refused ? { promptFeedback: { blockReason: "PROHIBITED_CONTENT" } } : { candidates: [candidate] }),
      usageMetadata: usageOf(answer, refused ? "" : text),
      modelVersion: answer.servedModel,
      responseId: hex(chain(key, 73), 22),
    },
  };
}

export const gemini: Wire = {
  id: "gemini",
  path: /^\/v1beta\/models\/(?<model>[^/:]+):generateContent$/,
  keyIn: (headers) => {
    const key = headers["x-goog-api-key"];
    return isText(key) ? key.trim() : bearerKey(headers);
  },
  read,
  markOf: () => "",
  reply,
  problem,
  headers: (id: Key) => ({
    "x-gemini-service-tier": "standard",
    "server-timing": `gfet4t7; dur=${900 + (id % 4_000)}`,
  }),
  retryHeaders: () => ({}),
};
