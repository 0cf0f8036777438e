/** Folds text for comparison: case, composed letters, apostrophes, hyphens and spaces; knows where each unit stood. */
import type { Span } from "./text.ts";

/** Marks read with one letter, as in Unicode's stream-safe text; longer heaps cost quadratic time to compose. */
const mostMarks = 30;

const same: Record<string, string> = {
  "\u2019": "'",
  "\u2018": "'",
  "\u02bc": "'",
  "\u2010": "-",
  "\u2011": "-",
  "\u2012": "-",
  "\u2013": "-",
  "\u00a0": " ",
  "\u2009": " ",
  "\u202f": " ",
};
const invisible = new Set([0x00ad, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff]);

/** Korean vowels and final letters stand on the letter before them, as marks do. */
const isMark = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code >= 0x300 && ((code >= 0x1160 && code <= 0x11ff) || /^\p{M}/u.test(text.slice(at, at + 2)));
};

/** Letters with their marks in one, whichever way they came. */
function compose(cluster: string): string {
  const code = cluster.charCodeAt(0);
  return same[cluster] ?? cluster.normalize(code >= 0xff01 && code <= 0xff9f ? "NFKC" : "NFC");
}

/** What a character is to a word; of some units only the letter they are part of can say it. */
export const kind = { other: 0, word: 1, mark: 2, special: 3 } as const;

/** An enclosing mark makes a sign of what it encloses: the keycap of `1\u20e3` is no digit. */
function kindOf(point: number): number {
  const letter = String.fromCodePoint(point);
  return /[\p{L}\p{N}]/u.test(letter) ? kind.word : /[\p{Mn}\p{Mc}]/u.test(letter) ? kind.mark : kind.other;
}

/** Of each UTF-16 unit what it is to a word; marks and halves of pairs are special. */
export const kinds = new Uint8Array(0x10000);
{
  const all = Buffer.from(Uint16Array.from(kinds, (_, unit) => unit).buffer).toString("utf16le");
  for (const { index, 0: run } of all.matchAll(/[\p{L}\p{N}]+/gu)) kinds.fill(kind.word, index, index + run.length);
  for (const { index, 0: run } of all.matchAll(/[\p{Mn}\p{Mc}\p{Cs}]+/gu))
    kinds.fill(kind.special, index, index + run.length);
  kinds.fill(kind.special, 0xd800, 0xe000);
}

/** What a unit folds to that folds one to one when no mark follows; 0 for all others. Filled as units are met. */
const alone = new Uint16Array(0x10000);
const tried = new Uint8Array(0x10000);

function learn(text: string, at: number): void {
  const code = text.charCodeAt(at);
  tried[code] = 1;
  if (invisible.has(code) || code >> 11 === 0x1b || isMark(text, at)) return;
  const folded = compose(text[at]!).toLowerCase();
  if (folded.length === 1 && kinds[folded.charCodeAt(0)] !== kind.special) alone[code] = folded.charCodeAt(0);
}

/** Units of which the places are known: each stands where the one before ends, or all stand in one place. */
interface Run {
  unit: number;
  start: number;
  /** 0 where each has a place of its own. */
  end: number;
  capital: boolean;
  inWord: boolean;
}

/** The text's UTF-16 units: reading them one by one from a string costs more than all that is done with them. */
function unitsOf(text: string): Uint16Array {
  const bytes = Buffer.allocUnsafeSlow(text.length * 2);
  bytes.write(text, "utf16le");
  return new Uint16Array(bytes.buffer, 0, text.length);
}

/** Folded text, filled from the left. */
export class FoldedText {
  /** UTF-16 units; only the first `length` count. */
  units: Uint16Array;
  length = 0;
  readonly #text: string;
  readonly #raw: Uint16Array;
  readonly #runs: Run[] = [];

  /** Empty, with room for all of `text`, to which places refer. */
  constructor(text: string) {
    this.#text = text;
    this.#raw = unitsOf(text);
    this.units = new Uint16Array(text.length + 16);
  }

