/** The list of assistants. */
import { anthropic } from "./anthropic.ts";
import type { AssistantAdapter } from "./assistant.ts";
import { imported } from "./import.ts";
import { openaiCompatible } from "./openai-compatible.ts";
import { openai } from "./openai.ts";

export const assistants: AssistantAdapter[] = [openai, anthropic, openaiCompatible, imported];
