/** The list of wires: a new one is its file and one line here. */
import { anthropic } from "./anthropic.ts";
import { openrouter } from "./openrouter.ts";
import { perplexity } from "./perplexity.ts";
import { mistral } from "./mistral.ts";
import { azureOpenai } from "./azure-openai.ts";
import { gemini } from "./gemini.ts";
import { chat } from "./chat.ts";
import { deepseek } from "./deepseek.ts";
import { groq } from "./groq.ts";
import { openai } from "./openai.ts";
import { dataForSeo } from "./dataforseo.ts";
import { serpApi } from "./serpapi.ts";
import type { Wire } from "./wire.ts";
import { xai } from "./xai.ts";

export const wires: Wire[] = [
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
  chat,
  ...serpApi,
  ...dataForSeo,
];
