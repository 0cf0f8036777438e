import { perplexity } from "../../src/assistants/perplexity.ts";
import type { Provider } from "./provider.ts";

/** The Agent API, and the Sonar chat that came before it. */
export const perplexityForms: Provider = {
  adapterFor: ({ provider }) => (provider === "perplexity" ? perplexity : null),
  outcomes: {
    "perplexity/sonar_no_citations_key.json": "no_search", // not one page is listed
  },
  reasons: {
    "perplexity/error_400_too_long.json": ["too_large", false],
  },
  differences: {
    "perplexity/agent_web_search_fast_1marker.json": {
      why: "the other reader does not know the Agent API; text and the page behind [7] checked by hand",
      characters: 162,
      finish: "completed",
      citations: [["https://www.typescriptlang.org/", 159, 162]],
    },
  },
  marksHaveUrls: false,
};
