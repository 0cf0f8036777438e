import { anthropic } from "../../src/assistants/anthropic.ts";
import type { Provider } from "./provider.ts";

export const anthropicForm: Provider = {
  adapterFor: ({ provider }) => (provider === "anthropic" ? anthropic : null),
  outcomes: {
    "anthropic/refusal_with_details.json": "refused",
    // no search was offered in these two, which their bodies do not tell; every question of ours offers one
    "anthropic/document_citations_page_location_3cit.json": "no_search",
    "anthropic/search_result_location_1cit.json": "no_search",
  },
  reasons: {
    "anthropic/error_400_prompt_too_long.json": ["too_large", false],
    "anthropic/error_404_model.json": ["model", false],
  },
  differences: {
    "anthropic/pause_turn_part1_0cit.json": {
      why: "of 100 results 9 were found by two searches; a page looked at twice is one source",
      sources: 91,
    },
    "anthropic/pause_turn_part2_17cit.json": {
      why: "50 results, and 9 pages of the first part that are cited here: who is cited was looked at",
      sources: 59,
    },
  },
  withPreamble: [
    "anthropic/pause_turn_part1_0cit.json",
    "anthropic/pause_turn_part2_17cit.json",
    "anthropic/web_search_preamble_text_1cit.json",
  ],
};
