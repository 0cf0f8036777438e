/** The answer of Microsoft's Copilot in Bing, had through SerpApi. It takes a question and nothing else. */
import { z } from "zod";
import { defineAssistant, secret, webAddress } from "./assistant.ts";
import { askSerpApi, bodiesOf, mustSearch, readSerpApi, serpApiAddress } from "./wire/serpapi.ts";

export const copilot = defineAssistant({
  id: "copilot",
  title: { en: "Microsoft Copilot (as shown)", sv: "Microsoft Copilot (som det visas)" },
  surface: "ui",
  search: true,
  alwaysSearches: true,
  location: [],
  citations: "block",
  cost: "unknown",
  verified: "unverified",
  concurrency: 4,
  settings: z.strictObject({
    apiKey: secret("SERPAPI_API_KEY"),
    baseUrl: webAddress().default(serpApiAddress),
  }),
  ask: async (call, given, tools) => {
    mustSearch(call);
    return askSerpApi(given, { engine: "bing_copilot", q: call.asked.text }, tools);
  },
  read: (body, context) => readSerpApi(bodiesOf(body), context),
});
