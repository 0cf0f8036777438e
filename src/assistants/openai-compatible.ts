/** Any server that speaks chat completions: Ollama, LM Studio, vLLM. No search. */
import { z } from "zod";
import { defineAssistant, secret, webAddress } from "./assistant.ts";
import { record } from "./wire/json.ts";
import { openaiClient } from "./wire/openai-client.ts";
import { readChatCompletion } from "./wire/openai-chat.ts";

export const openaiCompatible = defineAssistant({
  id: "openai-compatible",
  title: { en: "A server of your own (chat completions)", sv: "En egen server (chat completions)" },
  surface: "api",
  search: false,
  location: "none",
  citations: "none",
  verified: "recordings",
  concurrency: 2,
  settings: z.strictObject({
    apiKey: secret("OPENAI_COMPATIBLE_API_KEY")
      .exactOptional()
      .meta({ secret: true, variable: "OPENAI_COMPATIBLE_API_KEY" }),
    baseUrl: webAddress(),
  }),
  ask: async ({ asked, model }, { apiKey = "none", baseUrl }, { fetch, signal }) => {
    const client = await openaiClient(apiKey, baseUrl, fetch);
    const request = { model, messages: [{ role: "user" as const, content: asked.text }] };
    const response = await client.chat.completions.create(request, { signal }).asResponse();
    return response.text();
  },
  read: (body, context) => readChatCompletion(record(body), context),
});
