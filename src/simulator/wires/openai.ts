/** OpenAI Responses: POST /v1/responses. */
import { Chance, chain, mix } from "../chance.ts";
import { noonSeconds } from "../days.ts";
import { pagesPerSearch, type SearchOffer } from "../draw.ts";
import { isObject, isText, objectsOf, textOf, type JsonObject } from "../json.ts";
import type { Page } from "../pages.ts";
import type { Answer } from "../telling/tell.ts";
import { openaiHeaders, openaiProblem, openaiRetryHeaders } from "./openai-problems.ts";
import { bearerKey, hex, tokensIn, type Problem, type Wire, type WireReply, type WireRequest } from "./wire.ts";

const searchTools = /^web_search/;

function searchOffer({ tools, tool_choice: choice }: JsonObject): SearchOffer {
  const offered = objectsOf(tools).some(({ type }) => isText(type) && searchTools.test(type));
  if (!offered || choice === "none") return "off";
  return choice === "required" || isObject(choice) ? "required" : "auto";
}

/** The text of the last message a user wrote. */
function questionIn(input: unknown): string {
  if (isText(input)) return input;
  const asked = objectsOf(input).filter(({ role }) => role === "user");
  return textOf(asked.at(-1)?.["content"]);
}

function read(body: JsonObject): WireRequest | Problem {
  const { model, input } = body;
  if (!isText(model) || model === "") return { kind: "bad_request", detail: "Missing required parameter: 'model'." };
  const question = questionIn(input);
  if (question.trim() === "") return { kind: "bad_request", detail: "Missing required parameter: 'input'." };
  if (body["stream"] === true) return { kind: "bad_request", detail: "Unsupported parameter: 'stream'." };
  return { model, question, search: searchOffer(body), resumes: null };
}

/** How a provider that speaks Responses differs from the others. */
export interface Dialect {
  /** The page's address as annotations give it. */
  urlOf(page: Page): string;
  /** What stands in the text behind a sentence; `nth` counts the citations from 1. */
  marker(page: Page, url: string, nth: number): string;
  /** The calls of the search, in the order of the output. */
  calls(answer: Answer, withSources: boolean): JsonObject[];
  /** The annotations as the provider gives them. */
  annotations(all: JsonObject[], answer: Answer): JsonObject[];
  /** Fields of its own, in the body and in its usage. */
  fields(answer: Answer): { body: JsonObject; usage: JsonObject };
}

/** The answer's text with a marker after each cited sentence, and the annotations that cover the markers. */
export function withMarkers(
  answer: Answer,
  { urlOf, marker }: Pick<Dialect, "urlOf" | "marker">,
): { text: string; annotations: JsonObject[] } {
  const annotations: JsonObject[] = [];
  let text = "";
  for (const piece of answer.pieces) {
    text += piece.text;
    for (const page of piece.pages) {
      const url = urlOf(page);
      const start = text.length + 1;
      text += ` ${marker(page, url, annotations.length + 1)}`;
      annotations.push({
        type: "url_citation",
        start_index: start,
        end_index: text.length,
        title: page.title,
        url,
      });
    }
  }
  return { text, annotations };
}

/** Pages that came back from the search at `place`, as `action.sources` lists them. */
export const sourcesAt = ({ draw }: Answer, place: number): JsonObject[] =>
  draw.found.slice(place * pagesPerSearch, (place + 1) * pagesPerSearch).map(({ url }) => ({ type: "url", url }));

/** One call for each search, and now and then a page that was opened. */
function searchCalls(answer: Answer, withSources: boolean): JsonObject[] {
  const { draw, queries, key } = answer;
  const calls = queries.map((query, place) => {
    const action = {
      type: "search",
      queries: [query],
      query,
      ...(withSources && { sources: sourcesAt(answer, place) }),
    };
    return { id: `ws_${hex(chain(key, 41, place), 48)}`, type: "web_search_call", status: "completed", action };
  });
  const opened = draw.cited[0];
  if (opened === undefined || !new Chance(mix(key, 42)).happens(0.3)) return calls;
  const action = { type: "open_page", url: opened.url };
  return [...calls, { id: `ws_${hex(mix(key, 43), 48)}`, type: "web_search_call", status: "completed", action }];
}

