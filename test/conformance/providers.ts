/** The list of forms; the first that reads a recording has it. */
import { anthropicForm } from "./anthropic.ts";
import { geminiForm } from "./gemini.ts";
import { openaiForms } from "./openai.ts";
import type { Provider } from "./provider.ts";

export const providers: Provider[] = [anthropicForm, geminiForm, openaiForms];
