import type { AssistantAdapter } from "../../src/assistants/assistant.ts";
import { azureOpenai } from "../../src/assistants/azure-openai.ts";
import { deepseek } from "../../src/assistants/deepseek.ts";
import { groq } from "../../src/assistants/groq.ts";
import { xai } from "../../src/assistants/xai.ts";
import type { Provider } from "./provider.ts";

const adapters: Record<string, AssistantAdapter> = { azure: azureOpenai, deepseek, groq, xai };

/** Those who speak OpenAI's forms with differences of their own. */
export const familyForms: Provider = {
  adapterFor: ({ provider }) => adapters[provider] ?? null,
  outcomes: {
    "xai/responses_empty_output.json": "empty",
    "xai/chat_text_no_search.json": "no_search",
  },
  reasons: {
    "azure/error_401.json": ["bad_key", false],
    "azure/error_429_ratelimit_retry_after.json": ["rate_limit", true],
    "deepseek/error_400_octet_stream.json": ["too_large", false],
  },
  delays: {
    "azure/error_429_ratelimit_retry_after.json": 1_000, // retry-after: 1 and retry-after-ms: 0
  },
  differences: {
    "xai/responses_web_search_grok43_1cit.json": {
      why: "two of the 14 results were found by both searches; a page looked at twice is one source",
      sources: 12,
    },
    "xai/responses_web_search_grok4fast_no_offsets_5cit.json": {
      why: "there is no action, but the call's arguments hold the query; we are right to read it there",
      searches: ["what is xAI"],
    },
    "xai/responses_x_search_20cit.json": {
      why: "a search among posts on X is a search, too, and its arguments hold the query; we are right",
      searches: ["AI artificial intelligence"],
    },
  },
};
