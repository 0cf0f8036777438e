/** What is sent to servers that speak OpenAI's Responses: the question unchanged, with no system prompt. */
import { z } from "zod";
import type { Asked } from "../../domain.ts";
import type { Call } from "../assistant.ts";

/** Bounds the cost of one answer; long answers take about 2,000. */
export const maxOutputTokens = z.int().min(256).default(8192);

/** Settings of a search as OpenAI offers it. */
export const searchingSettings = {
  searchContextSize: z.enum(["low", "medium", "high"]).default("medium"),
  city: z.string().min(1).exactOptional(),
  maxOutputTokens,
};

export interface Searching {
  searchContextSize: "low" | "medium" | "high";
  city?: string;
  maxOutputTokens: number;
  /** The name of the tool; the older one is for servers that do not know the newer yet. */
  searchTool?: "web_search" | "web_search_preview";
}

/** Where the question is asked from. Without a place at all OpenAI would take the United States for granted. */
export const askedFrom = ({ timezone, country }: Asked, city?: string) => ({
  timezone,
  ...(country !== null && { country }),
  ...(city !== undefined && { city }),
});

/** A request of Responses with a web search that tells which pages it looked at. */
export function responsesRequest({ asked, model, search }: Call, given: Searching) {
  const location = { type: "approximate" as const, ...askedFrom(asked, given.city) };
  const { searchTool: type = "web_search", searchContextSize: search_context_size } = given;
  return {
    model,
    input: asked.text,
    store: false,
    max_output_tokens: given.maxOutputTokens,
    ...(search && {
      tools: [{ type, search_context_size, user_location: location }],
      include: ["web_search_call.action.sources" as const],
    }),
  };
}