  /** Adds what stands in the text from `start` to `end`. Linear in time. */
  add(start: number, end: number): void {
    this.#room(end - start);
    for (let at = start, open = start; ; open = at) {
      at = this.#addAlone(at, end);
      if (at >= end) return;
      const from = at > open && isMark(this.#text, at) ? at - 1 : at;
      if (from < at) this.length--; // the letter before the mark was taken for one that has none
      at = clusterEnd(this.#text, from, end);
      this.#addCluster(this.#text.slice(from, at), from, at);
    }
  }

  /** Adds `shown`, which is read in place of what stands from `start` to `end`. */
  addInstead(shown: string, { start, end }: Span): void {
    for (let from = 0; from < shown.length;) {
      const next = clusterEnd(shown, from, shown.length);
      this.#addCluster(shown.slice(from, next), start, end);
      from = next;
    }
  }

  /** Where in the text the letter of a unit begins. */
  startAt(unit: number): number {
    const run = this.#runOf(unit);
    return run.end === 0 ? run.start + unit - run.unit : run.start;
  }

  /** Where it ends. */
  endAt(unit: number): number {
    const run = this.#runOf(unit);
    return run.end === 0 ? run.start + unit - run.unit + 1 : run.end;
  }

  /** 1 where folding took a capital away. */
  capitalAt(unit: number): number {
    const run = this.#runOf(unit);
    if (run.end !== 0) return run.capital ? 1 : 0;
    const code = this.#raw[run.start + unit - run.unit]!;
    if (code < 0x80) return code >= 0x41 && code <= 0x5a ? 1 : 0;
    const letter = compose(String.fromCharCode(code));
    return letter.toLowerCase() === letter ? 0 : 1;
  }

  /** True for a letter or digit of any script, and for the marks on it. */
  inWord(unit: number): boolean {
    const known = kinds[this.units[unit]!]!;
    return known === kind.special ? this.#runOf(unit).inWord : known === kind.word;
  }

  /** True where a word may begin or end before a unit. */
  isBoundary(unit: number): boolean {
    return unit <= 0 || unit >= this.length || !this.inWord(unit - 1) || !this.inWord(unit);
  }

  /** Adds units for as long as they fold one to one; where it stopped. */
  #addAlone(start: number, end: number): number {
    const { units } = this;
    const raw = this.#raw;
    let count = this.length;
    let at = start;
    for (; at < end; at++) {
      const code = raw[at]!;
      let unit = alone[code]!;
      if (unit === 0) {
        if (tried[code] === 1) break;
        learn(this.#text, at);
        unit = alone[code]!;
        if (unit === 0) break;
      }
      units[count++] = unit;
    }
    if (at > start) this.#runs.push({ unit: this.length, start, end: 0, capital: false, inWord: false });
    this.length = count;
    return at;
  }

  /** Adds one letter with its marks, which may fold to several units. */
  #addCluster(cluster: string, start: number, end: number): void {
    if (invisible.has(cluster.charCodeAt(0))) return;
    const composed = compose(cluster);
    const folded = composed.toLowerCase();
    this.#room(folded.length + this.#raw.length - end);
    const base = kindOf(folded.codePointAt(0)!);
    const inWord = base === kind.word || (base === kind.mark && this.length > 0 && this.inWord(this.length - 1));
    this.#runs.push({ unit: this.length, start, end, capital: folded !== composed, inWord });
    for (let i = 0; i < folded.length; i++) this.units[this.length++] = folded.charCodeAt(i);
  }

  /** Makes room for so many more units. */
  #room(more: number): void {
    if (this.length + more <= this.units.length) return;
    const units = new Uint16Array((this.length + more) * 2);
    units.set(this.units);
    this.units = units;
  }

  #runOf(unit: number): Run {
    let low = 0;
    let high = this.#runs.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#runs[middle]!.unit <= unit) low = middle;
      else high = middle;
    }
    return this.#runs[low]!;
  }
}

/** Where the letter that begins at `from` ends, with the marks on it. */
function clusterEnd(text: string, from: number, end: number): number {
  let next = from + (text.codePointAt(from)! > 0xffff ? 2 : 1);
  for (let marks = 0; marks < mostMarks && next < end && isMark(text, next); marks++)
    next += text.codePointAt(next)! > 0xffff ? 2 : 1;
  return Math.min(next, end);
}

export interface Folded {
  /** UTF-16 units of the folded text. */
  units: Uint16Array;
  /** Where in the original the letter of each unit begins ... */
  offsets: Uint32Array;
  /** ... and ends. */
  ends: Uint32Array;
  /** 1 where folding took a capital away. */
  capitals: Uint8Array;
}

/** All of a text folded. */
export function foldAll(text: string): FoldedText {
  const folded = new FoldedText(text);
  folded.add(0, text.length);
  return folded;
}

/** The same with the place of each unit beside it. */
export function fold(text: string): Folded {
  const folded = foldAll(text);
  const { length } = folded;
  return {
    units: folded.units.subarray(0, length),
    offsets: Uint32Array.from({ length }, (_, unit) => folded.startAt(unit)),
    ends: Uint32Array.from({ length }, (_, unit) => folded.endAt(unit)),
    capitals: Uint8Array.from({ length }, (_, unit) => folded.capitalAt(unit)),
  };
}
