/** Gemini through Google's Gemini API, grounded with Google Search. */
import { z } from "zod";
import { defineAssistant, secret, webAddress, type Call } from "./assistant.ts";
import { unreadable } from "./wire/failure.ts";
import { readContent } from "./wire/gemini-content.ts";
import { record } from "./wire/json.ts";

const settings = z.strictObject({
  apiKey: secret("GEMINI_API_KEY"),
  baseUrl: webAddress().default("https://generativelanguage.googleapis.com"),
  /** The vendor's terms restrict keeping such answers: whoever keeps them must have made sure that they may. */
  termsConfirmed: z.unknown().refine((value) => value === true || value === "true", {
    message:
      "must be true: Google's terms for answers grounded with Google Search restrict storing them; read https://ai.google.dev/gemini-api/terms, and write `termsConfirmed: true` when you may",
    params: {
      sv: "måste vara true: Googles villkor för svar grundade med Google Sök begränsar hur de får sparas; läs https://ai.google.dev/gemini-api/terms och skriv `termsConfirmed: true` när ni får spara dem",
    },
  }),
  /** Bounds the cost of one answer; what the model thinks counts, too. */
  maxOutputTokens: z.int().min(256).default(8192),
});

export const gemini = defineAssistant({
  id: "gemini",
  title: { en: "Gemini (Google's API)", sv: "Gemini (Googles API)" },
  surface: "api",
  search: true,
  location: "none",
  citations: "block",
  verified: "recordings",
  concurrency: 4,
  settings,
  ask: async (call, given, tools) => {
    const model = encodeURIComponent(call.model.replace(/^models\//, ""));
    const response = await tools.fetch(`${given.baseUrl.replace(/\/+$/, "")}/v1beta/models/${model}:generateContent`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-goog-api-key": given.apiKey },
      body: JSON.stringify(requestFor(call, given.maxOutputTokens)),
      signal: tools.signal,
    });
    const body = await response.text();
    if (!response.ok) throw unreadable(`HTTP ${response.status}`); // an error reply has been heard in full before
    return body;
  },
  read: (body, context) => readContent(record(body), context),
});

/** The question unchanged, with no system prompt. The API takes a language for the search, but no country. */
const requestFor = ({ asked, search }: Call, maxOutputTokens: number) => ({
  contents: [{ role: "user", parts: [{ text: asked.text }] }],
  generationConfig: { maxOutputTokens },
  ...(search && {
    tools: [{ googleSearch: {} }],
    toolConfig: { retrievalConfig: { languageCode: asked.language } },
  }),
});
