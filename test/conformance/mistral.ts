import { mistral } from "../../src/assistants/mistral.ts";
import type { Provider } from "./provider.ts";

/** Conversations, and the chat completions that cannot search. */
export const mistralForms: Provider = {
  adapterFor: ({ provider }) => (provider === "mistral" ? mistral : null),
  outcomes: {},
  reasons: {
    "mistral/error_401_detail.json": ["bad_key", false],
  },
  differences: {},
};
