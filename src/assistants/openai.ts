/** ChatGPT's models through OpenAI's Responses API with web search. */
import { z } from "zod";
import { defineAssistant, secret, webAddress, type Call } from "./assistant.ts";
import { record } from "./wire/json.ts";
import { openaiClient } from "./wire/openai-client.ts";
import { readChatCompletion } from "./wire/openai-chat.ts";
import { readResponses } from "./wire/openai-responses.ts";

const settings = z.strictObject({
  apiKey: secret("OPENAI_API_KEY"),
  baseUrl: webAddress().default("https://api.openai.com/v1"),
  searchContextSize: z.enum(["low", "medium", "high"]).default("medium"),
  city: z.string().min(1).exactOptional(),
  /** Bounds the cost of one answer; long answers take about 2,000. */
  maxOutputTokens: z.int().min(256).default(8192),
});

export const openai = defineAssistant({
  id: "openai",
  title: { en: "ChatGPT's models (OpenAI API)", sv: "ChatGPT:s modeller (OpenAI:s API)" },
  surface: "api",
  search: true,
  location: true,
  citations: "inline",
  verified: "recordings",
  concurrency: 8,
  settings,
  ask: async (call, given, tools) => {
    const client = await openaiClient(given.apiKey, given.baseUrl, tools.fetch);
    const response = await client.responses.create(requestFor(call, given), { signal: tools.signal }).asResponse();
    return response.text();
  },
  read: (body, context) => {
    const reply = record(body);
    return reply["object"] === "chat.completion" ? readChatCompletion(reply, context) : readResponses(reply, context);
  },
});

/** The question unchanged, with no system prompt. */
function requestFor({ asked, model, search }: Call, given: z.infer<typeof settings>) {
  const location = {
    type: "approximate" as const,
    timezone: asked.timezone,
    ...(asked.country !== null && { country: asked.country }),
    ...(given.city !== undefined && { city: given.city }),
  };
  return {
    model,
    input: asked.text,
    store: false,
    max_output_tokens: given.maxOutputTokens,
    ...(search && {
      tools: [{ type: "web_search" as const, search_context_size: given.searchContextSize, user_location: location }],
      include: ["web_search_call.action.sources" as const],
    }),
  };
}
