/** Reads replies of Perplexity's Sonar chat, retired on 27 September 2026, for history that is imported. */
import type { Reply } from "../../domain.ts";
import type { ReadContext } from "../assistant.ts";
import { distinct, list, number, record, records, text, titled, type Json } from "./json.ts";
import { citedByMarkers, sourcesOf, type Page } from "./markers.ts";
import { listCost } from "./money.ts";
import { readChatCompletion } from "./openai-chat.ts";
import { toldCost } from "./perplexity-agent.ts";

/** A chat completion whose marker `[1]` stands for the first of its citations. Throws AssistantError. */
export function readSonar(body: Json, context: ReadContext): Reply {
  const reply = readChatCompletion(body, context);
  const found = records(body["search_results"]).map((result): Page => ({
    url: text(result["url"]),
    ...titled(result["title"]),
  }));
  const titles = new Map(found.map(({ url, title }) => [url, title]));
  const addresses = list(body["citations"]).map(text);
  const numbered = addresses.length > 0 ? addresses.map((url) => ({ url, ...titled(titles.get(url)) })) : found;
  const pageOf = (nth: number): Page | undefined => (numbered[nth - 1]?.url ? numbered[nth - 1] : undefined);
  const citations = citedByMarkers(reply.text, pageOf);
  const sources = sourcesOf([...numbered, ...found], citations);
  const usage = reply.usage && {
    ...reply.usage,
    reasoningTokens: reply.usage.reasoningTokens || number(record(body["usage"])["reasoning_tokens"]),
    searches: number(record(body["usage"])["num_search_queries"]),
  };
  return {
    ...reply,
    outcome: reply.outcome === "answered" && context.search && sources.length === 0 ? "no_search" : reply.outcome,
    searches: distinct(list(body["search_queries"])),
    sources,
    citations,
    usage,
    costMicroUsd: toldCost(record(body["usage"])) ?? listCost({ ...reply, usage }, context),
  };
}
