/** DeepSeek through its Responses with web search: no citations beside the text, only links in it. */
import { z } from "zod";
import { defineAssistant, secret, webAddress } from "./assistant.ts";
import { record } from "./wire/json.ts";
import { openaiClient } from "./wire/openai-client.ts";
import { readChatCompletion } from "./wire/openai-chat.ts";
import { maxOutputTokens } from "./wire/openai-request.ts";
import { readResponses } from "./wire/openai-responses.ts";

export const deepseek = defineAssistant({
  id: "deepseek",
  title: { en: "DeepSeek (its API)", sv: "DeepSeek (dess API)" },
  surface: "api",
  search: true,
  location: "none",
  citations: "none",
  verified: "recordings",
  concurrency: 8,
  settings: z.strictObject({
    apiKey: secret("DEEPSEEK_API_KEY"),
    baseUrl: webAddress().default("https://api.deepseek.com"),
    maxOutputTokens,
  }),
  ask: async ({ asked, model, search }, given, { fetch, signal }) => {
    const client = await openaiClient(given.apiKey, given.baseUrl, fetch);
    const request = { model, input: asked.text, max_output_tokens: given.maxOutputTokens };
    const tools = [{ type: "web_search" as const }];
    const response = await client.responses.create({ ...request, ...(search && { tools }) }, { signal }).asResponse();
    return response.text();
  },
  read: (body, context) => {
    const reply = record(body);
    if (reply["object"] !== "chat.completion") return readResponses(reply, context);
    return readChatCompletion(reply, context, { queries: [], pages: [], billable: 0 }); // these never search
  },
});
