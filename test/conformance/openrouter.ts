import { openrouter } from "../../src/assistants/openrouter.ts";
import type { Provider } from "./provider.ts";

export const openrouterForm: Provider = {
  adapterFor: ({ provider }) => (provider === "openrouter" ? openrouter : null),
  outcomes: {},
  reasons: {
    "openrouter/error_400_previous_errors.json": ["too_large", false],
    "openrouter/error_429_upstream.json": ["rate_limit", true],
  },
  differences: {
    "openrouter/error_429_upstream.json": {
      why: "the other reader stops at OpenRouter's own words; which vendor failed and what it said is in the metadata",
      message:
        "Provider returned error - Google: google/gemini-2.0-flash-exp:free is temporarily rate-limited upstream. " +
        "Please retry shortly, or add your own key to accumulate your rate limits: " +
        "https://openrouter.ai/settings/integrations",
    },
  },
};
