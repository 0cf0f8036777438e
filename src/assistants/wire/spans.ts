/** Puts a provider's citation spans where they really stand in the text, in UTF-16 offsets. */

export interface Span {
  start: number;
  end: number;
}

/** Citations of one text that are read: far more than any answer has, few enough that none of them takes long. */
export const mostCitations = 2_000;

/**
 * The place of a citation marker that holds `url`. Tried in this order: the offsets as UTF-16, as code points, the
 * marker with this URL nearest to where it should be; else null: a wrong place is worse than none. A place that holds
 * more or less than a marker is not believed: after one emoji both counts hold the URL, a unit apart.
 */
export function placeMarker(text: string, url: string, start: number, end: number): Span | null {
  const isMarker = (span: Span): boolean => {
    const at = addressIn(text, url, span.start);
    if (at < 0 || at + url.length > span.end) return false;
    return /^[([].*[)\]]$|^https?:\S*$/s.test(text.slice(span.start, span.end));
  };
  if (Number.isInteger(start) && start >= 0) {
    const asUnits = { start, end: Math.min(end, text.length) };
    if (isMarker(asUnits)) return asUnits;
    const asPoints = { start: unitOffset(text, start), end: unitOffset(text, end) };
    if (isMarker(asPoints)) return asPoints;
  }
  return nearestMarker(text, url, start);
}

/** The place of the first marker with `url` from `from` on, for citations that come without offsets. */
export function placeAddress(text: string, url: string, from: number): Span | null {
  const at = addressIn(text, url, from);
  return at < 0 ? null : around(text, at, at + url.length);
}

/** Where `url` stands from `from` on as a whole address, not as a part of a longer one; else -1. */
function addressIn(text: string, url: string, from: number): number {
  let at = text.indexOf(url, from);
  while (at >= 0 && !(beginsAt(text, at) && endsAt(text, at + url.length))) at = text.indexOf(url, at + 1);
  return at;
}

const beginsAt = (text: string, at: number): boolean => at === 0 || !/[\w/=.-]/.test(text[at - 1]!);

/** The address is over here: what follows before the next space or bracket is at most the end of a sentence. */
const endsAt = (text: string, at: number): boolean =>
  text[at] === ")" || /^[.,;:!?*_~]*(?:$|[\s()<>[\]{}"'`|]|(?!\p{ASCII})[\p{P}\p{S}])/u.test(text.slice(at, at + 20));

/** UTF-16 offset of the code point number `points`. */
export function unitOffset(text: string, points: number): number {
  let at = 0;
  for (let i = 0; i < points && at < text.length; i++) at += text.codePointAt(at)! > 0xffff ? 2 : 1;
  return at;
}

function nearestMarker(text: string, url: string, near: number): Span | null {
  let best: Span | null = null;
  for (let at = addressIn(text, url, 0); at >= 0; at = addressIn(text, url, at + url.length)) {
    const span = around(text, at, at + url.length);
    if (!best || Math.abs(span.start - near) < Math.abs(best.start - near)) best = span;
  }
  return best;
}

/** Widens an address to the Markdown link, and the brackets, that hold it: `[a](url)`, `[[1]](url)`, `([a](url))`. */
function around(text: string, start: number, end: number): Span {
  if (text.slice(start - 2, start) !== "](" || text[end] !== ")") return { start, end };
  const open = opening(text, start - 2);
  if (open < 0) return { start, end };
  const bracketed = text[open - 1] === "(" && text[end + 1] === ")";
  return bracketed ? { start: open - 1, end: end + 2 } : { start: open, end: end + 1 };
}

/** The bracket that the one at `close` closes, on its line; else -1. */
function opening(text: string, close: number): number {
  let depth = 0;
  for (let at = close; at >= 0 && text[at] !== "\n"; at--) {
    if (text[at] === "]") depth++;
    if (text[at] === "[" && --depth === 0) return at;
  }
  return -1;
}
