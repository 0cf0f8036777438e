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
/** A text made ready to be asked for what stands where. */
interface Read {
  text: string;
  links: readonly Span[];
  hidden: readonly Span[];
  segments: readonly Segment[];
  /** Runs of letters and digits that a reader sees. */
  words: readonly Span[];
}

/** Sets `supports` and `named` on each citation with a place. Time grows with text plus citations. */
export function addSupport(citations: Citation[], view: ReadingView, mentions: readonly Mention[]): void {
  if (!citations.some(({ start }) => start !== undefined)) return;
  const { text, hidden, links } = view;
  const read = { text, hidden, links, segments: readSegments(text), words: readWords(view) };
  const names = new Map<string, string[]>();
  for (const citation of citations) {
    const supports = supportOf(citation, read);
    if (!supports) continue;
    const key = `${supports.start}:${supports.end}`;
    const named = names.get(key) ?? namedIn(supports, mentions);
    names.set(key, named);
    Object.assign(citation, { supports, named });
  }
}

function readWords(view: ReadingView): Span[] {
  const words: Span[] = [];
  for (const { index, 0: word } of view.text.matchAll(/[\p{L}\p{N}]+/gu))
    if (!hiddenAt(view, index)) words.push({ start: index, end: index + word.length });
  return words;
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

function supportOf({ start, end, kind }: Citation, read: Read): Span | undefined {
  if (start === undefined || end === undefined || end <= start || end > read.text.length) return undefined;
  const seen = hasWords(read, start, end);
  if (kind === "block" || (seen && !overlapsAny({ start, end }, read.links) && isPhrase(read.text, start, end)))
    return trimmed(read.text, start, end);
  const segment = read.segments[lastBefore(read.segments, start)];
  if (!segment || isSourceList(segment, read)) return undefined;
  if (segment.kind === "item")
    return hasWords(read, segment.start, segment.end) ? trimmed(read.text, segment.start, segment.end) : undefined;
  // a marker after the full stop belongs to the sentence before it; a link's label is words of its own sentence
  const word = read.words[lastBefore(read.words, (seen ? end : start) - 1)];
  const home = word && read.segments[lastBefore(read.segments, word.start)];
  if (home?.block === segment.block && home.kind === "sentence") return trimmed(read.text, home.start, home.end);
  return hasWords(read, segment.start, segment.end) ? trimmed(read.text, segment.start, segment.end) : undefined;
}

/** Grounding spans cover words and a space at least; a lone word is a marker such as a number. */
const isPhrase = (text: string, start: number, end: number): boolean =>
  /\S\s+\S/.test(text.slice(start, Math.min(end, start + 400)).trim());

/** A segment that is hidden whole is no part of what the answer says. */
function isSourceList({ start, end }: Segment, read: Read): boolean {
  const hidden = hiddenAt(read, start);
  return hidden !== undefined && hidden.start < start && hidden.end > end;
}

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

export function hiddenAt(view: Pick<Read, "hidden">, at: number): Span | undefined {
  const span = view.hidden[lastBefore(view.hidden, at)];
  return span && at < span.end ? span : undefined;
}

const overlapsAny = ({ start, end }: Span, links: readonly Span[]): boolean => {
  const before = links[lastBefore(links, end - 1)];
  return before !== undefined && before.start < end && before.end > start;
};

/** True when a word that a reader sees begins between the two places. */
function hasWords({ words }: Read, start: number, end: number): boolean {
  const last = words[lastBefore(words, end - 1)];
  return last !== undefined && last.start >= start;
}

/** Brands with a mention that starts in the span, each once, in order. */
function namedIn({ start, end }: Span, mentions: readonly Mention[]): string[] {
  const named = new Set<string>();
  for (let at = lastBefore(mentions, start - 1) + 1; at < mentions.length && mentions[at]!.start < end; at++)
    if (mentions[at]!.certainty !== "uncertain") named.add(mentions[at]!.brand);
  return [...named];
}
