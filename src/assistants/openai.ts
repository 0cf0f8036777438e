/** ChatGPT's models through OpenAI: Responses with web search, and the search models of chat completions. */
import { z } from "zod";
import { defineAssistant, secret, webAddress, type Call } from "./assistant.ts";
import { record, text } from "./wire/json.ts";
import { openaiClient } from "./wire/openai-client.ts";
import { readChatCompletion } from "./wire/openai-chat.ts";
import { askedFrom, responsesRequest, searchingSettings } from "./wire/openai-request.ts";
import { readResponses } from "./wire/openai-responses.ts";

const settings = z.strictObject({
  apiKey: secret("OPENAI_API_KEY"),
  baseUrl: webAddress().default("https://api.openai.com/v1"),
  ...searchingSettings,
});

/** Models that chat completions alone serves and that search before every answer, such as `gpt-5-search-api`. */
const searchModel = /-search-(?:preview|api)(?:-\d|$)/;

export const openai = defineAssistant({
  id: "openai",
  title: { en: "ChatGPT's models (OpenAI API)", sv: "ChatGPT:s modeller (OpenAI:s API)" },
  surface: "api",
  search: true,
  location: "place_and_time",
  citations: "inline",
  verified: "recordings",
  concurrency: 8,
  settings,
  ask: async (call, given, { fetch, signal }) => {
    const client = await openaiClient(given.apiKey, given.baseUrl, fetch);
    const asking = searchModel.test(call.model)
      ? client.chat.completions.create(searchCompletion(call, given), { signal })
      : client.responses.create(responsesRequest(call, given), { signal });
    return (await asking.asResponse()).text();
  },
  read: (body, context) => {
    const reply = record(body);
    if (reply["object"] !== "chat.completion") return readResponses(reply, context);
    // their replies do not count the one search each of them makes and is paid for
    const searched = searchModel.test(text(reply["model"])) ? { queries: [], pages: [], billable: 1 } : undefined;
    return readChatCompletion(reply, context, searched);
  },
});

/** The question unchanged, with no system prompt. The place is nested one deeper than in Responses. */
function searchCompletion({ asked, model, search }: Call, given: z.infer<typeof settings>) {
  return {
    model,
    messages: [{ role: "user" as const, content: asked.text }],
    store: false,
    max_completion_tokens: given.maxOutputTokens,
    ...(search && {
      web_search_options: {
        search_context_size: given.searchContextSize,
        user_location: { type: "approximate" as const, approximate: askedFrom(asked, given.city) },
      },
    }),
  };
}
