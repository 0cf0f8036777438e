/** Reads replies of OpenAI's Responses API. */
import type { Aside, Outcome, Reply, Source, WireCitation } from "../../domain.ts";
import { AssistantError } from "../../errors.ts";
import type { ReadContext } from "../assistant.ts";
import { costOf } from "./cost.ts";
import { readErrorReply, unreadable } from "./failure.ts";
import { distinct, jsonOr, list, number, optionalText, record, records, text, titled, type Json } from "./json.ts";
import { CitedText, mostCitations, type Span } from "./spans.ts";

/** A Responses body: text of final messages, marker citations, searches and pages looked at. Throws AssistantError. */
export function readResponses(body: Json, context: ReadContext): Reply {
  const status = optionalText(body["status"]);
  if (status === "failed" || status === "cancelled") throw failed(body, status);
  if (!Array.isArray(body["output"])) throw unreadable("the reply holds no output");
  const output = records(body["output"]);
  const message = readMessages(output);
  const calls = output.filter(isSearchCall);
  const done = calls.filter((call) => call["status"] !== "failed"); // a page that did not open was not looked at
  const usage = readUsage(body, done);
  const finish = optionalText(record(body["incomplete_details"])["reason"]) ?? status;
  const servedModel = optionalText(body["model"]);
  const asked = context.search && (body["tools"] === undefined || offersSearch(body["tools"]));
  return {
    outcome: outcomeOf(message, isBlocked(body, finish, message), asked && done.length === 0),
    text: message.text,
    asides: message.asides,
    servedModel,
    searches: distinct(calls.flatMap(queriesOf)),
    sources: sourcesOf(done, message.citations),
    citations: message.citations,
    usage,
    costMicroUsd: costOf(body, { usage, servedModel }, context),
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
  records(tools).some((tool) => /^(?:web|x)_search/.test(text(tool["type"])));

/** Grok searches posts on X as well. */
const isSearchCall = (item: Json): boolean => item["type"] === "web_search_call" || item["type"] === "x_search_call";

interface Message {
  text: string;
  refused: boolean;
  asides: Aside[];
  citations: WireCitation[];
}

/** Joins the parts of all messages that are not commentary; what stands before the first search is an aside. */
function readMessages(output: Json[]): Message {
  const message: Message = { text: "", refused: false, asides: [], citations: [] };
  const firstSearch = output.findIndex(isSearchCall);
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
  const written = new CitedText(text(part["text"]));
  message.text += written.text;
  const placed = new Map<string, number>();
  for (const annotation of records(list(part["annotations"]).slice(0, mostCitations))) {
    const url = text(annotation["url"]);
    if (annotation["type"] !== "url_citation" || !url) continue;
    const span = placeOf(annotation, written, url, placed.get(url) ?? 0);
    placed.set(url, span?.end ?? written.text.length);
    message.citations.push({
      url,
      ...titled(annotation["title"]),
      ...(span && { start: start + span.start, end: start + span.end }),
      kind: span ? "inline" : "listed",
    });
  }
}

/** Some of Grok's models give no offsets: then each annotation stands at the next marker with its address, if any. */
function placeOf(annotation: Json, written: CitedText, url: string, from: number): Span | null {
  const start = annotation["start_index"];
  if (typeof start === "number") return written.placeMarker(url, start, number(annotation["end_index"]));
  return written.placeAddress(url, from);
}

function outcomeOf(message: Message, blocked: boolean, didNotSearch: boolean): Outcome {
  if (blocked) return "blocked";
  if (message.refused) return "refused";
  if (!message.text.trim()) return "empty";
  return didNotSearch ? "no_search" : "answered";
}

/** Azure also says per filter whether it let anything through. */
const isBlocked = (body: Json, finish: string | null, message: Message): boolean =>
  finish === "content_filter" ||
  (!message.text.trim() && records(body["content_filters"]).some((filter) => filter["blocked"] === true));

/** The call of a search where it has no action: its parameters as JSON in a text. */
const argumentsOf = (call: Json): Json => {
  const written = text(call["arguments"]);
  return written === "" ? {} : record(jsonOr(written));
};

/** `queries` is the newer field, `query` the older; both may be missing. DeepSeek writes a call's id among them. */
function queriesOf(call: Json): string[] {
  const action = record(call["action"]);
  const queries = [...list(action["queries"]), action["query"], argumentsOf(call)["query"]];
  return queries.map((query) =>
    text(query)
      .replace(/(?:^|\s+)ws_call_id=call_\S*/g, "")
      .trim(),
  );
}

/** What providers write at the end of addresses they looked at: no difference between pages. */
const providerMark = /[?&]utm_source=openai$|#ws_call_id=\S*$/;

/** Pages from the search actions and those that are cited. */
function sourcesOf(calls: Json[], citations: WireCitation[]): Source[] {
  const sources = new Map<string, Source>();
  const add = (url: string, title: { title?: string }, cited: boolean) => {
    if (!url) return;
    const key = url.replace(providerMark, "");
    const known = sources.get(key);
    sources.set(key, { ...title, ...known, url: known?.url ?? url, cited: cited || known?.cited === true });
  };
  for (const call of calls) {
    const action = record(call["action"]);
    for (const source of records(action["sources"])) add(text(source["url"]), titled(source["title"]), false);
    add(text(action["url"]) || text(argumentsOf(call)["url"]), {}, false);
  }
  for (const { url, title } of citations) add(url, titled(title), true);
  return [...sources.values()];
}

function readUsage(body: Json, calls: Json[]): Reply["usage"] {
  const usage = record(body["usage"]);
  if (usage["input_tokens"] === undefined) return null;
  return {
    inputTokens: number(usage["input_tokens"]),
    cachedInputTokens: number(record(usage["input_tokens_details"])["cached_tokens"]),
    outputTokens: number(usage["output_tokens"]),
    reasoningTokens: number(record(usage["output_tokens_details"])["reasoning_tokens"]),
    searches: billableSearches(body, calls),
  };
}

/** As the reply counts them, in OpenAI's way or in Grok's; other replies leave it to us to count search calls. */
function billableSearches(body: Json, calls: Json[]): number {
  const counted = record(record(body["tool_usage"])["web_search"])["num_requests"];
  if (typeof counted === "number") return counted;
  const tools = record(body["usage"])["server_side_tool_usage_details"];
  if (tools) return number(record(tools)["web_search_calls"]) + number(record(tools)["x_search_calls"]);
  return calls.filter((call) => record(call["action"])["type"] === "search" || argumentsOf(call)["query"]).length;
}
