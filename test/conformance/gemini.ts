import { gemini } from "../../src/assistants/gemini.ts";
import type { Provider } from "./provider.ts";

interface Body {
  candidates?: {
    content?: { parts?: { text?: string; thought?: boolean }[] };
    groundingMetadata?: { groundingChunks?: { web: { uri: string } }[] };
  }[];
}

export const geminiForm: Provider = {
  adapterFor: ({ provider, file }) => (provider === "gemini" && !file.includes("/batch_") ? gemini : null),
  outcomes: {
    "gemini/finish_max_tokens_empty.json": "empty",
    "gemini/finish_safety.json": "blocked",
    "gemini/prompt_blocked_model_armor.json": "blocked",
    "gemini/tool_offered_not_grounded.json": "no_search",
    // no search was offered here, which the body does not tell; every question of ours offers one
    "gemini/finish_max_tokens_partial.json": "no_search",
  },
  reasons: {
    "gemini/error_404_model.json": ["model", false],
    "gemini/error_400_invalid_key.json": ["bad_key", false],
    "gemini/error_429_retryinfo.json": ["rate_limit", true],
  },
  delays: { "gemini/error_429_retryinfo.json": 48_000 },
  differences: {
    "gemini/prompt_blocked_model_armor.json": {
      why: "there is no candidate that could have ended; why the prompt was blocked is the provider's word for how it ended",
      finish: "MODEL_ARMOR",
    },
    "gemini/grounded_structured_output_empty_query.json": {
      why: "an empty query is no query, and none is paid for",
      searches: ["largest city in Mexico"],
    },
  },
  /** It wrote down the number of the chunk and bytes of the text. */
  citationsOf: (body, citations) => {
    const candidate = (body as Body).candidates?.[0];
    const parts = candidate?.content?.parts?.filter(({ thought }) => thought !== true) ?? [];
    const bytes = Buffer.from(parts.map(({ text = "" }) => text).join(""));
    const characters = (place: number) => [...bytes.subarray(0, place).toString()].length;
    return (citations as [chunk: number, start: number, end: number][])
      .map(([chunk, start, end]): [url: string, start: number, end: number] => [
        candidate?.groundingMetadata?.groundingChunks?.[chunk]?.web.uri ?? "",
        characters(start),
        characters(end),
      ])
      .filter(([url]) => !url.includes("google.com/search")); // it took a widget for a citation; nobody publishes there
  },
};
