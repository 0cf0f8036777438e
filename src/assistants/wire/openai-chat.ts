/** Reads chat completions, the format that OpenAI gave the world. */
import type { Outcome, Reply, Source, WireCitation } from "../../domain.ts";
import { costMicroUsd, priceOf } from "../../prices.ts";
import type { ReadContext } from "../assistant.ts";
import { unreadable } from "./failure.ts";
import { list, number, optionalText, record, records, text, titled, type Json } from "./json.ts";
import { placeMarker } from "./spans.ts";

/** The first choice of a chat completion. Thinking in <think> tags is not text. Throws AssistantError. */
export function readChatCompletion(body: Json, context: ReadContext): Reply {
  const choice = record(list(body["choices"])[0]);
  const message = record(choice["message"]);
  if (!Array.isArray(body["choices"])) throw unreadable("the reply holds no choices");
  const refusal = optionalText(message["refusal"]);
  const written = withoutThinking(text(message["content"]));
  const answer = written || refusal || "";
  const finish = optionalText(choice["finish_reason"]);
  const citations = readAnnotations(answer, message["annotations"]);
  const usage = readUsage(record(body["usage"]));
  const servedModel = optionalText(body["model"]);
  return {
    outcome: outcomeOf(written, refusal, finish),
    text: answer,
    asides: [],
    servedModel,
    searches: [],
    sources: citations.sources,
    citations: citations.citations,
    usage,
    costMicroUsd: servedModel ? costMicroUsd(priceOf(servedModel, context.day, context.prices), usage) : null,
    finish,
  };
}

function outcomeOf(written: string, refusal: string | null, finish: string | null): Outcome {
  if (refusal && !written.trim()) return "refused";
  if (finish === "content_filter") return "blocked";
  return written.trim() ? "answered" : "empty";
}

/** What thinking models put before their answer, in tags, is not text. */
export const withoutThinking = (content: string): string => content.replace(/^\s*<think>[^]*?(?:<\/think>\s*|$)/, "");

/** Annotations without a place (0 to 0) are pages that were looked at, not citations. */
function readAnnotations(answer: string, annotations: unknown): { sources: Source[]; citations: WireCitation[] } {
  const citations: WireCitation[] = [];
  const sources = new Map<string, Source>();
  for (const annotation of records(annotations)) {
    const citation = record(annotation["url_citation"]);
    const url = text(citation["url"]);
    if (!url) continue;
    const [start, end] = [number(citation["start_index"]), number(citation["end_index"])];
    const cited = end > start;
    sources.set(url, { url, ...titled(citation["title"]), cited: cited || sources.get(url)?.cited === true });
    if (cited)
      citations.push({ url, ...titled(citation["title"]), ...placeMarker(answer, url, start, end), kind: "inline" });
  }
  return { sources: [...sources.values()], citations };
}

function readUsage(usage: Json): Reply["usage"] {
  if (usage["prompt_tokens"] === undefined) return null;
  return {
    inputTokens: number(usage["prompt_tokens"]),
    cachedInputTokens: number(record(usage["prompt_tokens_details"])["cached_tokens"]),
    outputTokens: number(usage["completion_tokens"]),
    reasoningTokens: number(record(usage["completion_tokens_details"])["reasoning_tokens"]),
    searches: 0,
  };
}
