/** Anthropic Messages: POST /v1/messages. */
import { Chance, chain, mix, type Key } from "../chance.ts";
import { dayIndex } from "../days.ts";
import { pagesPerSearch, type SearchOffer } from "../draw.ts";
import { isObject, isText, objectsOf, textOf, type JsonObject } from "../json.ts";
import type { Page } from "../pages.ts";
import type { Answer } from "../telling/tell.ts";
import { anthropicHeaders, anthropicProblem } from "./anthropic-problems.ts";
import { bearerKey, hex, tokensIn, type Problem, type Wire, type WireReply, type WireRequest } from "./wire.ts";

/** Sampling parameters the API no longer takes. */
const retired = ["temperature", "top_p", "top_k"];
/** Ids of searches hold the day and place of their answer, so that a paused turn goes on without being remembered. */
const searchId = /^srvtoolu_01([0-9a-f]{12})D([0-9a-z]+)N([0-9a-z]+)$/;

function searchOffer({ tools, tool_choice: choice }: JsonObject): SearchOffer {
  const offered = objectsOf(tools).some(({ name }) => name === "web_search");
  const type = isObject(choice) ? choice["type"] : "auto";
  if (!offered || type === "none") return "off";
  return type === "any" || type === "tool" ? "required" : "auto";
}

/** The answer that a conversation ending in a dangling search goes on with. */
function resumed(messages: JsonObject[]): WireRequest["resumes"] {
  const last = messages.at(-1);
  if (last?.["role"] !== "assistant") return null;
  const id = objectsOf(last["content"]).at(-1)?.["id"];
  const parts = isText(id) ? searchId.exec(id) : null;
  if (!isText(id) || !parts) return null;
  return { day: Number.parseInt(parts[2] ?? "", 36), nth: Number.parseInt(parts[3] ?? "", 36), mark: id };
}

function read(body: JsonObject): WireRequest | Problem {
  const { model } = body;
  if (!isText(model) || model === "") return { kind: "bad_request", detail: "model: Field required" };
  if (typeof body["max_tokens"] !== "number") return { kind: "bad_request", detail: "max_tokens: Field required" };
  for (const name of retired)
    if (body[name] !== undefined)
      return { kind: "bad_request", detail: `${name}: not supported with this API version` };
  if (body["stream"] === true) return { kind: "bad_request", detail: "stream: not supported" };
  const messages = objectsOf(body["messages"]);
  if (messages.length === 0) return { kind: "bad_request", detail: "messages: at least one message is required" };
  const asked = messages.filter(({ role }) => role === "user");
  const question = textOf(asked.at(-1)?.["content"]);
  if (question.trim() === "") return { kind: "bad_request", detail: "messages: text content blocks must be non-empty" };
  const resumes = resumed(messages);
  if (messages.at(-1)?.["role"] === "assistant" && !resumes)
    return { kind: "bad_request", detail: "messages: the final assistant turn cannot be continued" };
  return { model, question, search: searchOffer(body), resumes };
}

const toolId = ({ key, draw }: Answer, place: number): string =>
  `srvtoolu_01${hex(chain(key, 51, place), 12)}D${dayIndex(draw.day).toString(36)}N${draw.nth.toString(36)}`;

/** Stands in for encrypted content: as opaque, but shorter than the real thing to keep the town fast. */
const opaque = (key: Key, length: number): string => `Er8BCioIDBgC${hex(key, length)}`;

const ages = [null, "1 week ago", "2 months ago", "March 14, 2026", "October 2, 2025"];

function searchResult(answer: Answer, place: number): JsonObject {
  const found = answer.draw.found.slice(place * pagesPerSearch, (place + 1) * pagesPerSearch);
  return {
    type: "web_search_tool_result",
    tool_use_id: toolId(answer, place),
    content: found.map((page, nth) => ({
      type: "web_search_result",
      title: page.title,
      url: page.url,
      encrypted_content: opaque(chain(answer.key, 52, place, nth), 90),
      page_age: ages[chain(answer.key, 53, place, nth) % ages.length] ?? null,
    })),
    caller: { type: "direct" },
  };
}

