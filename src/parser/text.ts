/** The reading view: which parts of an answer a reader sees as words, and which are markup, addresses or markers. */
import type { Aside } from "../domain.ts";
import { readInline } from "./inline.ts";
import { readLines } from "./inline-lines.ts";

export interface Span {
  start: number;
  end: number;
}

/** A part that is not read as it stands. */
export interface HiddenSpan extends Span {
  /** What is read in its place: nothing ("") where it parts no word; without it, a gap between words. */
  shown?: string;
  /** A list of sources or a footnote. */
  listed?: true;
}

/** A link written in the text. */
export interface TextLink extends Span {
  /** Without what only escapes it. */
  url: string;
  title?: string;
  /** It stands in a list of sources or a footnote, or is a definition that no label uses. */
  listed?: true;
  /** `[label](url)`, `[label][name]`, `[name]: url`, `<url>`, `url` or `<a href="url">`. */
  form?: "inline" | "reference" | "definition" | "angle" | "bare" | "html";
}

export interface ReadingView {
  text: string;
  /** Parts that are not words, in order, not overlapping. A name across one is still read where it shows as "". */
  hidden: HiddenSpan[];
  links: TextLink[];
  /** Addresses that nothing marks as such, as in "källa: di.se": they are only told from names once those are known. */
  addresses: TextLink[];
}

/** Reads the structure of an answer. Offsets are UTF-16 into `text`; asides are hidden. Linear in time. */
export function readText(text: string, asides: Aside[] = []): ReadingView {
  const lines = readLines(text);
  const { hidden, links } = readInline(text, lines);
  for (const { url, title, start, end, used } of lines.definitions.values())
    if (!used && /^(?:https?:\/\/|www\.)/i.test(url))
      links.push({ start, end, url, listed: true, form: "definition", ...(title ? { title } : {}) });
  links.sort((a, b) => a.start - b.start);
  for (const span of lines.hidden) hidden.push(span);
  for (const { start, end } of asides) hidden.push({ start, end });
  return { text, hidden: inOrder(hidden), links, addresses: [] };
}

/** The same view with addresses and labels that are addresses, in which no name is read. */
export const withAddresses = (view: ReadingView, addresses: TextLink[], labels: Span[] = []): ReadingView =>
  addresses.length + labels.length === 0
    ? view
    : {
        ...view,
        addresses,
        hidden: inOrder([...view.hidden, ...[...addresses, ...labels].map(({ start, end }) => ({ start, end }))]),
      };

/** Sorts what is hidden and takes away what lies inside something else. */
function inOrder(spans: HiddenSpan[]): HiddenSpan[] {
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: HiddenSpan[] = [];
  let last = 0;
  for (const span of spans) {
    if (span.end <= last || span.end <= span.start) continue;
    kept.push(span.start < last ? { start: last, end: span.end } : span);
    last = span.end;
  }
  return kept;
}
