import { openaiCompatible } from "../../src/assistants/openai-compatible.ts";
import { openai } from "../../src/assistants/openai.ts";
import type { Provider } from "./provider.ts";

/** OpenAI's own, and other servers that speak one of its forms. */
export const openaiForms: Provider = {
  adapterFor: ({ provider, endpoint }) => {
    if (provider === "openai" || endpoint.endsWith("/responses")) return openai;
    return endpoint.includes("/chat/completions") ? openaiCompatible : null;
  },
  outcomes: {
    "openai/responses_followup_no_search.json": "no_search",
    "openai/responses_phase_commentary_then_final.json": "no_search",
  },
  reasons: {
    "openai/error_400_model_not_found_responses.json": ["model", false],
    "openai/error_400_temperature_unsupported.json": ["bad_request", false],
    "openai/error_401_invalid_key.json": ["bad_key", false],
    "openai/error_429_insufficient_quota.json": ["quota", false],
    "ollama/error_401_cloud.json": ["bad_key", false],
  },
  differences: {},
};
