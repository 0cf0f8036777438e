/** Mistral's models through its conversations with web search. */
import { z } from "zod";
import { defineAssistant, secret, webAddress, type Call } from "./assistant.ts";
import { record } from "./wire/json.ts";
import { readConversation } from "./wire/mistral-conversations.ts";
import { readChatCompletion } from "./wire/openai-chat.ts";
import { postJson } from "./wire/post.ts";

const settings = z.strictObject({
  apiKey: secret("MISTRAL_API_KEY"),
  baseUrl: webAddress().default("https://api.mistral.ai"),
  /** The dearer search adds news agencies. */
  searchTool: z.enum(["web_search", "web_search_premium"]).default("web_search"),
  /** Bounds the cost of one answer. */
  maxTokens: z.int().min(256).default(4096),
});

export const mistral = defineAssistant({
  id: "mistral",
  title: { en: "Mistral (API)", sv: "Mistral (API:t)" },
  surface: "api",
  search: true,
  location: "none",
  citations: "block",
  verified: "recordings",
  concurrency: 4,
  settings,
  ask: async (call, given, tools) => {
    const request = requestFor(call, given);
    return postJson(tools, { baseUrl: given.baseUrl, path: "/v1/conversations", apiKey: given.apiKey }, request);
  },
  read: (body, context) => {
    const reply = record(body);
    return Array.isArray(reply["choices"]) ? readChatCompletion(reply, context) : readConversation(reply, context);
  },
});

/** The question unchanged, with no instructions; nothing of it is kept there. */
const requestFor = ({ asked, model, search }: Call, given: z.infer<typeof settings>) => ({
  model,
  inputs: asked.text,
  store: false,
  completion_args: { max_tokens: given.maxTokens },
  ...(search && { tools: [{ type: given.searchTool }] }),
});