const searchUse = (answer: Answer, place: number): JsonObject => ({
  type: "server_tool_use",
  id: toolId(answer, place),
  name: "web_search",
  input: { query: answer.queries[place] },
  caller: { type: "direct" },
});

const citation = (page: Page, text: string, key: Key): JsonObject => ({
  type: "web_search_result_location",
  cited_text: `${text.slice(0, 140)}...`,
  url: page.url,
  title: page.title,
  encrypted_index: opaque(key, 60),
});

/** The answer as text blocks: cited sentences stand alone, what is between them is joined. */
function textBlocks({ pieces, key }: Answer): JsonObject[] {
  const blocks: JsonObject[] = [];
  let plain = "";
  const flush = (): void => {
    if (plain !== "") blocks.push({ type: "text", text: plain, citations: null });
    plain = "";
  };
  for (const { text, pages } of pieces) {
    if (pages.length === 0) {
      plain += text;
      continue;
    }
    flush();
    const citations = pages.map((page, place) => citation(page, text, chain(key, 54, blocks.length, place)));
    blocks.push({ type: "text", text, citations });
  }
  flush();
  return blocks;
}

function usageOf({ key, draw, truncated }: Answer, text: string, searches: number): JsonObject {
  const chance = new Chance(mix(key, 55));
  return {
    input_tokens: tokensIn(draw.question.text) + 12 + searches * (7_000 + chance.below(8_000)),
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
    output_tokens: tokensIn(text) + 40 * searches + (truncated ? 900 + chance.below(600) : 0),
    service_tier: "standard",
    inference_geo: "global",
    server_tool_use: searches > 0 ? { web_search_requests: searches, web_fetch_requests: 0 } : null,
  };
}

/** What stands before the answer: thinking, preamble, and searches with their results, the last one perhaps without. */
function opening(answer: Answer, dangling: boolean): JsonObject[] {
  const { draw, thinking, preamble } = answer;
  const blocks: JsonObject[] = [];
  if (thinking) blocks.push({ type: "thinking", thinking, signature: opaque(mix(answer.key, 56), 120) });
  if (preamble) blocks.push({ type: "text", text: preamble, citations: null });
  for (let place = 0; place < draw.searches; place++) {
    blocks.push(searchUse(answer, place));
    if (!dangling || place < draw.searches - 1) blocks.push(searchResult(answer, place));
  }
  return blocks;
}

function reply(answer: Answer, _body: JsonObject, isResumed: boolean): WireReply {
  const { draw, key } = answer;
  const refused = draw.outcome === "refused";
  const paused = draw.pauses && !isResumed && !answer.truncated;
  const before = isResumed ? [searchResult(answer, draw.searches - 1)] : opening(answer, paused);
  const content = refused ? [] : paused ? before : [...before, ...textBlocks(answer)];
  const text = content.map((block) => (isText(block["text"]) ? block["text"] : "")).join("");
  const stopReason = refused ? "refusal" : paused ? "pause_turn" : answer.truncated ? "max_tokens" : "end_turn";
  return {
    text,
    paused,
    body: {
      id: `msg_01${hex(chain(key, 57, isResumed ? 1 : 0), 22)}`,
      type: "message",
      role: "assistant",
      model: answer.servedModel,
      content,
      container: null,
      stop_reason: stopReason,
      stop_sequence: null,
      stop_details: refused ? { type: "refusal", category: null, explanation: answer.refusal } : null,
      usage: usageOf(answer, text, isResumed ? 1 : draw.searches),
    },
  };
}

export const anthropic: Wire = {
  id: "anthropic",
  path: "/v1/messages",
  keyIn: (headers) => {
    const key = headers["x-api-key"];
    return isText(key) ? key.trim() : bearerKey(headers); // the SDK sends the one or the other by its version
  },
  read,
  markOf: (answer) => toolId(answer, answer.draw.searches - 1),
  reply,
  problem: anthropicProblem,
  headers: anthropicHeaders,
  retryHeaders: (seconds) => ({ "retry-after": String(Math.ceil(seconds)) }),
};
