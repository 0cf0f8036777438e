/** Puts a provider's citation spans where they really stand in the text, in UTF-16 offsets. */

export interface Span {
  start: number;
  end: number;
}

/**
 * The place of a citation marker that holds `url`. Tried in this order: the offsets as UTF-16, as code points, the
 * marker with this URL nearest to where it should be; else null: a wrong place is worse than none. A place that holds
 * more or less than a marker is not believed: after one emoji both counts hold the URL, a unit apart.
 */
export function placeMarker(text: string, url: string, start: number, end: number): Span | null {
  const isMarker = (span: Span): boolean => {
    const slice = text.slice(span.start, span.end);
    return slice.includes(url) && /^[([].*[)\]]$|^https?:\S*$/s.test(slice);
  };
  if (start >= 0) {
    const asUnits = { start, end: Math.min(end, text.length) };
    if (isMarker(asUnits)) return asUnits;
    const asPoints = { start: unitOffset(text, start), end: unitOffset(text, end) };
    if (isMarker(asPoints)) return asPoints;
  }
  return nearestMarker(text, url, start);
}

/** UTF-16 offset of the code point number `points`. */
export function unitOffset(text: string, points: number): number {
  let at = 0;
  for (let i = 0; i < points && at < text.length; i++) at += text.codePointAt(at)! > 0xffff ? 2 : 1;
  return at;
}

function nearestMarker(text: string, url: string, near: number): Span | null {
  let best: Span | null = null;
  for (let at = text.indexOf(url); at >= 0; at = text.indexOf(url, at + url.length)) {
    const span = around(text, at, at + url.length);
    if (!best || Math.abs(span.start - near) < Math.abs(best.start - near)) best = span;
  }
  return best;
}

/** Widens an address to the Markdown link, and the brackets, that hold it. */
function around(text: string, start: number, end: number): Span {
  if (text.slice(start - 2, start) !== "](" || text[end] !== ")") return { start, end };
  const line = text.lastIndexOf("\n", start) + 1;
  const open = text.lastIndexOf("[", start - 2);
  if (open < line) return { start, end };
  const bracketed = text[open - 1] === "(" && text[end + 1] === ")";
  return bracketed ? { start: open - 1, end: end + 2 } : { start: open, end: end + 1 };
}
