/** Puts spans that are counted in UTF-8 bytes where they stand in the text, in UTF-16 offsets. */
import { number, text as textIn, type Json } from "./json.ts";
import type { Span } from "./spans.ts";

/** Segments looked for in the text when their offsets do not fit; each costs a walk through it. */
const mostSearches = 200;

/** The place of a segment `{ startIndex, endIndex, partIndex, text }`, or null. */
export type PlaceSegment = (segment: Json) => Span | null;

/**
 * A segment stands where its bytes hold its text: counted in the whole text, else in its part. Where they do not, it is
 * placed where its text stands, if that is one place only: a wrong place is worse than none.
 */
export function byteSpans(text: string, parts: string[]): PlaceSegment {
  const unitAt = unitOffsets(text);
  let searches = 0;
  const at = (start: number, end: number, wanted: string): Span | null => {
    const span = { start: unitAt[start] ?? -1, end: unitAt[end] ?? -1 };
    return span.start >= 0 && span.end >= 0 && text.slice(span.start, span.end) === wanted ? span : null;
  };
  return (segment) => {
    const wanted = textIn(segment["text"]);
    if (!wanted) return null;
    const start = number(segment["startIndex"]);
    const end = number(segment["endIndex"]);
    const before = parts.slice(0, number(segment["partIndex"])).reduce((sum, part) => sum + Buffer.byteLength(part), 0);
    const placed = at(start, end, wanted) ?? at(before + start, before + end, wanted);
    if (placed || searches++ >= mostSearches) return placed;
    const found = text.indexOf(wanted);
    return found >= 0 && text.indexOf(wanted, found + 1) < 0 ? { start: found, end: found + wanted.length } : null;
  };
}

/** UTF-16 offset by byte offset; -1 inside a character. */
function unitOffsets(text: string): Int32Array {
  const offsets = new Int32Array(Buffer.byteLength(text) + 1).fill(-1);
  let byte = 0;
  for (let unit = 0; unit < text.length;) {
    offsets[byte] = unit;
    const point = text.codePointAt(unit)!;
    byte += point < 0x80 ? 1 : point < 0x800 ? 2 : point > 0xffff ? 4 : 3;
    unit += point > 0xffff ? 2 : 1;
  }
  offsets[byte] = text.length;
  return offsets;
}
