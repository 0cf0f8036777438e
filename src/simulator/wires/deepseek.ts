/** DeepSeek Responses: POST /responses, with the ids of calls among queries and in addresses, and links in the text. */
import { chain } from "../chance.ts";
import type { JsonObject } from "../json.ts";
import type { Answer } from "../telling/tell.ts";
import { openai, responsesReply, type Dialect } from "./openai.ts";
import { shapes } from "./openai-problems.ts";
import { hex, type Problem, type Wire } from "./wire.ts";

/** As OpenAI's, but for an empty purse, and the status of an unknown model. */
function problem({ kind, detail }: Problem): { status: number; body: JsonObject } {
  const { status, type, param, code, message } = shapes[kind];
  const spent = kind === "quota" ? "Insufficient Balance" : null;
  return {
    status: spent ? 402 : kind === "unknown_model" ? 400 : status,
    body: {
      error: {
        message: spent ?? message(detail),
        type: spent ? "unknown_error" : type,
        param: param ?? null,
        code: spent || code === null ? "invalid_request_error" : code,
      },
    },
  };
}

/** A search tells no pages; what was opened stands as a call of its own, some of which fail. */
function calls({ key, queries, draw }: Answer): JsonObject[] {
  const idOf = (place: number): string => `call_00_${hex(chain(key, 63, place), 24)}`;
  const searches = queries.map((query, place) => ({
    id: idOf(place),
    type: "web_search_call",
    status: "completed",
    action: { type: "search", queries: [query, `ws_call_id=${idOf(place)}`] },
  }));
  if (searches.length === 0) return [];
  const opened = draw.cited.map(({ url }, nth) => ({ url, status: "completed", id: idOf(100 + nth) }));
  const shut = { url: "https://shut.example/", status: "failed", id: idOf(99) };
  const opening = [shut, ...opened].map(({ url, status, id }) => ({
    id,
    type: "web_search_call",
    status,
    action: { type: "open_page", url: `${url}#ws_call_id=${id}` },
  }));
  return [...searches, ...opening];
}

const dialect: Dialect = {
  urlOf: ({ url }) => url,
  marker: ({ title }, url) => `([${title}](${url}))`,
  calls,
  annotations: () => [],
  fields: () => ({ body: { content_filters: null, moderation: null }, usage: {} }),
};

export const deepseek: Wire = {
  ...openai,
  id: "deepseek",
  path: "/responses",
  reply: (answer, body) => responsesReply(answer, body, dialect),
  problem,
  retryHeaders: () => ({}), // it tells the delay in words only
};
