/** Asks SerpApi for what Google and Bing show, and reads what it gives back. */
import type { Asked, Reply, WireCitation } from "../../domain.ts";
import { AssistantError } from "../../errors.ts";
import { costMicroUsd, priceOf } from "../../prices.ts";
import type { Call, ReadContext, Tools } from "../assistant.ts";
import { readErrorReply, unaskable, unreadable } from "./failure.ts";
import { jsonOr, list, optionalText, record, records, text, type Json } from "./json.ts";
import { pageOf, sourcesOf, type Page } from "./pages.ts";
import { passagesIn } from "./passages.ts";
import { languageCode, placeName } from "./places.ts";
import { referencesOf, writeBlocks, type Part, type Written } from "./serpapi-blocks.ts";
import { CitedText } from "./spans.ts";

export const serpApiAddress = "https://serpapi.com";

export interface SerpApiAccess {
  apiKey: string;
  baseUrl: string;
}

type Parameters = Record<string, string>;

/** What Google calls languages otherwise. */
const languages = { "zh-Hans": "zh-cn", "zh-Hant": "zh-tw", "pt-BR": "pt-br", nb: "no", nn: "no", he: "iw" };

/** Where Google is asked from; without a country, wherever the vendor's machine happens to be. */
export const googlePlace = ({ language, country }: Asked, city?: string): Parameters => ({
  hl: languageCode(language, languages),
  ...(country !== null && { gl: country.toLowerCase(), location: placeName(country, city) }),
});

/** These answers are made from a search; there is none without. Throws AssistantError. */
export function mustSearch({ search }: Call): void {
  if (!search) throw unaskable("this assistant always searches: take `search: false` out of its entry");
}

/**
 * One search, never from the vendor's cache: a repeat must be a new answer. When Google brings its overview later, the
 * reply holds a token that is good once and for a minute; then both bodies come as a list.
 */
export async function askSerpApi(access: SerpApiAccess, search: Parameters, tools: Tools): Promise<string> {
  const first = await get(access, search, tools);
  const token = optionalText(record(record(jsonOr(first))["ai_overview"])["page_token"]);
  if (token === null) return first;
  const second = await get(access, { engine: "google_ai_overview", page_token: token }, tools);
  return `[${first},${second}]`;
}

/** The key goes where SerpApi wants it, into the address, which nobody logs; a body that brings it back loses it. */
async function get({ apiKey, baseUrl }: SerpApiAccess, search: Parameters, tools: Tools): Promise<string> {
  const query = new URLSearchParams({ ...search, no_cache: "true", api_key: apiKey });
  const address = `${baseUrl.replace(/\/+$/, "")}/search.json?${query.toString()}`;
  const response = await tools.fetch(address, { signal: tools.signal });
  if (!response.ok) throw unreadable(`HTTP ${response.status}`);
  const spelled = [apiKey, encodeURIComponent(apiKey), new URLSearchParams({ k: apiKey }).toString().slice(2)];
  return spelled.reduce((body, key) => body.replaceAll(key, "[redacted]"), await response.text());
}

/** Reads one body, or the two of a later overview. Throws AssistantError. */
export function readSerpApi(bodies: Json[], context: ReadContext): Reply {
  const body = bodies.at(-1) ?? {};
  if (!bodies.every(isSerpApi)) throw unreadable("the reply is none of SerpApi's");
  const shown = Object.keys(record(body["ai_overview"])).length ? record(body["ai_overview"]) : body;
  const words = optionalText(shown["error"]) ?? optionalText(body["error"]);
  if (words !== null && !isAbsent(words)) throw failed(words);
  const status = optionalText(record(body["search_metadata"])["status"]);
  if (words === null && status !== null && status !== "Success") throw unreadable(`the search is ${status}`);
  const blocks = writeBlocks(text(shown["header"]), shown["text_blocks"]);
  const markdown = text(shown["reconstructed_markdown"]);
  if (!blocks.text && !markdown && optionalText(shown["page_token"]))
    throw unreadable("the reply only says where the overview is to be fetched");
  const references = listedPages(shown["references"]);
  const answer = markdown.trim() ? placed(markdown, blocks) : blocks;
  const citations = citationsOf(answer, references);
  const usage = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0, reasoningTokens: 0, searches: bodies.length };
  return {
    outcome: answer.text.trim() ? "answered" : Array.isArray(shown["text_blocks"]) && !words ? "empty" : "no_surface",
    text: answer.text,
    asides: [],
    servedModel: null,
    searches: [],
    sources: sourcesOf([...references.values()], citations),
    citations,
    usage, // searches are what is billed; tokens are not
    costMicroUsd: costMicroUsd(priceOf("serpapi", context.day, context.prices), usage),
    finish: words ?? status,
  };
}

