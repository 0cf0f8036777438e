/** The list of wires: a new one is its file and one line here. */
import { anthropic } from "./anthropic.ts";
import { openai } from "./openai.ts";
import { openrouter } from "./openrouter.ts";
import { perplexity } from "./perplexity.ts";
import { mistral } from "./mistral.ts";
import { chat } from "./chat.ts";
import type { Wire } from "./wire.ts";

export const wires: Wire[] = [openai, chat, anthropic, perplexity, mistral, openrouter];
