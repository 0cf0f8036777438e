/** The list of forms; the first that reads a recording has it. */
import { anthropicForm } from "./anthropic.ts";
import { mistralForms } from "./mistral.ts";
import { familyForms } from "./family.ts";
import { geminiForm } from "./gemini.ts";
import { openaiForms } from "./openai.ts";
import { openrouterForm } from "./openrouter.ts";
import { perplexityForms } from "./perplexity.ts";
import type { Provider } from "./provider.ts";

export const providers: Provider[] = [
  anthropicForm,
  geminiForm,
  perplexityForms,
  mistralForms,
  openrouterForm,
  familyForms,
  openaiForms,
];
