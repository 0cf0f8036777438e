/** Numbered markers, `[7]`, and the pages they stand for. */
import type { Source, WireCitation } from "../../domain.ts";
import { titled } from "./json.ts";
import type { Span } from "./spans.ts";

export interface Page {
  url: string;
  title?: string;
}

export interface Marker extends Span {
  number: number;
}

/** The markers of a text, in order. A link's text and an entry of a list of addresses cite nothing. */
export const markersIn = (text: string): Marker[] =>
  [...text.matchAll(/\[(\d{1,3})\](?!\(|:?[ \t]*https?:)/g)].map((match) => ({
    number: Number(match[1]),
    start: match.index,
    end: match.index + match[0].length,
  }));

/** A citation for every marker that stands for a page; numbers without a page are dropped. */
export const citedByMarkers = (text: string, pageOf: (number: number) => Page | undefined): WireCitation[] =>
  markersIn(text).flatMap(({ number, start, end }) => {
    const page = pageOf(number);
    return page ? [{ url: page.url, ...titled(page.title), start, end, kind: "inline" as const }] : [];
  });

/** Pages looked at and pages cited, each once. */
export function sourcesOf(seen: Page[], citations: WireCitation[]): Source[] {
  const sources = new Map<string, Source>();
  for (const { url, title } of seen)
    if (url && !sources.has(url)) sources.set(url, { url, ...titled(title), cited: false });
  for (const { url, title } of citations) sources.set(url, { ...titled(title), ...sources.get(url), url, cited: true });
  return [...sources.values()];
}
