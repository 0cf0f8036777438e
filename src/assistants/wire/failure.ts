/** Tells the ways of not answering apart, and whether asking again helps. */
import type { Failure, FailureReason, Retry } from "../../domain.ts";
import { AssistantError, TransportError } from "../../errors.ts";
import { retryAfterMs } from "../../http.ts";
import { jsonOr, list, record, records, text, type Json } from "./json.ts";

export interface ErrorReply {
  status: number;
  headers: Headers;
  /** Parsed JSON, or the text as it came. */
  body: unknown;
  now: number;
}

/** Longest message kept from a provider: enough to understand, too short to carry a page. */
const longestMessage = 300;

/** A limit that ends later than this is none that a run can wait for, or no epoch in milliseconds. */
const longestReset = 24 * 3_600_000;

/** So much of an error is looked through for its reason; a hostile one may be megabytes. */
const longestRead = 20_000;

/** What an error reply means. Sources: assistants.md sections 1, 2, 4, 7, 8 and 10.5. */
export function readErrorReply(reply: ErrorReply): Failure {
  const error = errorBody(reply.body);
  const reason = reasonOf(reply.status, error);
  const retry = retryOf(reason, reply, error);
  // a provider may echo the key it refuses
  const message = reason === "bad_key" ? "the key was refused" : error.message || `HTTP ${reply.status}`;
  return { ...retry, message, status: reply.status };
}

/** With a message of bounded length; secrets have to be taken out before, so that none is cut in half and kept. */
export const shortened = (failure: Failure): Failure => ({
  ...failure,
  message: failure.message.slice(0, longestMessage),
});

interface ErrorBody {
  message: string;
  /** All the machine-readable words: code, type, status. */
  words: string;
  details: Json;
}

/**
 * Errors come as {error: {...}}, {error: "..."}, {detail: "..." or a list}, {message: "..."}, {status_message: "..."} or as a page
 * of a proxy.
 */
function errorBody(body: unknown): ErrorBody {
  const root = record(body);
  const inner = record(root["error"]);
  const source = Object.keys(inner).length ? inner : root;
  const message =
    text(source["message"]) ||
    text(root["error"]) ||
    detailIn(root["detail"]) ||
    text(root["message"]) ||
    detailIn(record(root["message"])["detail"]) ||
    text(root["status_message"]) ||
    plain(text(body));
  const upstream = upstreamIn(record(source["metadata"]));
  const words = [source["code"], source["type"], source["status"], source["param"], ...upstream.words]
    .map((word) => (typeof word === "number" ? String(word) : text(word)))
    .join(" ");
  return { message: [message, ...upstream.message].filter(Boolean).join(" - "), words, details: source };
}

/** Words, or what is wrong with each field of the request: {loc: ["body", "model"], msg: "Field required"}. */
const detailIn = (detail: unknown): string =>
  text(detail) ||
  records(detail)
    .map(({ loc, msg }) =>
      [
        list(loc)
          .filter((name) => typeof name !== "object")
          .join("."),
        text(msg),
      ]
        .filter(Boolean)
        .join(": "),
    )
    .filter(Boolean)
    .join("; ");

/** A router tells which vendor failed, what it said, as words or as JSON, and what those tried before it said. */
function upstreamIn(metadata: Json): { message: string[]; words: unknown[] } {
  const vendor = text(metadata["provider_name"]);
  const raw = text(metadata["raw"]);
  const said = raw.trimStart().startsWith("{") ? errorBody(jsonOr(raw)).message : plain(raw);
  const words = records(metadata["previous_errors"]).map((error) => error["message"]);
  return { message: vendor || said ? [[vendor, said].filter(Boolean).join(": ")] : [], words };
}

/** Never repeats HTML: says that a page came. */
const plain = (body: string): string => (/^\s*</.test(body) ? "a web page came instead of a reply" : body.trim());

const tooLong =
  /request too large|must be reduced|context_length_exceeded|maximum context length|prompt is too long|too_many_prompt_tokens/i;

const noModel =
  /model_not_found|not_found_error|invalid[_ ]model|not a valid model|does not exist|deprecated(?! for th)|retired|decommissioned/i;

/** What vendors call the tool that searches, and how they say that a model is without it. */
const searchTool =
  "(?:web[_ -]?search|google[_ ]?search|search[_ ]grounding|search (?:as a )?tool|(?:server-side|hosted|built-?in) tool|built-?in connector|tool (?:types?|use)|tools\\b(?![[.])|connectors\\b|compound_custom)";
const isLacking = "(?:not (?:supported|enabled|available)|unsupported|(?:not|n't) support|only supported|that support)";
const cannotSearch = new RegExp(`${searchTool}.{0,100}${isLacking}|${isLacking}.{0,40}${searchTool}`, "i");

