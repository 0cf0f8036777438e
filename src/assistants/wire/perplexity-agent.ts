/** Reads replies of Perplexity's Agent API. */
import type { Aside, Outcome, Reply, WireCitation } from "../../domain.ts";
import type { ReadContext } from "../assistant.ts";
import { unreadable } from "./failure.ts";
import { distinct, list, number, optionalText, record, records, text, titled, type Json } from "./json.ts";
import { citedByMarkers, markersIn, sourcesOf, type Marker, type Page } from "./markers.ts";
import { listCost, microUsd } from "./money.ts";
import { withoutThinking } from "./openai-chat.ts";
import { failed } from "./openai-responses.ts";
import { CitedText, mostCitations, nearest, type Span } from "./spans.ts";

/** An Agent body: text of messages, citations by annotation or marker, searches and pages. Throws AssistantError. */
export function readAgent(body: Json, context: ReadContext): Reply {
  const status = optionalText(body["status"]);
  if (status === "failed" || status === "cancelled") throw failed(body, status);
  if (!Array.isArray(body["output"])) throw unreadable("the reply holds no output");
  const output = records(body["output"]);
  const found = output.filter((item) => item["type"] === "search_results");
  const results = found.flatMap((item) => records(item["results"]));
  const message = readMessages(output, pagesByNumber(results));
  const finish = optionalText(record(body["incomplete_details"])["reason"]) ?? status;
  const told = {
    servedModel: optionalText(body["model"]),
    usage: readUsage(record(body["usage"]), found.length),
  };
  const asked = context.search && (body["tools"] === undefined || offersSearch(body["tools"]));
  const fetched = output.filter((item) => item["type"] === "fetch_url_results");
  const seen = [...results, ...fetched.flatMap((item) => records(item["contents"]))].map(pageOf);
  return {
    ...told,
    outcome: outcomeOf(message, finish, asked && found.length === 0),
    text: message.text,
    asides: message.asides,
    searches: distinct(found.flatMap((item) => list(item["queries"]))),
    sources: sourcesOf(seen, message.citations),
    citations: message.citations,
    costMicroUsd: toldCost(record(body["usage"])) ?? listCost(told, context),
    finish,
  };
}

const offersSearch = (tools: unknown): boolean => records(tools).some((tool) => tool["type"] === "web_search");

const pageOf = (result: Json): Page => ({ url: text(result["url"]), ...titled(result["title"]) });

/** Pages by the number that markers use; a number that two searches gave to different pages stands for none. */
function pagesByNumber(results: Json[]): Map<number, Page> {
  const pages = new Map<number, Page>();
  const unclear = new Set<number>();
  for (const result of results) {
    const id = result["id"];
    const page = pageOf(result);
    if (typeof id !== "number" || !page.url) continue;
    if (pages.has(id) && pages.get(id)?.url !== page.url) unclear.add(id);
    pages.set(id, page);
  }
  for (const id of unclear) pages.delete(id);
  return pages;
}

interface Message {
  text: string;
  refused: boolean;
  asides: Aside[];
  citations: WireCitation[];
}

/** Joins the parts of all messages; what stands before the first search is an aside. */
function readMessages(output: Json[], pages: Map<number, Page>): Message {
  const message: Message = { text: "", refused: false, asides: [], citations: [] };
  const firstSearch = output.findIndex((item) => item["type"] === "search_results");
  const lastMessage = output.findLastIndex((item) => item["type"] === "message");
  output.forEach((item, i) => {
    if (item["type"] !== "message") return;
    const start = message.text.length;
    for (const part of records(item["content"])) readPart(part, message, pages);
    if (i < firstSearch && lastMessage > firstSearch && message.text.length > start)
      message.asides.push({ start, end: message.text.length, why: "preamble" });
  });
  return message;
}

function readPart(part: Json, message: Message, pages: Map<number, Page>): void {
  const before = message.text.length;
  if (part["type"] === "refusal") {
    message.refused = true;
    message.text += text(part["refusal"]);
  }
  if (part["type"] !== "output_text") return;
  const whole = text(part["text"]);
  const written = withoutThinking(whole);
  const skipped = whole.length - written.length;
  const find = placer(new CitedText(whole), pages);
  const place = (url: string, start: number, end: number): Span | null => {
    const span = find(url, start, end);
    return span && span.start >= skipped ? { start: span.start - skipped, end: span.end - skipped } : null;
  };
  const annotated = records(list(part["annotations"]).slice(0, mostCitations)).flatMap((annotation) =>
    readAnnotation(annotation, place),
  );
  const marked = citedByMarkers(written, (id) => pages.get(id));
  for (const citation of distinctPlaces([...annotated, ...marked])) message.citations.push(moved(citation, before));
  message.text += written;
}

