import { openaiCompatible } from "../../src/assistants/openai-compatible.ts";
import { openai } from "../../src/assistants/openai.ts";
import type { Provider } from "./provider.ts";

/** OpenAI's own, and other servers that speak one of its forms. */
export const openaiForms: Provider = {
  adapterFor: ({ provider, endpoint }) => {
    if (provider === "openai" || endpoint.endsWith("/responses")) return openai;
    return endpoint.includes("/chat/completions") && provider !== "perplexity" ? openaiCompatible : null;
  },
  outcomes: {
    "openai/responses_followup_no_search.json": "no_search",
    "openai/responses_phase_commentary_then_final.json": "no_search",
    "xai/responses_empty_output.json": "empty",
  },
  reasons: {
    "openai/error_400_model_not_found_responses.json": ["model", false],
    "openai/error_400_temperature_unsupported.json": ["bad_request", false],
    "openai/error_401_invalid_key.json": ["bad_key", false],
    "openai/error_429_insufficient_quota.json": ["quota", false],
    "azure/error_401.json": ["bad_key", false],
    "azure/error_429_ratelimit_retry_after.json": ["rate_limit", true],
    "mistral/error_401_detail.json": ["bad_key", false],
    "deepseek/error_400_octet_stream.json": ["too_large", false],
    "ollama/error_401_cloud.json": ["bad_key", false],
    "openrouter/error_400_previous_errors.json": ["too_large", false],
    "openrouter/error_429_upstream.json": ["rate_limit", true],
  },
  delays: {
    "azure/error_429_ratelimit_retry_after.json": 1_000, // retry-after: 1 and retry-after-ms: 0
  },
  differences: {
    "xai/responses_web_search_grok43_1cit.json": {
      why: "two of the 14 results were found by both searches; a page looked at twice is one source",
      sources: 12,
    },
  },
};
