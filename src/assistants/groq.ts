/** Groq's compound systems: chat completions that search by themselves and name the pages, but cite none. */
import { z } from "zod";
import type { Country, Source } from "../domain.ts";
import { defineAssistant, secret, webAddress } from "./assistant.ts";
import { distinct, jsonOr, list, record, records, text, titled, type Json } from "./wire/json.ts";
import { openaiClient } from "./wire/openai-client.ts";
import { readChatCompletion, type Searched } from "./wire/openai-chat.ts";
import { maxOutputTokens } from "./wire/openai-request.ts";

export const groq = defineAssistant({
  id: "groq",
  title: { en: "Groq's compound systems (API)", sv: "Groqs sammansatta system (API)" },
  surface: "api",
  search: true,
  location: "place",
  citations: "none",
  verified: "recordings",
  concurrency: 4,
  settings: z.strictObject({
    apiKey: secret("GROQ_API_KEY"),
    baseUrl: webAddress().default("https://api.groq.com/openai/v1"),
    maxOutputTokens,
  }),
  ask: async ({ asked, model, search }, given, { fetch, signal }) => {
    const client = await openaiClient(given.apiKey, given.baseUrl, fetch);
    const messages = [{ role: "user", content: asked.text }];
    const request = { model, messages, max_completion_tokens: given.maxOutputTokens };
    const body = { ...request, ...searching(search, asked.country) }; // Groq's own fields have no type in the SDK
    const response = await client.post("/chat/completions", { body, signal }).asResponse();
    return response.text();
  },
  read: (body, context) => {
    const reply = record(body);
    const message = record(record(list(reply["choices"])[0])["message"]);
    return readChatCompletion(reply, context, searchedBy(records(message["executed_tools"])));
  },
});

const englishNames = new Intl.DisplayNames("en", { type: "region", fallback: "none" });

/** Groq takes a country by its English name, and neither city nor time zone. */
function searching(search: boolean, country: Country | null) {
  const name = search && country !== null ? englishNames.of(country) : undefined;
  return {
    compound_custom: { tools: { enabled_tools: search ? ["web_search", "visit_website"] : [] } },
    ...(name !== undefined && { search_settings: { country: name.toLowerCase() } }),
  };
}

/** Queries stand as JSON in a text; pages are what was found and what was visited. */
function searchedBy(tools: Json[]): Searched {
  const parameters = tools.map((tool) => record(jsonOr(text(tool["arguments"]))));
  const pages = new Map<string, Source>();
  tools.forEach((tool, i) => {
    const visited: Json = { url: parameters[i]?.["url"] };
    for (const page of [...records(record(tool["search_results"])["results"]), visited]) {
      const url = text(page["url"]);
      if (url && !pages.has(url)) pages.set(url, { url, ...titled(page["title"]), cited: false });
    }
  });
  const queries = distinct(parameters.map(({ query }) => query));
  return { queries, pages: [...pages.values()], billable: tools.filter(isSearch).length };
}

const isSearch = (tool: Json): boolean => /search/.test(text(tool["type"]));
