/** Reads replies of Gemini's generateContent, with what Google Search found for them. */
import type { Outcome, Reply, Source, WireCitation } from "../../domain.ts";
import { AssistantError } from "../../errors.ts";
import { costMicroUsd, priceOf } from "../../prices.ts";
import type { ReadContext } from "../assistant.ts";
import { byteSpans, type PlaceSegment } from "./byte-spans.ts";
import { readErrorReply, unreadable } from "./failure.ts";
import { distinct, list, number, optionalText, record, records, text, titled, type Json } from "./json.ts";

/** A generateContent body. Throws AssistantError. */
export function readContent(body: Json, context: ReadContext): Reply {
  if (Object.keys(record(body["error"])).length > 0) throw failed(body);
  const blocked = optionalText(record(body["promptFeedback"])["blockReason"]);
  if (!Array.isArray(body["candidates"]) && !blocked) throw unreadable("the reply holds no candidates");
  const candidate = records(body["candidates"])[0] ?? {};
  const parts = records(record(candidate["content"])["parts"]);
  const texts = parts.map((part) => (part["thought"] === true ? "" : text(part["text"])));
  const answer = texts.join("");
  const grounding = record(candidate["groundingMetadata"]);
  const searches = queriesOf(grounding, parts);
  const chunks = records(grounding["groundingChunks"]).map((chunk) => record(chunk["web"]));
  const searched = searches.length > 0 || chunks.length > 0 || usedTool(body);
  const citations = citationsOf(records(grounding["groundingSupports"]), chunks, byteSpans(answer, texts));
  const servedModel = optionalText(body["modelVersion"]);
  const usage = readUsage(body, billable(servedModel, searched, searches.length));
  const finish = optionalText(candidate["finishReason"]) ?? blocked;
  return {
    outcome: outcomeOf(answer, finish, blocked !== null, context.search && !searched),
    text: answer,
    asides: [],
    servedModel,
    searches,
    sources: sourcesOf(chunks, citations),
    citations,
    usage,
    costMicroUsd: servedModel ? costMicroUsd(priceOf(servedModel, context.day, context.prices), usage) : null,
    finish,
  };
}

/** An error that came with HTTP 200, read as the error reply it would have been. */
function failed(body: Json): AssistantError {
  const status = number(record(body["error"])["code"]) || 500;
  const { again, reason, message, afterMs } = readErrorReply({ status, headers: new Headers(), body, now: 0 });
  return new AssistantError({ again, reason, message, ...(afterMs !== undefined && { afterMs }) });
}

/** Queries as the metadata lists them; newer models also tell of their searches between the parts of the answer. */
const queriesOf = (grounding: Json, parts: Json[]): string[] =>
  distinct([
    ...list(grounding["webSearchQueries"]),
    ...parts.flatMap((part) => list(record(record(part["toolCall"])["args"])["queries"])),
  ]);

const usedTool = (body: Json): boolean => number(record(body["usageMetadata"])["toolUsePromptTokenCount"]) > 0;

/** Models before Gemini 3 are paid for by question with a search, later ones by query. */
function billable(model: string | null, searched: boolean, queries: number): number {
  if (!searched) return 0;
  return /^gemini-[12]\b/.test(model ?? "") ? 1 : Math.max(1, queries);
}

/** Ends at which the vendor held the answer back. */
const held = new Set([
  ...["SAFETY", "RECITATION", "LANGUAGE", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "MODEL_ARMOR"],
  ...["IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "IMAGE_RECITATION"],
]);

function outcomeOf(answer: string, finish: string | null, blocked: boolean, didNotSearch: boolean): Outcome {
  if (blocked || held.has(finish ?? "")) return "blocked";
  if (!answer.trim()) return "empty";
  return didNotSearch ? "no_search" : "answered";
}

/** A page of search results of the vendor's own: shown beside the answer, published by nobody. */
const isWidget = (url: string): boolean => /^https?:\/\/(?:www\.)?google\.[a-z.]{2,6}\/search(?:[/?#]|$)/i.test(url);

/** One citation for each page that a part of the text rests on; the same page for the same part counts once. */
function citationsOf(supports: Json[], chunks: Json[], place: PlaceSegment): WireCitation[] {
  const citations = new Map<string, WireCitation>();
  for (const support of supports) {
    const span = place(record(support["segment"]));
    for (const index of list(support["groundingChunkIndices"])) {
      const { uri, title, domain } = (typeof index === "number" && chunks[index]) || {};
      const url = text(uri);
      if (!url || isWidget(url)) continue;
      const key = JSON.stringify([url, span]);
      if (citations.has(key)) continue;
      citations.set(key, { url, ...titled(title ?? domain), ...span, kind: span ? "block" : "listed" });
    }
  }
  return [...citations.values()];
}

/** Every page found, once; those that no part of the text rests on were only looked at. */
function sourcesOf(chunks: Json[], citations: WireCitation[]): Source[] {
  const cited = new Set(citations.map(({ url }) => url));
  const sources = new Map<string, Source>();
  for (const { uri, title, domain } of chunks) {
    const url = text(uri);
    if (url && !sources.has(url)) sources.set(url, { url, ...titled(title ?? domain), cited: cited.has(url) });
  }
  return [...sources.values()];
}

/** What tools read counts as input, what the model thought as output. */
function readUsage(body: Json, searches: number): Reply["usage"] {
  const usage = record(body["usageMetadata"]);
  if (usage["promptTokenCount"] === undefined) return null;
  const thoughts = number(usage["thoughtsTokenCount"]);
  return {
    inputTokens: number(usage["promptTokenCount"]) + number(usage["toolUsePromptTokenCount"]),
    cachedInputTokens: number(usage["cachedContentTokenCount"]),
    outputTokens: number(usage["candidatesTokenCount"]) + thoughts,
    reasoningTokens: thoughts,
    searches,
  };
}