function message(answer: Answer, phase: "commentary" | "final_answer", content: JsonObject): JsonObject {
  return {
    id: `msg_${hex(chain(answer.key, phase.length), 48)}`,
    type: "message",
    status: phase === "final_answer" && answer.truncated ? "incomplete" : "completed",
    content: [content],
    phase,
    role: "assistant",
  };
}

const outputText = (text: string, annotations: JsonObject[]): JsonObject => ({
  type: "output_text",
  annotations,
  logprobs: [],
  text,
});

function usageOf({ key, draw, truncated }: Answer, text: string): JsonObject {
  const chance = new Chance(mix(key, 44));
  const input = tokensIn(draw.question.text) + 8 + draw.searches * (5_500 + chance.below(6_000));
  const reasoning = draw.outcome === "empty" || truncated ? 1_500 + chance.below(1_500) : chance.below(900);
  const output = tokensIn(text) + reasoning;
  return {
    input_tokens: input,
    input_tokens_details: { cache_write_tokens: 0, cached_tokens: draw.searches ? 128 * chance.below(20) : 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input + output,
  };
}

/** A reply of Responses, in a provider's dialect. */
export function responsesReply(answer: Answer, body: JsonObject, dialect: Dialect): WireReply {
  const { draw, key } = answer;
  const include = body["include"];
  const withSources = Array.isArray(include) && include.includes("web_search_call.action.sources");
  const { text, annotations } = withMarkers(answer, dialect);
  const fields = dialect.fields(answer);
  const output: JsonObject[] = [];
  if (answer.thinking || draw.outcome === "empty")
    output.push({ id: `rs_${hex(mix(key, 45), 48)}`, type: "reasoning", summary: [] });
  if (answer.preamble) output.push(message(answer, "commentary", outputText(answer.preamble, [])));
  output.push(...dialect.calls(answer, withSources));
  if (draw.outcome === "refused")
    output.push(message(answer, "final_answer", { type: "refusal", refusal: answer.refusal }));
  else if (text !== "")
    output.push(message(answer, "final_answer", outputText(text, dialect.annotations(annotations, answer))));
  const created = noonSeconds(answer.day) + (key % 3_600);
  return {
    text,
    paused: false,
    body: {
      id: `resp_${hex(mix(key, 46), 48)}`,
      object: "response",
      created_at: created,
      status: answer.truncated ? "incomplete" : "completed",
      background: false,
      error: null,
      incomplete_details: answer.truncated ? { reason: "max_output_tokens" } : null,
      instructions: null,
      max_output_tokens: body["max_output_tokens"] ?? null,
      model: answer.servedModel,
      output,
      parallel_tool_calls: true,
      previous_response_id: null,
      reasoning: { effort: "none", summary: null },
      service_tier: "default",
      store: body["store"] ?? true,
      temperature: 1,
      text: { format: { type: "text" }, verbosity: "medium" },
      tool_choice: body["tool_choice"] ?? "auto",
      tools: body["tools"] ?? [],
      top_p: 0.98,
      truncation: "disabled",
      user: null,
      metadata: {},
      ...fields.body,
      usage: { ...usageOf(answer, text), ...fields.usage },
    },
  };
}

/** As OpenAI itself speaks. */
const own: Dialect = {
  urlOf: ({ url }) => `${url}?utm_source=openai`,
  marker: ({ domain }, url) => `([${domain}](${url}))`,
  calls: searchCalls,
  annotations: (all) => all,
  fields: ({ draw }) => ({ body: { tool_usage: { web_search: { num_requests: draw.searches } } }, usage: {} }),
};

export const openai: Wire = {
  id: "openai",
  path: "/v1/responses",
  keyIn: bearerKey,
  read,
  markOf: () => "",
  reply: (answer, body) => responsesReply(answer, body, own),
  problem: openaiProblem(400),
  headers: openaiHeaders,
  retryHeaders: openaiRetryHeaders,
};
