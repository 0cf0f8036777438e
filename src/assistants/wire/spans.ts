/** Puts a provider's citation spans where they really stand in the text, in UTF-16 offsets. */

export interface Span {
  start: number;
  end: number;
}

/** Citations of one text that are read: far more than any answer has, few enough that none of them takes long. */
export const mostCitations = 2_000;

/** A marker has a link's label and address; what is longer is none. */
const longestMarker = 4_000;
/** Letters looked through for addresses: a hundred citations of 10 kB need a million, and only a hostile reply more than this. */
const mostLooked = 100_000_000;
/** Code points between two known places. */
const step = 1_024;

/** A text in which citations are to be placed; what was found once is not looked for again. */
export class CitedText {
  readonly text: string;
  #looked = 0;
  readonly #spans = new Map<string, Span[]>();
  /** Where every so many code points begin; null until asked for. */
  #places: number[] | null = null;

  constructor(text: string) {
    this.text = text;
  }

  /**
   * The place of a citation marker that holds `url`. Tried in this order: the offsets as UTF-16, as code points, the
   * marker with this URL nearest to where it should be; else null: a wrong place is worse than none. A place that holds
   * more or less than a marker is not believed: after one emoji both counts hold the URL, a unit apart.
   */
  placeMarker(url: string, start: number, end: number): Span | null {
    if (Number.isInteger(start) && start >= 0) {
      const asUnits = { start, end: Math.min(end, this.text.length) };
      if (this.#isMarker(url, asUnits)) return asUnits;
      const asPoints = { start: this.unitOffset(start), end: this.unitOffset(end) };
      if (this.#isMarker(url, asPoints)) return asPoints;
    }
    return nearest(this.#markersOf(url), start);
  }

  /** The place of the first marker with `url` from `from` on, for citations that come without offsets. */
  placeAddress(url: string, from: number): Span | null {
    return this.#markersOf(url).find((span) => span.end > from + url.length - 1) ?? null;
  }

  /** UTF-16 offset of the code point number `points`; the text's length beyond its end. */
  unitOffset(points: number): number {
    const places = (this.#places ??= placesIn(this.text));
    const known = Math.min(Math.max(0, Math.floor(points / step)), places.length - 1);
    let at = places[known]!;
    for (let i = known * step; i < points && at < this.text.length; i++) at = after(this.text, at);
    return at;
  }

  #isMarker(url: string, { start, end }: Span): boolean {
    if (end - start > longestMarker + url.length) return false;
    const marker = this.text.slice(start, end);
    return /^[([].*[)\]]$|^https?:\S*$/s.test(marker) && holdsAddress(this.text, url, start, end);
  }

  #markersOf(url: string): Span[] {
    const known = this.#spans.get(url);
    if (known) return known;
    const spans: Span[] = [];
    if (this.#looked < mostLooked)
      for (let at = addressIn(this.text, url, 0); at >= 0; at = addressIn(this.text, url, at + url.length))
        spans.push(around(this.text, at, at + url.length));
    this.#looked += this.text.length;
    this.#spans.set(url, spans);
    return spans;
  }
}

/** The one of some spans in order that begins nearest to a place; of two as near the first. */
export function nearest<T extends Span>(spans: readonly T[], place: number): T | null {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.start < place) low = middle + 1;
    else high = middle;
  }
  const [before, from] = [spans[low - 1], spans[low]];
  if (!before || !from) return before ?? from ?? null;
  return place - before.start <= from.start - place ? before : from;
}

const after = (text: string, at: number): number => at + (text.codePointAt(at)! > 0xffff ? 2 : 1);

function placesIn(text: string): number[] {
  const places = [0];
  let at = 0;
  for (let points = 1; at < text.length; points++) {
    at = after(text, at);
    if (points % step === 0) places.push(at);
  }
  return places;
}

/** Whether a whole address stands between two places. */
function holdsAddress(text: string, url: string, start: number, end: number): boolean {
  const window = text.slice(start, end);
  for (let at = window.indexOf(url); at >= 0; at = window.indexOf(url, at + 1))
    if (beginsAt(text, start + at) && endsAt(text, start + at + url.length)) return true;
  return false;
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
