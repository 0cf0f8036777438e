/** Numbered markers, `[7]`, and the pages they stand for. */
import type { Source, WireCitation } from "../../domain.ts";
import { titled } from "./json.ts";
import { mostCitations, type Span } from "./spans.ts";

export interface Page {
  url: string;
  title?: string;
}

export interface Marker extends Span {
  number: number;
}

const marker = /\[(\d{1,3})\](?!\(|:?[ \t]*https?:)/g;

/**
 * The markers of a text, in order, as far as citations are read. A link's text and an entry of a list of addresses cite
 * nothing.
 */
export function markersIn(text: string): Marker[] {
  const markers: Marker[] = [];
  for (const { 0: whole, 1: number, index } of text.matchAll(marker)) {
    if (markers.length === mostCitations) break;
    markers.push({ number: Number(number), start: index, end: index + whole.length });
  }
  return markers;
}

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
