/** The list of assistants. */
import { anthropic } from "./anthropic.ts";
import type { AssistantAdapter } from "./assistant.ts";
import { gemini } from "./gemini.ts";
import { openaiCompatible } from "./openai-compatible.ts";
import { openai } from "./openai.ts";

export const assistants: AssistantAdapter[] = [openai, anthropic, gemini, openaiCompatible];
