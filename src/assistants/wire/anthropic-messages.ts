/** Reads replies of Anthropic's Messages API, also those that came in several turns. */
import type { Aside, Outcome, Price, Reply, Source, WireCitation } from "../../domain.ts";
import { costMicroUsd, priceOf } from "../../prices.ts";
import type { ReadContext } from "../assistant.ts";
import { unreadable } from "./failure.ts";
import { distinct, number, optionalText, record, records, text, titled, type Json } from "./json.ts";

/** One reply, or the replies of a paused turn in their order, read as one. Throws AssistantError. */
export function readMessages(turns: Json[], context: ReadContext): Reply {
  const last = turns.at(-1) ?? {};
  if (!turns.every((turn) => Array.isArray(turn["content"]))) throw unreadable("the reply holds no content");
  const blocks = turns.flatMap((turn) => records(turn["content"]));
  const answer = readBlocks(blocks);
  const searches = distinct(blocks.filter(isSearch).map((block) => record(block["input"])["query"]));
  const results = blocks.filter((block) => block["type"] === "web_search_tool_result");
  const found = results.flatMap((block) => records(block["content"]));
  const usage = sumUsage(turns);
  const servedModel = optionalText(last["model"]);
  const finish = optionalText(last["stop_reason"]);
  return {
    outcome: outcomeOf(answer, finish, context.search && !results.some((block) => Array.isArray(block["content"]))),
    text: answer.text,
    asides: answer.asides,
    servedModel,
    searches,
    sources: sourcesOf(found, answer.citations),
    citations: answer.citations,
    usage,
    costMicroUsd: servedModel ? sumCost(turns, priceOf(servedModel, context.day, context.prices)) : null,
    finish,
  };
}

const isSearch = (block: Json): boolean => block["type"] === "server_tool_use" && block["name"] === "web_search";

interface Blocks {
  text: string;
  asides: Aside[];
  citations: WireCitation[];
}

/** Joins text blocks with nothing between; a citation has no place of its own and covers its block. */
function readBlocks(blocks: Json[]): Blocks {
  const answer: Blocks = { text: "", asides: [], citations: [] };
  const firstSearch = blocks.findIndex((block) => block["type"] === "server_tool_use");
  blocks.forEach((block, i) => {
    if (block["type"] !== "text") return;
    const start = answer.text.length;
    answer.text += text(block["text"]);
    const end = answer.text.length;
    if (i < firstSearch && end > start) answer.asides.push({ start, end, why: "preamble" });
    for (const citation of records(block["citations"])) {
      const url = text(citation["url"]);
      if (citation["type"] !== "web_search_result_location" || !url) continue;
      answer.citations.push({ url, ...titled(citation["title"]), ...(end > start && { start, end }), kind: "block" });
    }
  });
  return answer;
}

/** A search that failed has an error in place of its list of pages; one that found nothing has an empty list. */
function outcomeOf({ text, asides }: Blocks, finish: string | null, didNotSearch: boolean): Outcome {
  if (finish === "refusal") return "refused";
  if (!text.slice(asides.at(-1)?.end).trim()) return "empty"; // asides stand first, one after the other
  return didNotSearch ? "no_search" : "answered";
}

function sourcesOf(found: Json[], citations: WireCitation[]): Source[] {
  const sources = new Map<string, Source>();
  for (const result of found) {
    const url = text(result["url"]);
    if (url && !sources.has(url)) sources.set(url, { url, ...titled(result["title"]), cited: false });
  }
  for (const { url, title } of citations) sources.set(url, { ...titled(title), ...sources.get(url), url, cited: true });
  return [...sources.values()];
}

/** Each turn is a call of its own, also where long prompts cost more. */
function sumCost(turns: Json[], price: Price | null): number | null {
  const costs = turns.map((turn) => costMicroUsd(price, sumUsage([turn])));
  return costs.reduce((total, cost) => (total === null || cost === null ? null : total + cost), 0);
}

function sumUsage(replies: Json[]): Reply["usage"] {
  const turns = replies.map((reply) => record(reply["usage"]));
  if (turns.every((turn) => turn["input_tokens"] === undefined)) return null;
  const sum = (value: (turn: Json) => unknown) => turns.reduce((total, turn) => total + number(value(turn)), 0);
  const cached = sum((turn) => turn["cache_read_input_tokens"]);
  return {
    inputTokens: sum((turn) => turn["input_tokens"]) + cached + sum((turn) => turn["cache_creation_input_tokens"]),
    cachedInputTokens: cached,
    outputTokens: sum((turn) => turn["output_tokens"]),
    reasoningTokens: sum((turn) => record(turn["output_tokens_details"])["thinking_tokens"]),
    searches: sum((turn) => record(turn["server_tool_use"])["web_search_requests"]),
  };
}
