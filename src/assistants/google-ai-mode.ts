/** The answer of Google's AI Mode, had through SerpApi or DataForSEO. */
import { z } from "zod";
import { defineAssistant } from "./assistant.ts";
import { askGoogle, checkGoogle, googleAddress, googleFields, googleNeeds, readGoogle } from "./wire/google.ts";

export const googleAiMode = defineAssistant({
  id: "google-ai-mode",
  title: { en: "Google's AI Mode (as shown)", sv: "Googles AI-läge (som det visas)" },
  surface: "ui",
  search: true,
  alwaysSearches: true,
  location: ["country", "city"],
  citations: { serpapi: "block", dataforseo: "marker" },
  cost: { serpapi: "unknown", dataforseo: "reply" },
  verified: "unverified",
  concurrency: 4,
  settings: z.strictObject(googleFields).superRefine(checkGoogle),
  needs: googleNeeds,
  address: googleAddress,
  ask: (call, given, tools) => askGoogle(call, given, { engine: "google_ai_mode", path: "ai_mode", more: {} }, tools),
  read: readGoogle,
});