/** The citation of an annotation; 0 to 0 is a page looked at. */
function readAnnotation(
  annotation: Json,
  place: (url: string, start: number, end: number) => Span | null,
): WireCitation[] {
  const page = pageOf(annotation);
  const [start, end] = [annotation["start_index"], annotation["end_index"]];
  if (!text(annotation["type"]).endsWith("citation") || !page.url || (start === 0 && end === 0)) return [];
  const span = typeof start === "number" ? place(page.url, start, number(end)) : null;
  return [span ? { ...page, ...span, kind: "inline" } : { ...page, kind: "listed" }];
}

/** Where an annotation stands: exactly on a marker that no other page owns, on its page's nearest marker, on its URL. */
function placer(whole: CitedText, pages: Map<number, Page>): (url: string, start: number, end: number) => Span | null {
  const markers = markersIn(whole.text);
  const byStart = new Map(markers.map((marker) => [marker.start, marker]));
  const byUrl = new Map<string, Marker[]>();
  for (const marker of markers) {
    const url = pages.get(marker.number)?.url;
    const same = url === undefined ? undefined : byUrl.get(url);
    if (same) same.push(marker);
    else if (url !== undefined) byUrl.set(url, [marker]);
  }
  return (url, start, end) => {
    const spans = [
      { start, end },
      { start: whole.unitOffset(start), end: whole.unitOffset(end) },
    ];
    const exact = spans
      .map((span) => ({ span, marker: byStart.get(span.start) }))
      .find(({ span, marker }) => marker?.end === span.end && (pages.get(marker.number)?.url ?? url) === url);
    const marker = exact?.marker ?? nearest(byUrl.get(url) ?? [], start);
    return marker ? { start: marker.start, end: marker.end } : whole.placeMarker(url, start, end);
  };
}

/** In the order of the text, each page once at each place; without a place only when it has no other. */
function distinctPlaces(citations: WireCitation[]): WireCitation[] {
  const sited = citations.filter(({ start }) => start !== undefined);
  const elsewhere = new Set(sited.map(({ url }) => url));
  const kept = new Map<string, WireCitation>();
  for (const citation of [
    ...sited,
    ...citations.filter(({ start, url }) => start === undefined && !elsewhere.has(url)),
  ]) {
    const key = `${citation.start ?? ""} ${citation.url}`;
    if (!kept.has(key)) kept.set(key, citation);
  }
  return [...kept.values()].sort((a, b) => (a.start ?? Infinity) - (b.start ?? Infinity));
}

const moved = (citation: WireCitation, by: number): WireCitation =>
  citation.start === undefined || citation.end === undefined
    ? citation
    : { ...citation, start: citation.start + by, end: citation.end + by };

function outcomeOf(message: Message, finish: string | null, didNotSearch: boolean): Outcome {
  if (finish === "content_filter") return "blocked";
  if (message.refused) return "refused";
  if (!message.text.trim()) return "empty";
  return didNotSearch ? "no_search" : "answered";
}

/** Billable searches as the reply counts them, under the one or the other name of the tool. */
function readUsage(usage: Json, searches: number): Reply["usage"] {
  if (usage["input_tokens"] === undefined) return null;
  const calls = record(usage["tool_calls_details"]);
  const counts = [calls["search_web"], calls["web_search"]].map((call) => record(call)["invocation"]);
  const counted = counts.filter((count) => typeof count === "number");
  return {
    inputTokens: number(usage["input_tokens"]),
    cachedInputTokens: number(record(usage["input_tokens_details"])["cache_read_input_tokens"]),
    outputTokens: number(usage["output_tokens"]),
    reasoningTokens: number(record(usage["output_tokens_details"])["reasoning_tokens"]),
    searches: counted.length > 0 ? counted.reduce((sum, count) => sum + number(count), 0) : searches,
  };
}

/** The whole cost as the reply tells it; in dollars unless it says otherwise. */
export function toldCost(usage: Json): number | null {
  const cost = record(usage["cost"]);
  return (optionalText(cost["currency"]) ?? "USD") === "USD" ? microUsd(cost["total_cost"]) : null;
}
