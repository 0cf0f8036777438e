/** Claude through Anthropic's Messages API with web search. */
import type Anthropic from "@anthropic-ai/sdk";
import { z } from "zod";
import { defineAssistant, secret, webAddress, type Call } from "./assistant.ts";
import { readMessages } from "./wire/anthropic-messages.ts";
import { record, records, type Json } from "./wire/json.ts";

const settings = z.strictObject({
  apiKey: secret("ANTHROPIC_API_KEY"),
  baseUrl: webAddress().default("https://api.anthropic.com"),
  city: z.string().min(1).exactOptional(),
  maxTokens: z.int().min(256).max(16_000).default(4096),
  /** Bounds the cost: results of ten searches can be 400,000 tokens. */
  maxSearches: z.int().min(1).max(10).default(3),
});

/** Times a paused turn is continued; each time pays for all that came before. */
const mostTurns = 3;

export const anthropic = defineAssistant({
  id: "anthropic",
  title: { en: "Claude (Anthropic API)", sv: "Claude (Anthropics API)" },
  surface: "api",
  search: true,
  location: "place_and_time",
  citations: "block",
  verified: "recordings",
  concurrency: 4,
  settings,
  ask: async (call, given, tools) => {
    const { apiKey, baseUrl: baseURL } = given;
    const { default: Client } = await import("@anthropic-ai/sdk"); // not before the first question: it loads slowly
    const client = new Client({ apiKey, baseURL, fetch: tools.fetch, maxRetries: 0, logLevel: "off" });
    const turns: string[] = [];
    const messages: Anthropic.MessageParam[] = [{ role: "user", content: call.asked.text }];
    for (;;) {
      const request = { ...requestFor(call, given), messages };
      const body = await (await client.messages.create(request, { signal: tools.signal }).asResponse()).text();
      turns.push(body);
      const paused = turns.length < mostTurns ? pausedContent(body) : null;
      if (!paused) return turns.length === 1 ? body : `[${turns.join(",")}]`;
      messages.push({ role: "assistant", content: paused });
    }
  },
  read: (body, context) => readMessages(Array.isArray(body) ? records(body) : [record(body)], context),
});

/** No system prompt; basic search, because answers of its newer versions come without citations. */
function requestFor({ asked, model, search }: Call, given: z.infer<typeof settings>) {
  const location = {
    type: "approximate" as const,
    timezone: asked.timezone,
    ...(asked.country !== null && { country: asked.country }),
    ...(given.city !== undefined && { city: given.city }),
  };
  const tool = {
    type: "web_search_20250305" as const,
    name: "web_search" as const,
    max_uses: given.maxSearches,
    user_location: location,
  };
  return { model, max_tokens: given.maxTokens, ...(search && { tools: [tool] }) };
}

/** The content to send back unchanged when the provider paused a long turn, else null. */
function pausedContent(body: string): Anthropic.ContentBlockParam[] | null {
  const reply = parsed(body);
  if (reply["stop_reason"] !== "pause_turn" || !Array.isArray(reply["content"])) return null;
  return reply["content"] as Anthropic.ContentBlockParam[]; // the provider's own blocks, not looked into
}

function parsed(body: string): Json {
  try {
    return record(JSON.parse(body));
  } catch {
    return {}; // read() says what is wrong with it
  }
}
