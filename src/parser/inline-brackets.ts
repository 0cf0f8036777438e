/** Reads what follows a link's label: `(target "title")`, or `[name]` of a definition that stands elsewhere. */
import { plainTarget } from "./inline-entities.ts";
import { isAsciiMark, isSpace } from "./inline-chars.ts";

export interface Target {
  url: string;
  title: string | null;
  /** Behind the closing bracket. */
  end: number;
}

/** Brackets within a target, as in CommonMark's reference; more of them are an attack. */
const deepest = 32;
const longestTarget = 4096;
const longestTitle = 1024;
const longestName = 200;

/** The target in the round bracket at `open`, or null where it is none. */
export function readTarget(text: string, open: number, limit: number): Target | null {
  const from = afterSpaces(text, open + 1, limit);
  const to = targetEnd(text, from, limit);
  if (to < 0) return null;
  const angled = text.charCodeAt(from) === 0x3c && to > from;
  const url = plainTarget(angled ? text.slice(from + 1, to - 1) : text.slice(from, to));
  let at = afterSpaces(text, to, limit);
  let title: string | null = null;
  if (at > to) {
    const titleEnd = readTitle(text, at, limit);
    if (titleEnd > at) {
      title = plainTarget(text.slice(at + 1, titleEnd - 1));
      at = afterSpaces(text, titleEnd, limit);
    }
  }
  return at < limit && text.charCodeAt(at) === 0x29 ? { url, title, end: at + 1 } : null;
}

/** Where a link's target ends, or -1. */
export function targetEnd(text: string, from: number, limit: number): number {
  const last = Math.min(limit, from + longestTarget);
  if (text.charCodeAt(from) === 0x3c) {
    for (let at = from + 1; at < last; at++) {
      const unit = text.charCodeAt(at);
      if (unit === 0x3e) return at + 1;
      if (unit === 0x0a || unit === 0x3c) return -1;
      if (unit === 0x5c) at++;
    }
    return -1;
  }
  let depth = 0;
  let at = from;
  for (; at < last; at++) {
    const unit = text.charCodeAt(at);
    if (unit <= 0x20 || unit === 0x7f) break;
    if (unit === 0x5c && isAsciiMark(text.charCodeAt(at + 1))) at++;
    else if (unit === 0x28 && ++depth > deepest) return -1;
    else if (unit === 0x29 && --depth < 0) break;
  }
  return Math.min(at, last);
}

/** Where the title that begins at `at` ends, its quotes included; `at` itself where none begins. */
export function readTitle(text: string, at: number, limit: number): number {
  const closers: Record<string, number> = { '"': 0x22, "'": 0x27, "(": 0x29 };
  const closer = closers[text[at] ?? ""];
  if (closer === undefined) return at;
  const last = Math.min(limit, at + longestTitle);
  for (let run = at + 1; run < last; run++) {
    const unit = text.charCodeAt(run);
    if (unit === closer) return run + 1;
    if (unit === 0x5c) run++;
  }
  return at;
}

/** The name in the square bracket at `open`, as in `[label][name]`, or null. */
export function readName(text: string, open: number, limit: number): { name: string; end: number } | null {
  const last = Math.min(limit, open + longestName);
  for (let at = open + 1; at < last; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x5d) return { name: text.slice(open + 1, at), end: at + 1 };
    if (unit === 0x5b) return null;
    if (unit === 0x5c) at++;
  }
  return null;
}

/** Names of definitions match whatever their case and spaces. */
export const definitionName = (label: string): string => label.trim().replace(/\s+/g, " ").toLowerCase();

function afterSpaces(text: string, at: number, limit: number): number {
  let next = at;
  while (next < limit && isSpace(text.charCodeAt(next))) next++;
  return next;
}
