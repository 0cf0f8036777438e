/** Finds the sentence or list item that a citation supports, and the brands named there. */
import type { Citation, Mention } from "../domain.ts";
import type { ReadingView, Span } from "./text.ts";

interface Segment extends Span {
  /** Counts the blocks, so that a marker at the head of a block does not reach into the one before. */
  block: number;
  kind: "sentence" | "item";
}

const item = /^\s*(?:[-*+•–]\s|\d{1,3}[.)]\s|\||>)/;
const heading = /^\s*#{1,6}\s/;
/** A sentence ends here; closing marks belong to it. The full-width ones need no space after them. */
const sentenceEnd = /[.!?…](?:["”’»)*_]{0,4})(?=\s+(?!\p{Ll}))|[。！？]/gu;
/** Longest wait for the first visible letter of a span. */
const look = 2000;

/** Sets `supports` and `named` on each citation with a place. Time grows with text plus citations. */
export function addSupport(citations: Citation[], view: ReadingView, mentions: readonly Mention[]): void {
  if (!citations.some(({ start }) => start !== undefined)) return;
  const segments = readSegments(view.text);
  const names = new Map<string, string[]>();
  for (const citation of citations) {
    const supports = supportOf(citation, view, segments);
    if (!supports) continue;
    const key = `${supports.start}:${supports.end}`;
    const named = names.get(key) ?? namedIn(supports, mentions);
    names.set(key, named);
    Object.assign(citation, { supports, named });
  }
}

function readSegments(text: string): Segment[] {
  const segments: Segment[] = [];
  let block = 0;
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, Math.min(end, start + 40));
    if (line.trim() === "" || heading.test(line)) block++;
    if (item.test(line)) segments.push({ start, end, block: ++block, kind: "item" });
    else if (line.trim() !== "") pushSentences(text, { start, end }, block, segments);
    start = end + 1;
  }
  return segments;
}

function pushSentences(text: string, line: Span, block: number, segments: Segment[]): void {
  const words = text.slice(line.start, line.end);
  let start = line.start;
  for (const { index, 0: mark } of words.matchAll(sentenceEnd)) {
    const end = line.start + index + mark.length;
    segments.push({ start, end, block, kind: "sentence" });
    start = end;
  }
  if (start < line.end) segments.push({ start, end: line.end, block, kind: "sentence" });
}

function supportOf(citation: Citation, view: ReadingView, segments: Segment[]): Span | undefined {
  const { start, end, kind } = citation;
  if (start === undefined || end === undefined || end <= start || end > view.text.length) return undefined;
  const link = view.links.length > 0 && overlapsAny(citation as Span, view.links);
  if (kind === "block" || (!link && hasWords(view, start, end) && end - start > 1 && isLong(view.text, start, end)))
    return trimmed(view.text, start, end);
  let at = lastBefore(segments, start);
  const segment = segments[at];
  if (!segment || (hiddenAt(view, segment.start) && hiddenAt(view, segment.start)!.end >= segment.end))
    return undefined;
  if (segment.kind === "item")
    return hasWords(view, segment.start, segment.end) ? whole(view.text, segment) : undefined;
  // a marker after the full stop belongs to the sentence before it
  while (at >= 0 && !hasWords(view, segments[at]!.start, Math.max(start, endOfLabel(view, citation as Span)))) {
    at--;
    if (at < 0 || segments[at]!.block !== segment.block || segments[at]!.kind === "item") return undefined;
    if (hasWords(view, segments[at]!.start, segments[at]!.end)) break;
  }
  return whole(view.text, segments[at]!);
}

/** A link's label is read as words; of a marker nothing is. */
const endOfLabel = (view: ReadingView, { start, end }: Span): number => (hasWords(view, start, end) ? end : start);

/** Grounding spans cover words and a space at least; a lone word is a marker such as a number. */
const isLong = (text: string, start: number, end: number): boolean =>
  /\s/.test(text.slice(start, end).trim().slice(0, 400));

const whole = (text: string, { start, end }: Span): Span => trimmed(text, start, end);

function trimmed(text: string, start: number, end: number): Span {
  while (start < end && /\s/.test(text[start]!)) start++;
  while (end > start && /\s/.test(text[end - 1]!)) end--;
  return { start, end };
}

/** Index of the last span that starts at or before `at`; -1 when there is none. */
export function lastBefore(spans: readonly Span[], at: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.start <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export function hiddenAt(view: ReadingView, at: number): Span | undefined {
  const span = view.hidden[lastBefore(view.hidden, at)];
  return span && at < span.end ? span : undefined;
}

const overlapsAny = ({ start, end }: Span, links: readonly Span[]): boolean => {
  const before = links[lastBefore(links, end - 1)];
  return before !== undefined && before.start < end && before.end > start;
};

/** True when a letter or digit that a reader sees stands between the two places. */
function hasWords(view: ReadingView, start: number, end: number): boolean {
  const until = Math.min(end, start + look);
  for (let at = start; at < until; at++) {
    const hidden = hiddenAt(view, at);
    if (hidden) at = hidden.end - 1;
    else if (/[\p{L}\p{N}]/u.test(view.text[at]!)) return true;
  }
  return false;
}

/** Brands with a mention that starts in the span, each once, in order. */
function namedIn({ start, end }: Span, mentions: readonly Mention[]): string[] {
  const named = new Set<string>();
  for (let at = lastBefore(mentions, start - 1) + 1; at < mentions.length && mentions[at]!.start < end; at++)
    if (mentions[at]!.certainty !== "uncertain") named.add(mentions[at]!.brand);
  return [...named];
}
