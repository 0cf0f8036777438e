/** Models of many vendors through OpenRouter, with its own search tool. */
import { z } from "zod";
import type { Reply } from "../domain.ts";
import { AssistantError } from "../errors.ts";
import { defineAssistant, secret, webAddress, type Call, type ReadContext } from "./assistant.ts";
import { readErrorReply } from "./wire/failure.ts";
import { list, number, optionalText, record, type Json } from "./wire/json.ts";
import { listCost, microUsd } from "./wire/money.ts";
import { readChatCompletion } from "./wire/openai-chat.ts";
import { postJson } from "./wire/post.ts";

const settings = z.strictObject({
  apiKey: secret("OPENROUTER_API_KEY"),
  baseUrl: webAddress().default("https://openrouter.ai/api/v1"),
  /** "auto" takes the vendor's own search where it has one, else Exa. */
  engine: z.enum(["auto", "native", "exa"]).default("auto"),
  city: z.string().min(1).exactOptional(),
  /** Bounds the cost of one answer. */
  maxTokens: z.int().min(256).default(8192),
});

export const openrouter = defineAssistant({
  id: "openrouter",
  title: { en: "Any vendor's model (OpenRouter)", sv: "Valfri leverantörs modell (OpenRouter)" },
  surface: "api",
  search: true,
  location: ["country", "city", "timezone"],
  citations: "span",
  cost: "reply",
  verified: "recordings",
  concurrency: 4,
  settings,
  ask: async (call, given, tools) => {
    const request = requestFor(call, given);
    return postJson(tools, { baseUrl: given.baseUrl, path: "/chat/completions", apiKey: given.apiKey }, request);
  },
  blockedPrompt: (body) => (Array.isArray(record(record(body["error"])["metadata"])["reasons"]) ? "moderation" : null),
  read: (body, context) => readRouted(record(body), context),
});

/** The question unchanged, with no system prompt and without the headers that name the caller's site. */
function requestFor({ asked, model, search }: Call, given: z.infer<typeof settings>) {
  const location = {
    type: "approximate",
    timezone: asked.timezone,
    ...(asked.country !== null && { country: asked.country }),
    ...(given.city !== undefined && { city: given.city }),
  };
  return {
    model,
    messages: [{ role: "user", content: asked.text }],
    max_tokens: given.maxTokens,
    ...(search && {
      tools: [{ type: "openrouter:web_search", parameters: { engine: given.engine, user_location: location } }],
    }),
  };
}

/** A chat completion with the searches and the cost that OpenRouter counts. Throws AssistantError. */
function readRouted(body: Json, context: ReadContext): Reply {
  const reply = readChatCompletion(withoutError(body), context);
  const told = record(body["usage"]);
  const searches = number(record(told["server_tool_use_details"] ?? told["server_tool_use"])["web_search_requests"]);
  const usage = reply.usage && { ...reply.usage, searches };
  const didNotSearch = context.search && searches === 0 && reply.sources.length === 0;
  return {
    ...reply,
    usage,
    outcome: reply.outcome === "answered" && didNotSearch ? "no_search" : reply.outcome,
    costMicroUsd: toldCost(told) ?? listCost({ ...reply, usage }, context),
  };
}

/** The body, unless the model's vendor failed after HTTP 200 had been sent. */
function withoutError(body: Json): Json {
  const choice = record(list(body["choices"])[0]);
  const error = [body["error"], choice["error"]].map(record).find((one) => Object.keys(one).length > 0);
  if (!error || optionalText(record(choice["message"])["content"])) return body;
  const status = number(error["code"]) >= 400 ? number(error["code"]) : 500;
  const { again, reason, message } = readErrorReply({ status, headers: new Headers(), body: { error }, now: 0 });
  throw new AssistantError({ again, reason, message });
}

/** With the operator's own key at the vendor, the vendor's bill comes on top of OpenRouter's. */
function toldCost(usage: Json): number | null {
  const cost = microUsd(usage["cost"]);
  if (usage["is_byok"] !== true || cost === null) return cost;
  const upstream = microUsd(record(usage["cost_details"])["upstream_inference_cost"]);
  return upstream === null ? null : cost + upstream;
}