const ownKeys = [
  "search_metadata",
  "search_parameters",
  "ai_overview",
  "text_blocks",
  "reconstructed_markdown",
  "error",
];
const isSerpApi = (body: Json): boolean => ownKeys.some((key) => body[key] !== undefined);

/** There was nothing to show, which is an answer about the surface; the rest is a search that failed. */
const isAbsent = (words: string): boolean =>
  /has(?:n['’]t| not) returned any results|not available for this search/i.test(words);

/** A failure that came with HTTP 200. "Can't generate an AI overview right now. Try again later." is Google's own. */
function failed(words: string): AssistantError {
  const status = /unsupported|missing|invalid/i.test(words) ? 400 : 500;
  const { again, reason } = readErrorReply({ status, headers: new Headers(), body: { error: words }, now: 0 });
  return new AssistantError({ again, reason, message: reason === "bad_key" ? "the key was refused" : words });
}

/** References by the number that blocks point to them with; without one, their place in the list. */
function listedPages(references: unknown): Map<number, Page> {
  const pages = new Map<number, Page>();
  records(references).forEach((reference, place) => {
    const page = pageOf(reference);
    const index = typeof reference["index"] === "number" ? reference["index"] : place;
    if (page && !pages.has(index)) pages.set(index, page);
  });
  return pages;
}

/** The same parts in the vendor's own whole text; a part that is not found there has no place. */
function placed(markdown: string, { parts }: Written): Written {
  const find = passagesIn(markdown);
  return {
    text: markdown,
    parts: parts.map((part) => ({ ...part, ...((part.words ? find(part.words) : null) ?? { start: 0, end: 0 }) })),
  };
}

function citationsOf({ text: written, parts }: Written, references: Map<number, Page>): WireCitation[] {
  const answer = new CitedText(written);
  return parts.flatMap((part) => [
    ...referencesOf(part.block).flatMap((index) => {
      const page = references.get(index);
      return page ? [citation(answer, page, part)] : []; // some numbers point past the end of the list
    }),
    ...records(part.block["snippet_links"]).flatMap((link) => {
      const page = pageOf(link);
      return page ? [linkCitation(answer, page, text(link["text"]), part)] : [];
    }),
  ]);
}

/** A reference stands for its whole block; when that has no place, the page's marker in the text may have one. */
function citation(answer: CitedText, page: Page, { start, end }: Part): WireCitation {
  if (end > start) return { ...page, start, end, kind: "block" };
  const marker = answer.placeMarker(page.url, 0, 0);
  return marker ? { ...page, ...marker, kind: "inline" } : { ...page, kind: "listed" };
}

/** A link covers its own words, or else the block it is in. */
function linkCitation(answer: CitedText, page: Page, label: string, part: Part): WireCitation {
  const at = label ? answer.text.slice(part.start, part.end).indexOf(label) : -1;
  if (at < 0) return citation(answer, page, part);
  return { ...page, start: part.start + at, end: part.start + at + label.length, kind: "inline" };
}

/** The bodies in a reply of either form. */
export const bodiesOf = (reply: unknown): Json[] => (Array.isArray(reply) ? list(reply).map(record) : [record(reply)]);
