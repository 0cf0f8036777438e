/** The list of assistants. */
import { anthropic } from "./anthropic.ts";
import type { AssistantAdapter } from "./assistant.ts";
import { mistral } from "./mistral.ts";
import { copilot } from "./copilot.ts";
import { googleAiMode } from "./google-ai-mode.ts";
import { googleAiOverview } from "./google-ai-overview.ts";
import { imported } from "./import.ts";
import { gemini } from "./gemini.ts";
import { openaiCompatible } from "./openai-compatible.ts";
import { openai } from "./openai.ts";
import { openrouter } from "./openrouter.ts";
import { perplexity } from "./perplexity.ts";
import { azureOpenai } from "./azure-openai.ts";
import { deepseek } from "./deepseek.ts";
import { groq } from "./groq.ts";
import { xai } from "./xai.ts";

export const assistants: AssistantAdapter[] = [
  openai,
  azureOpenai,
  anthropic,
  gemini,
  perplexity,
  xai,
  mistral,
  deepseek,
  groq,
  openrouter,
  openaiCompatible,
  googleAiOverview,
  googleAiMode,
  copilot,
  imported,
];
