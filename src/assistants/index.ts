/** The list of assistants. */
import { anthropic } from "./anthropic.ts";
import type { AssistantAdapter } from "./assistant.ts";
import { copilot } from "./copilot.ts";
import { googleAiMode } from "./google-ai-mode.ts";
import { googleAiOverview } from "./google-ai-overview.ts";
import { openaiCompatible } from "./openai-compatible.ts";
import { openai } from "./openai.ts";

export const assistants: AssistantAdapter[] = [
  openai,
  anthropic,
  openaiCompatible,
  googleAiOverview,
  googleAiMode,
  copilot,
];
