/** Reads chat completions, the format that OpenAI gave the world. */
import type { Outcome, Reply, Source, WireCitation } from "../../domain.ts";
import type { ReadContext } from "../assistant.ts";
import { costOf } from "./cost.ts";
import { unreadable } from "./failure.ts";
import { list, number, optionalText, record, records, text, titled, type Json } from "./json.ts";
import { CitedText, mostCitations } from "./spans.ts";

/** What a server that searches tells of it beside the annotations. */
export interface Searched {
  queries: string[];
  pages: Source[];
  /** 0 when it did not search. */
  billable: number;
}

/**
 * The first choice of a chat completion. Thinking in <think> tags is not text. `searched` is given for servers that
 * can search. Throws AssistantError.
 */
export function readChatCompletion(body: Json, context: ReadContext, searched?: Searched): Reply {
  const choice = record(list(body["choices"])[0]);
  const message = record(choice["message"]);
  if (!Array.isArray(body["choices"])) throw unreadable("the reply holds no choices");
  const refusal = optionalText(message["refusal"]);
  const written = withoutThinking(text(message["content"]));
  const answer = written || refusal || "";
  const finish = optionalText(choice["finish_reason"]);
  const { sources, citations } = readAnnotations(answer, message["annotations"], searched?.pages ?? []);
  const usage = readUsage(record(body["usage"]), searched?.billable ?? 0);
  const didNotSearch = context.search && searched?.billable === 0 && sources.length === 0;
  const servedModel = optionalText(body["model"]);
  return {
    outcome: outcomeOf(written, refusal, finish, didNotSearch),
    text: answer,
    asides: [],
    servedModel,
    searches: searched?.queries ?? [],
    sources,
    citations,
    usage,
    costMicroUsd: costOf(body, { usage, servedModel }, context),
    finish,
  };
}

function outcomeOf(written: string, refusal: string | null, finish: string | null, didNotSearch: boolean): Outcome {
  if (refusal && !written.trim()) return "refused";
  if (finish === "content_filter") return "blocked";
  if (!written.trim()) return "empty";
  return didNotSearch ? "no_search" : "answered";
}

/** What thinking models put before their answer, in tags, is not text. */
export const withoutThinking = (content: string): string => content.replace(/^\s*<think>[^]*?(?:<\/think>\s*|$)/, "");

/** Annotations without a place (0 to 0) are pages that were looked at, not citations. */
function readAnnotations(
  answer: string,
  annotations: unknown,
  pages: Source[],
): { sources: Source[]; citations: WireCitation[] } {
  const citations: WireCitation[] = [];
  const sources = new Map(pages.map((page) => [page.url, page]));
  const written = new CitedText(answer);
  for (const annotation of records(list(annotations).slice(0, mostCitations))) {
    const citation = record(annotation["url_citation"]);
    const url = text(citation["url"]);
    if (!url) continue;
    const [start, end] = [number(citation["start_index"]), number(citation["end_index"])];
    const cited = end > start;
    sources.set(url, { url, ...titled(citation["title"]), cited: cited || sources.get(url)?.cited === true });
    if (!cited) continue;
    const span = written.placeMarker(url, start, end);
    citations.push({ url, ...titled(citation["title"]), ...span, kind: span ? "inline" : "listed" });
  }
  return { sources: [...sources.values()], citations };
}

function readUsage(usage: Json, searches: number): Reply["usage"] {
  if (usage["prompt_tokens"] === undefined) return null;
  return {
    inputTokens: number(usage["prompt_tokens"]),
    cachedInputTokens: number(record(usage["prompt_tokens_details"])["cached_tokens"]),
    outputTokens: number(usage["completion_tokens"]),
    reasoningTokens: number(record(usage["completion_tokens_details"])["reasoning_tokens"]),
    searches,
  };
}
