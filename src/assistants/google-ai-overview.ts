/** The overview that Google writes above its search results, had through SerpApi or DataForSEO. */
import { z } from "zod";
import { defineAssistant } from "./assistant.ts";
import { askGoogle, checkGoogle, googleAddress, googleFields, googleNeeds, readGoogle } from "./wire/google.ts";

export const googleAiOverview = defineAssistant({
  id: "google-ai-overview",
  title: { en: "Google's AI Overview (as shown)", sv: "Googles AI-översikt (som den visas)" },
  surface: "ui",
  search: true,
  alwaysSearches: true,
  location: ["country", "city"],
  citations: { serpapi: "block", dataforseo: "marker" },
  cost: { serpapi: "unknown", dataforseo: "reply" },
  verified: "unverified",
  concurrency: 4,
  settings: z
    .strictObject({
      ...googleFields,
      /** DataForSEO: also fetch overviews that Google brings after the page, which costs more. */
      asyncOverview: z.boolean().default(true),
    })
    .superRefine(checkGoogle),
  needs: googleNeeds,
  address: googleAddress,
  ask: (call, { asyncOverview, ...given }, tools) => {
    const more = { depth: 10, load_async_ai_overview: asyncOverview };
    return askGoogle(call, given, { engine: "google", path: "organic", more }, tools);
  },
  read: readGoogle,
});
