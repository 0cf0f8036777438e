/** Reads replies of OpenAI's Responses API. */
import type { Aside, Outcome, Reply, Source, WireCitation } from "../../domain.ts";
import { AssistantError } from "../../errors.ts";
import { costMicroUsd, priceOf } from "../../prices.ts";
import type { ReadContext } from "../assistant.ts";
import { readErrorReply, unreadable } from "./failure.ts";
import { distinct, list, number, optionalText, record, records, text, titled, type Json } from "./json.ts";
import { placeMarker } from "./spans.ts";

/** A Responses body: text of final messages, marker citations, searches and pages looked at. Throws AssistantError. */
export function readResponses(body: Json, context: ReadContext): Reply {
  const status = optionalText(body["status"]);
  if (status === "failed" || status === "cancelled") throw failed(body, status);
  if (!Array.isArray(body["output"])) throw unreadable("the reply holds no output");
  const output = records(body["output"]);
  const message = readMessages(output);
  const calls = output.filter((item) => item["type"] === "web_search_call");
  const searches = distinct(calls.flatMap((call) => queriesOf(record(call["action"]))));
  const usage = readUsage(body, calls);
  const finish = optionalText(record(body["incomplete_details"])["reason"]) ?? status;
  const servedModel = optionalText(body["model"]);
  const asked = context.search && (body["tools"] === undefined || offersSearch(body["tools"]));
  return {
    outcome: outcomeOf(message, finish, asked && calls.length === 0),
    text: message.text,
    asides: message.asides,
    servedModel,
    searches,
    sources: sourcesOf(calls, message.citations),
    citations: message.citations,
    usage,
    costMicroUsd: servedModel ? costMicroUsd(priceOf(servedModel, context.day, context.prices), usage) : null,
    finish,
  };
}

/** A failure that came with HTTP 200, read as the error reply it would have been. */
export function failed(body: Json, status: string): AssistantError {
  const error = record(body["error"]);
  const code = text(error["code"]);
  const like = code === "rate_limit_exceeded" ? 429 : code.startsWith("invalid_") ? 400 : 500;
  const { again, reason, afterMs } = readErrorReply({ status: like, headers: new Headers(), body: { error }, now: 0 });
  const message = text(error["message"]) || `the reply is ${status}`;
  const retry = { again: again && status === "failed", reason, ...(afterMs !== undefined && { afterMs }) };
  return new AssistantError({ ...retry, message });
}

const offersSearch = (tools: unknown): boolean =>
  records(tools).some((tool) => text(tool["type"]).startsWith("web_search"));

interface Message {
  text: string;
  refused: boolean;
  asides: Aside[];
  citations: WireCitation[];
}

/** Joins the parts of all messages that are not commentary; what stands before the first search is an aside. */
function readMessages(output: Json[]): Message {
  const message: Message = { text: "", refused: false, asides: [], citations: [] };
  const firstSearch = output.findIndex((item) => item["type"] === "web_search_call");
  const searchWithText = output.some((item, i) => i > firstSearch && isAnswer(item));
  output.forEach((item, i) => {
    if (!isAnswer(item)) return;
    const start = message.text.length;
    for (const part of records(item["content"])) readPart(part, message);
    if (i < firstSearch && searchWithText && message.text.length > start)
      message.asides.push({ start, end: message.text.length, why: "preamble" });
  });
  return message;
}

const isAnswer = (item: Json): boolean => item["type"] === "message" && item["phase"] !== "commentary";

function readPart(part: Json, message: Message): void {
  const start = message.text.length;
  if (part["type"] === "refusal") {
    message.refused = true;
    message.text += text(part["refusal"]);
  }
  if (part["type"] !== "output_text") return;
  const written = text(part["text"]);
  message.text += written;
  for (const annotation of records(part["annotations"])) {
    const url = text(annotation["url"]);
    if (annotation["type"] !== "url_citation" || !url) continue;
    const from = annotation["start_index"];
    const span = typeof from === "number" ? placeMarker(written, url, from, number(annotation["end_index"])) : null;
    message.citations.push({
      url,
      ...titled(annotation["title"]),
      ...(span && { start: start + span.start, end: start + span.end }),
      kind: span ? "inline" : "listed",
    });
  }
}

function outcomeOf(message: Message, finish: string | null, didNotSearch: boolean): Outcome {
  if (finish === "content_filter") return "blocked";
  if (message.refused) return "refused";
  if (!message.text.trim()) return "empty";
  return didNotSearch ? "no_search" : "answered";
}

/** `queries` is the newer field, `query` the older; both may be missing, and some servers put a call's id there. */
const queriesOf = (action: Json): unknown[] =>
  [...list(action["queries"]), action["query"]].filter((query) => !text(query).startsWith("ws_call_id="));

/** Pages from the search actions and those that are cited; the provider's own mark on the address is no difference. */
function sourcesOf(calls: Json[], citations: WireCitation[]): Source[] {
  const sources = new Map<string, Source>();
  const add = (url: string, title: { title?: string }, cited: boolean) => {
    if (!url) return;
    const key = url.replace(/[?&]utm_source=openai$/, "");
    const known = sources.get(key);
    sources.set(key, { ...title, ...known, url: known?.url ?? url, cited: cited || known?.cited === true });
  };
  for (const call of calls) {
    const action = record(call["action"]);
    for (const source of records(action["sources"])) add(text(source["url"]), titled(source["title"]), false);
    add(text(action["url"]), {}, false);
  }
  for (const { url, title } of citations) add(url, titled(title), true);
  return [...sources.values()];
}

/** Billable searches as the reply counts them; replies of older models leave it to us to count search calls. */
function readUsage(body: Json, calls: Json[]): Reply["usage"] {
  const usage = record(body["usage"]);
  if (usage["input_tokens"] === undefined) return null;
  const counted = record(record(body["tool_usage"])["web_search"])["num_requests"];
  const searchCalls = calls.filter((call) => record(call["action"])["type"] === "search").length;
  return {
    inputTokens: number(usage["input_tokens"]),
    cachedInputTokens: number(record(usage["input_tokens_details"])["cached_tokens"]),
    outputTokens: number(usage["output_tokens"]),
    reasoningTokens: number(record(usage["output_tokens_details"])["reasoning_tokens"]),
    searches: typeof counted === "number" ? counted : searchCalls,
  };
}