/** The place a question is to be asked from is a field of the request; where the request came from is not. */
function placeRefused(all: string): FailureReason | null {
  if (/user_location|location_name|search_settings|country code|\b(?:gl|location) parameter/i.test(all))
    return "country";
  const notHere =
    /(?:country|region|territory|location)\b.{0,30}\bnot (?:supported|available|allowed)|not (?:supported|available|offered) in (?:your|this|the) .{0,30}(?:country|region|location|territory)/i;
  return notHere.test(all) ? "region" : null;
}

function reasonOf(status: number, { message, words, details }: ErrorBody): FailureReason {
  const all = `${words} ${message} ${JSON.stringify(details["details"] ?? "")}`.slice(0, longestRead);
  if (
    /insufficient_quota|billing_hard_limit|credit balance|out of credits|out of searches|used all available credits|models-per-day|have any credits|"quotaId":"[^"]*PerDay/i.test(
      all,
    ) ||
    status === 402
  )
    return "quota";
  if (status === 401 || /invalid_api_key|API_KEY_INVALID|authentication_error|(?:incorrect|invalid) api key/i.test(all))
    return "bad_key";
  if (status === 413 || tooLong.test(all)) return "too_large";
  if (status === 429) return "rate_limit";
  if (/page_token/.test(message)) return "server"; // it is good for a minute and once; asking anew brings another
  if (status === 529 || /overloaded/i.test(all)) return "overloaded";
  const place = status < 500 ? placeRefused(all) : null;
  if (place) return place;
  if (status < 500 && cannotSearch.test(all)) return "search";
  if (status === 404 || status === 410 || noModel.test(all)) return "model";
  if (status === 403) return "not_allowed";
  if (status >= 500 || [408, 409, 425].includes(status)) return "server";
  return "bad_request";
}

const worthRepeating = new Set<FailureReason>([
  "rate_limit",
  "overloaded",
  "server",
  "timeout",
  "network",
  "unreadable",
]);

function retryOf(reason: FailureReason, { status, headers, now }: ErrorReply, error: ErrorBody): Retry {
  const again = worthRepeating.has(reason) && headers.get("x-should-retry") !== "false";
  if (!again) return { again, reason };
  const delay = () => retryAfterMs(headers, now) ?? delayOfUpstream(error, now) ?? delayInBody(error);
  const afterMs = [429, 503, 529].includes(status) ? delay() : undefined;
  return { again, reason, ...(afterMs !== undefined && { afterMs }) };
}

/** A router passes on in the body what its vendors' headers said; its own limit ends at an epoch in milliseconds. */
function delayOfUpstream({ details }: ErrorBody, now: number): number | undefined {
  const told = Object.entries(record(record(details["metadata"])["headers"]));
  const heard = new Map(told.map(([name, value]) => [name.toLowerCase(), String(value)]));
  const delay = retryAfterMs({ get: (name) => heard.get(name) ?? null }, now);
  const resetsAt = Number(heard.get("x-ratelimit-reset") ?? NaN);
  return delay ?? (resetsAt > now && resetsAt - now <= longestReset ? resetsAt - now : undefined);
}

/** "Please try again in 174ms", "in 6m0s", or Google's RetryInfo "34.4s". */
function delayInBody({ message, details }: ErrorBody): number | undefined {
  const retryInfo = /"retryDelay":"([\d.]+)s"/.exec(JSON.stringify(details["details"] ?? ""));
  if (retryInfo) return Math.ceil(Number(retryInfo[1]) * 1000);
  const spoken = /try again in (?:(\d+)h)?(?:(\d+)m(?!s))?(?:([\d.]+)(ms|s))?/i.exec(message);
  if (!spoken || !(spoken[1] ?? spoken[2] ?? spoken[3])) return undefined;
  const [, hours = "0", minutes = "0", rest = "0", unit = "s"] = spoken;
  return Math.ceil(Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(rest) * (unit === "ms" ? 1 : 1000));
}

/** The failure that an error tells of; null when it is a fault of ours. */
export function failureOf(error: unknown): Failure | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof AssistantError) return cause.failure;
    if (cause instanceof TransportError) return transportFailure(cause);
  }
  return null;
}

function transportFailure({ kind, message, unsent }: TransportError): Failure {
  if (kind === "refused_address" || kind === "too_large") return { again: false, reason: kind, message };
  return { again: true, reason: kind === "timeout" ? "timeout" : "network", message, ...(unsent && { unsent }) };
}

/** A question that this assistant cannot be asked as it is: the message says why. */
export const unaskable = (message: string, reason: FailureReason = "bad_request"): AssistantError =>
  new AssistantError({ again: false, reason, message });

/** A reply that cannot be read; asking again may bring a whole one. */
export const unreadable = (message: string): AssistantError =>
  new AssistantError({ again: true, reason: "unreadable", message });
