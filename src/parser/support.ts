/** Finds the sentence or list item that a citation supports, and the brands named there. */
import type { Citation, Mention } from "../domain.ts";
import { isWordAt } from "./inline-chars.ts";
import { sentencesIn } from "./sentences.ts";
import { hiddenAt, lastBefore } from "./spans.ts";
import type { ReadingView, Span } from "./text.ts";

interface Segment extends Span {
  /** Counts the blocks, so that a marker at the head of a block does not reach into the one before. */
  block: number;
  kind: "sentence" | "item";
}

const item = /^\s*(?:[-*+•–]\s|\d{1,3}[.)]\s|\||>)/;
const heading = /^\s*#{1,6}\s/;
/** What else a line begins with makes neither an item nor a heading. */
const lineSigns = "#-*+•–|>0123456789";
/** Spans are not trimmed of more spaces than these: a thousand spans may lie over the same million of them. */
const mostSpaces = 400;
/** Spans with more mentions are asked brand by brand. */
const fewMentions = 64;

/** A text made ready to be asked for what stands where. */
interface Read {
  text: string;
  links: readonly Span[];
  hidden: readonly Span[];
  segments: readonly Segment[];
  /** Where the runs of letters and digits begin that a reader sees. */
  words: readonly number[];
}

/** Sets `supports` and `named` on each citation with a place. Time grows with text plus citations. */
export function addSupport(citations: Citation[], view: ReadingView, mentions: readonly Mention[]): void {
  if (!citations.some(({ start }) => start !== undefined)) return;
  const { text, hidden, links } = view;
  const read = { text, hidden, links, segments: readSegments(text), words: readWords(view) };
  const named = namesIn(mentions);
  for (const citation of citations) {
    const supports = supportOf(citation, read);
    if (supports) Object.assign(citation, { supports, named: named(supports) });
  }
}

function readWords({ text, hidden }: ReadingView): number[] {
  const words: number[] = [];
  let next = 0;
  let inWord = false;
  for (let at = 0; at < text.length; at++) {
    const isWord = isWordAt(text, at);
    if (isWord && !inWord) {
      while (next < hidden.length && hidden[next]!.end <= at) next++;
      if (next === hidden.length || hidden[next]!.start > at) words.push(at);
    }
    inWord = isWord;
  }
  return words;
}

function readSegments(text: string): Segment[] {
  const segments: Segment[] = [];
  let block = 0;
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    const from = afterSpaces(text, start, Math.min(end, start + 40));
    const isBlank = from === Math.min(end, start + 40);
    const line = !isBlank && lineSigns.includes(text[from]!) ? text.slice(start, Math.min(end, start + 40)) : "";
    if (isBlank || heading.test(line)) block++;
    if (item.test(line)) segments.push({ start, end, block: ++block, kind: "item" });
    else if (!isBlank)
      for (const sentence of sentencesIn(text, start, end)) segments.push({ ...sentence, block, kind: "sentence" });
    start = end + 1;
  }
  return segments;
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
  const word = wordBefore(read, seen ? end : start);
  const home = word === undefined ? undefined : read.segments[lastBefore(read.segments, word)];
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

function trimmed(text: string, from: number, to: number): Span {
  const start = afterSpaces(text, from, Math.min(to, from + mostSpaces));
  let end = to;
  while (end > start && to - end < mostSpaces && isSpaceAt(text, end - 1)) end--;
  return { start, end };
}

function afterSpaces(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && isSpaceAt(text, at)) at++;
  return at;
}

/** As patterns understand spaces. */
function isSpaceAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit < 0x80 ? unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) : /\s/.test(text[at]!);
}

const overlapsAny = ({ start, end }: Span, links: readonly Span[]): boolean => {
  const before = links[lastBefore(links, end - 1)];
  return before !== undefined && before.start < end && before.end > start;
};

/** Where the last word begins that a reader sees before a place. */
function wordBefore({ words }: Read, place: number): number | undefined {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle]! < place) low = middle + 1;
    else high = middle;
  }
  return words[low - 1];
}

/** True when a word that a reader sees begins between the two places. */
const hasWords = (read: Read, start: number, end: number): boolean => (wordBefore(read, end) ?? -1) >= start;

/** Tells the brands with a mention that starts in a span, each once, in order. */
function namesIn(mentions: readonly Mention[]): (span: Span) => string[] {
  const certain = mentions.filter(({ certainty }) => certainty !== "uncertain");
  let byBrand: Map<string, Mention[]> | null = null;
  return ({ start, end }) => {
    const from = lastBefore(certain, start - 1) + 1;
    const to = lastBefore(certain, end - 1) + 1;
    if (to - from <= fewMentions) return [...new Set(certain.slice(from, to).map(({ brand }) => brand))];
    byBrand ??= grouped(certain);
    const first = [...byBrand].flatMap(([brand, own]) => {
      const mention = own[lastBefore(own, start - 1) + 1];
      return mention && mention.start < end ? [{ brand, at: mention.start }] : [];
    });
    return first.sort((a, b) => a.at - b.at).map(({ brand }) => brand);
  };
}

function grouped(mentions: readonly Mention[]): Map<string, Mention[]> {
  const byBrand = new Map<string, Mention[]>();
  for (const mention of mentions) {
    const own = byBrand.get(mention.brand);
    if (own) own.push(mention);
    else byBrand.set(mention.brand, [mention]);
  }
  return byBrand;
}
