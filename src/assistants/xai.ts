/** Grok through xAI's Responses with web search, and search among posts on X where a team wants it. */
import { z } from "zod";
import { defineAssistant, secret, webAddress } from "./assistant.ts";
import { record } from "./wire/json.ts";
import { openaiClient } from "./wire/openai-client.ts";
import { readChatCompletion } from "./wire/openai-chat.ts";
import { maxOutputTokens } from "./wire/openai-request.ts";
import { readResponses } from "./wire/openai-responses.ts";

export const xai = defineAssistant({
  id: "xai",
  title: { en: "Grok (xAI API)", sv: "Grok (xAI:s API)" },
  surface: "api",
  search: true,
  location: "none",
  citations: "inline",
  verified: "recordings",
  concurrency: 8,
  settings: z.strictObject({
    apiKey: secret("XAI_API_KEY"),
    baseUrl: webAddress().default("https://api.x.ai/v1"),
    /** Search posts on X, too: its citations are posts, and each search costs as much as one of the web. */
    xSearch: z.boolean().default(false),
    maxOutputTokens,
  }),
  ask: async ({ asked, model, search }, given, { fetch, signal }) => {
    const client = await openaiClient(given.apiKey, given.baseUrl, fetch);
    const tools = [{ type: "web_search" }, ...(given.xSearch ? [{ type: "x_search" }] : [])];
    const request = { model, input: asked.text, store: false, max_output_tokens: given.maxOutputTokens };
    const body = { ...request, ...(search && { tools }) }; // x_search is none of OpenAI's tools, so not of its types
    const response = await client.post("/responses", { body, signal }).asResponse();
    return response.text();
  },
  read: (body, context) => {
    const reply = record(body);
    if (reply["object"] !== "chat.completion") return readResponses(reply, context);
    // chat completions have not searched since live search was retired
    return readChatCompletion(reply, context, { queries: [], pages: [], billable: 0 });
  },
});
