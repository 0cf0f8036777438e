/** The list of wires: a new one is its file and one line here. */
import { anthropic } from "./anthropic.ts";
import { openai } from "./openai.ts";
import { gemini } from "./gemini.ts";
import { chat } from "./chat.ts";
import type { Wire } from "./wire.ts";

export const wires: Wire[] = [openai, chat, anthropic, gemini];
