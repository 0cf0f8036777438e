/** The list of wires: a new one is its file and one line here. */
import { anthropic } from "./anthropic.ts";
import { openai } from "./openai.ts";
import { chat } from "./chat.ts";
import { dataForSeo } from "./dataforseo.ts";
import { serpApi } from "./serpapi.ts";
import type { Wire } from "./wire.ts";

export const wires: Wire[] = [openai, chat, anthropic, ...serpApi, ...dataForSeo];
