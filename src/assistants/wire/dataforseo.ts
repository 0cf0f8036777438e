/** Asks DataForSEO for what Google shows, and reads what it gives back. */
import type { FailureReason, Reply } from "../../domain.ts";
import { AssistantError } from "../../errors.ts";
import { costMicroUsd, priceOf } from "../../prices.ts";
import type { Call, ReadContext, Tools } from "../assistant.ts";
import { readOverview } from "./dataforseo-elements.ts";
import { unaskable, unreadable } from "./failure.ts";
import { list, record, records, text, type Json } from "./json.ts";
import { sourcesOf } from "./pages.ts";
import { languageCode, placeName } from "./places.ts";

export const dataForSeoAddress = "https://api.dataforseo.com";

export interface DataForSeoAccess {
  login: string;
  password: string;
  baseUrl: string;
  city?: string;
}

const languages = { "zh-Hans": "zh-CN", "zh-Hant": "zh-TW", no: "nb", nn: "nb" };
const longestQuestion = 700;

/** One search at once (`live`). Throws AssistantError for questions that the vendor would refuse. */
export async function askDataForSeo(
  access: DataForSeoAccess,
  path: string,
  { asked }: Call,
  more: Json,
  tools: Tools,
): Promise<string> {
  if (asked.country === null) throw unaskable("DataForSEO asks from a country, and none is set", "country");
  if (asked.text.length > longestQuestion)
    throw unaskable(
      `DataForSEO takes questions of up to ${longestQuestion} characters and this one has ${asked.text.length}; SerpApi takes longer ones`,
      "too_large",
    );
  const task = {
    keyword: asked.text.replaceAll("%", "%25").replaceAll("+", "%2B"), // the vendor decodes both
    language_code: languageCode(asked.language, languages),
    location_name: placeName(asked.country, access.city),
    ...more,
  };
  const address = access.baseUrl.replace(/\/+$/, "");
  const response = await tools.fetch(`${address}/v3/serp/google/${path}/live/advanced`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${access.login}:${access.password}`).toString("base64")}`,
      "content-type": "application/json",
    },
    body: JSON.stringify([task]),
    signal: tools.signal,
  });
  if (!response.ok) throw unreadable(`HTTP ${response.status}`);
  return response.text();
}

/** Whether a body is DataForSEO's: the status of the work is inside, whatever HTTP says. */
export const isDataForSeo = (body: Json): boolean => typeof body["status_code"] === "number" || "tasks" in body;

const fine = 20_000;
/** Searched, and nothing came back. */
const noResults = 40_102;

/** Reads the body of one task. Throws AssistantError. */
export function readDataForSeo(body: Json, context: ReadContext): Reply {
  const task = record(list(body["tasks"])[0]);
  for (const { status_code: code, status_message: message } of [body, task])
    if (code !== fine && code !== noResults) throw failed(code, text(message));
  const items = records(record(list(task["result"])[0])["items"]);
  const item = items.find(({ type }) => type === "ai_overview");
  const overview = readOverview(item ?? {});
  const usage = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, reasoningTokens: 0, searches: 1 };
  return {
    outcome: !item ? "no_surface" : overview.text.trim() ? "answered" : "empty",
    text: overview.text,
    asides: [],
    servedModel: null,
    searches: [],
    sources: sourcesOf(overview.pages, overview.citations),
    citations: overview.citations,
    usage, // searches are what is billed; tokens are not
    costMicroUsd:
      costOf(task) ?? costOf(body) ?? costMicroUsd(priceOf("dataforseo", context.day, context.prices), usage),
    finish: text(task["status_message"]) || null,
  };
}

/** What the search has cost, in micro-USD. */
function costOf({ cost }: Json): number | null {
  const microUsd = typeof cost === "number" ? Math.round(cost * 1e6) : -1;
  return Number.isSafeInteger(microUsd) && microUsd >= 0 ? microUsd : null;
}

/** What the vendor's own codes mean; those that are not here are read by their thousand. */
const reasons: Record<number, FailureReason> = {
  40_100: "bad_key",
  40_101: "server",
  40_103: "server",
  40_104: "not_allowed",
  40_200: "quota",
  40_201: "not_allowed",
  40_202: "rate_limit",
  40_203: "quota",
  40_204: "not_allowed",
  40_205: "rate_limit",
  40_206: "rate_limit",
  40_207: "not_allowed",
  40_209: "rate_limit",
  40_210: "quota",
  40_601: "server",
  40_602: "server",
};

function failed(code: unknown, message: string): AssistantError {
  if (typeof code !== "number") return unreadable("the reply holds no task");
  const place = message.includes("location_name") ? "country" : undefined;
  const reason = place ?? reasons[code] ?? (code >= 50_000 || code < 40_000 ? "server" : "bad_request");
  const again = reason === "server" || reason === "rate_limit";
  const words = reason === "bad_key" ? "the key was refused" : message || "the search failed";
  return new AssistantError({ again, reason, message: `${words} (${code})` });
}
