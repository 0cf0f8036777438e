/** The list of assistants. */
import { anthropic } from "./anthropic.ts";
import type { AssistantAdapter } from "./assistant.ts";
import { mistral } from "./mistral.ts";
import { openaiCompatible } from "./openai-compatible.ts";
import { openai } from "./openai.ts";
import { openrouter } from "./openrouter.ts";
import { perplexity } from "./perplexity.ts";

export const assistants: AssistantAdapter[] = [openai, anthropic, openaiCompatible, perplexity, mistral, openrouter];
