/** ChatGPT's models in a team's own Azure: Responses with web search. A model is the name of a deployment. */
import { z } from "zod";
import type { Reply } from "../domain.ts";
import { costMicroUsd, priceOf, priceTable } from "../prices.ts";
import { defineAssistant, secret, webAddress, type ReadContext } from "./assistant.ts";
import { record, text } from "./wire/json.ts";
import { openaiClient } from "./wire/openai-client.ts";
import { readChatCompletion } from "./wire/openai-chat.ts";
import { responsesRequest, searchingSettings } from "./wire/openai-request.ts";
import { readResponses } from "./wire/openai-responses.ts";

const settings = z.strictObject({
  apiKey: secret("AZURE_OPENAI_API_KEY"),
  /** The resource's endpoint, `https://NAME.openai.azure.com`, or the whole address up to `/openai/v1`. */
  baseUrl: webAddress().refine(
    (url) => !url.includes("?"),
    "leave out the question mark and what follows it; a version belongs into apiVersion",
  ),
  /** Dated versions, such as `2025-04-01-preview`, are for resources that do not serve `/openai/v1` yet. */
  apiVersion: z
    .string()
    .regex(
      /^(?:v1|preview|latest|\d{4}-\d{2}-\d{2}(?:-preview)?)$/,
      "a version is preview or a day, such as 2025-04-01-preview",
    )
    .exactOptional(),
  searchTool: z.enum(["web_search", "web_search_preview"]).default("web_search"),
  ...searchingSettings,
});

export const azureOpenai = defineAssistant({
  id: "azure-openai",
  title: { en: "ChatGPT's models (Azure OpenAI)", sv: "ChatGPT:s modeller (Azure OpenAI)" },
  surface: "api",
  search: true,
  location: ["country", "city", "timezone"],
  citations: "span",
  cost: "table",
  verified: "partly",
  concurrency: 4,
  settings,
  ask: async (call, given, { fetch, signal }) => {
    const { apiKey, apiVersion } = given;
    const client = await openaiClient(apiKey, addressOf(given), fetch, {
      defaultHeaders: { "api-key": apiKey, authorization: null },
      defaultQuery: apiVersion === undefined ? {} : { "api-version": apiVersion },
    });
    const response = await client.responses.create(responsesRequest(call, given), { signal }).asResponse();
    return response.text();
  },
  blockedPrompt: (body) => {
    const error = record(body["error"]);
    const words = [error["code"], record(error["innererror"])["code"]].map(text);
    return words.find((word) => word === "content_filter" || word === "ResponsibleAIPolicyViolation") ?? null;
  },
  read: (body, context) => {
    const json = record(body);
    const isChat = json["object"] === "chat.completion";
    return priced(isChat ? readChatCompletion(json, context) : readResponses(json, context), context);
  },
});

/** A bare endpoint, as the portal shows it, is completed; dated versions live outside of `/v1`. */
function addressOf({ baseUrl, apiVersion }: z.infer<typeof settings>): string {
  if (new URL(baseUrl).pathname !== "/") return baseUrl;
  const isDated = apiVersion !== undefined && /^\d/.test(apiVersion);
  return `${baseUrl.replace(/\/+$/, "")}/openai${isDated ? "" : "/v1"}`;
}

/** As third parties reported it in 2026: searches of Azure cost more than OpenAI's own. */
const searchPerThousandUsd = 14;

/** Tokens cost what OpenAI asks for them. A price of the project's own is taken as it is. */
function priced(reply: Reply, { day, prices }: ReadContext): Reply {
  const price = reply.servedModel === null ? null : priceOf(reply.servedModel, day, prices);
  const isListed = price !== null && priceTable.includes(price);
  return { ...reply, costMicroUsd: costMicroUsd(isListed ? { ...price, searchPerThousandUsd } : price, reply.usage) };
}
