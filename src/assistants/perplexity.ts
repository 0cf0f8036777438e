/** Perplexity through its Agent API with web search. */
import { z } from "zod";
import type { Words } from "../domain.ts";
import { defineAssistant, secret, webAddress, type Call } from "./assistant.ts";
import { unaskable } from "./wire/failure.ts";
import { record } from "./wire/json.ts";
import { readAgent } from "./wire/perplexity-agent.ts";
import { readSonar } from "./wire/perplexity-sonar.ts";
import { postJson } from "./wire/post.ts";

const settings = z.strictObject({
  apiKey: secret("PERPLEXITY_API_KEY"),
  baseUrl: webAddress().default("https://api.perplexity.ai"),
  searchContextSize: z.enum(["low", "medium", "high"]).exactOptional(),
  city: z.string().min(1).exactOptional(),
  /** Searches one after the other that one answer may take. */
  maxSteps: z.int().min(1).max(10).exactOptional(),
  /** Bounds the cost of one answer. */
  maxOutputTokens: z.int().min(256).default(8192),
});

export const perplexity = defineAssistant({
  id: "perplexity",
  title: { en: "Perplexity (Agent API)", sv: "Perplexity (Agent-API:t)" },
  surface: "api",
  search: true,
  location: ["country", "city"],
  citations: "marker",
  cost: "reply",
  verified: "recordings",
  concurrency: 4,
  settings,
  modelProblem,
  ask: async (call, given, tools) => {
    const request = requestFor(call, given);
    return postJson(tools, { baseUrl: given.baseUrl, path: "/v1/agent", apiKey: given.apiKey }, request);
  },
  read: (body, context) => {
    const reply = record(body);
    return Array.isArray(reply["choices"]) ? readSonar(reply, context) : readAgent(reply, context);
  },
});

/** The question unchanged, with no instructions. Perplexity takes a place, but no time zone. */
function requestFor({ asked, model, search }: Call, given: z.infer<typeof settings>) {
  const problem = modelProblem(model);
  if (problem) throw unaskable(problem.en, "model");
  const language = asked.language.split("-", 1)[0]?.toLowerCase();
  const location = {
    ...(asked.country !== null && { country: asked.country }),
    ...(given.city !== undefined && { city: given.city }),
  };
  return {
    model,
    input: asked.text,
    store: false,
    max_output_tokens: given.maxOutputTokens,
    ...(given.maxSteps !== undefined && { max_steps: given.maxSteps }),
    ...(language?.length === 2 && { language_preference: language }),
    ...(search && {
      tools: [
        {
          type: "web_search",
          ...(given.searchContextSize && { search_context_size: given.searchContextSize }),
          ...(Object.keys(location).length > 0 && { user_location: location }),
        },
      ],
    }),
  };
}

/** Behind a preset any vendor's model may answer, and a name without its vendor is not taken. */
function modelProblem(model: string): Words | null {
  if (/^[^/]+\/./.test(model)) return null;
  return {
    en: `${model} names no vendor and may be a preset: write it as vendor/name, such as perplexity/sonar`,
    sv: `${model} anger ingen leverantör och kan vara en förinställning: skriv leverantör/namn, till exempel perplexity/sonar`,
  };
}
