/** Reads replies of Mistral's conversations. */
import type { Aside, Outcome, Reply, WireCitation } from "../../domain.ts";
import type { ReadContext } from "../assistant.ts";
import { unreadable } from "./failure.ts";
import { distinct, jsonOr, number, optionalText, record, records, text, titled, type Json } from "./json.ts";
import { sourcesOf } from "./markers.ts";
import { listCost } from "./money.ts";
import { withoutThinking } from "./openai-chat.ts";
import type { Span } from "./spans.ts";

/** A conversation's body: text and references of its messages, and the searches made. Throws AssistantError. */
export function readConversation(body: Json, context: ReadContext): Reply {
  if (!Array.isArray(body["outputs"])) throw unreadable("the reply holds no outputs");
  const outputs = records(body["outputs"]);
  const searches = outputs.filter(isSearch);
  const answer = readMessages(outputs);
  const models = outputs.filter(isMessage).map((entry) => optionalText(entry["model"]));
  const told = {
    servedModel: models.findLast((model) => model !== null) ?? null,
    usage: readUsage(record(body["usage"]), searches.length),
  };
  return {
    ...told,
    outcome: outcomeOf(answer, context.search && searches.length === 0 && (told.usage?.searches ?? 0) === 0),
    text: answer.text,
    asides: answer.asides,
    searches: distinct(searches.map(queryOf)),
    sources: sourcesOf([], answer.citations),
    citations: answer.citations,
    costMicroUsd: listCost(told, context),
    finish: null, // the wire does not say how an answer ended
  };
}

const isMessage = (entry: Json): boolean => entry["type"] === "message.output";
const isSearch = (entry: Json): boolean =>
  entry["type"] === "tool.execution" && text(entry["name"]).startsWith("web_search");

/** Arguments are JSON, given as text or as they are, or not at all. */
function queryOf(entry: Json): unknown {
  const given = entry["arguments"];
  return record(typeof given === "string" ? jsonOr(given) : given)["query"];
}

interface Answer {
  text: string;
  asides: Aside[];
  citations: WireCitation[];
}

/** Joins all messages; what stands before the first search is an aside when an answer follows it. */
function readMessages(outputs: Json[]): Answer {
  const answer: Answer = { text: "", asides: [], citations: [] };
  const firstSearch = outputs.findIndex(isSearch);
  const lastMessage = outputs.findLastIndex(isMessage);
  outputs.forEach((entry, i) => {
    if (!isMessage(entry)) return;
    const start = answer.text.length;
    readContent(entry["content"], answer);
    if (i < firstSearch && lastMessage > firstSearch && answer.text.length > start)
      answer.asides.push({ start, end: answer.text.length, why: "preamble" });
  });
  return answer;
}

/** Text plainly, or texts and references in turn: references cite the text before them, several the same. */
function readContent(content: unknown, answer: Answer): void {
  if (typeof content === "string") answer.text += withoutThinking(content);
  let block: Span | null = null;
  for (const chunk of records(content)) {
    if (chunk["type"] === "text") {
      const start = answer.text.length;
      answer.text += text(chunk["text"]);
      if (text(chunk["text"]).trim()) block = { start, end: answer.text.length };
    }
    const url = text(chunk["url"]);
    if (chunk["type"] !== "tool_reference" || !url) continue;
    const place = block ? { ...block, kind: "block" as const } : { kind: "listed" as const };
    answer.citations.push({ url, ...titled(chunk["title"]), ...place });
  }
}

function outcomeOf({ text: written, asides }: Answer, didNotSearch: boolean): Outcome {
  if (!written.slice(asides.at(-1)?.end).trim()) return "empty"; // asides stand first, one after the other
  return didNotSearch ? "no_search" : "answered";
}

/** What a search brought in is billed as tokens of the connector, beside those of the question. */
function readUsage(usage: Json, executions: number): Reply["usage"] {
  if (usage["prompt_tokens"] === undefined) return null;
  const connectors = Object.entries(record(usage["connectors"])).filter(([name]) => name.startsWith("web_search"));
  return {
    inputTokens: number(usage["prompt_tokens"]) + number(usage["connector_tokens"]),
    cachedInputTokens: number(record(usage["prompt_tokens_details"])["cached_tokens"]),
    outputTokens: number(usage["completion_tokens"]),
    reasoningTokens: 0,
    searches: connectors.length > 0 ? connectors.reduce((sum, [, count]) => sum + number(count), 0) : executions,
  };
}
