/** Folds text for comparison: case, composed letters, apostrophes, hyphens and spaces; knows where each unit stood. */
import { alone, clusterEnd, compose, invisible, isMark, kind, kindOf, kinds, learn } from "./letters.ts";
import type { Span } from "./text.ts";

/** Units of which the places are known: each stands where the one before ends, or all stand in one place. */
interface Run {
  unit: number;
  start: number;
  /** 0 where each has a place of its own. */
  end: number;
  capital: boolean;
  inWord: boolean;
}

/** Folded text, filled from the left. */
export class FoldedText {
  /** UTF-16 units; only the first `length` count. */
  units: Uint16Array;
  length = 0;
  readonly #text: string;
  readonly #runs: Run[] = [];

  /** Empty, with room for all of `text`, to which places refer. */
  constructor(text: string) {
    this.#text = text;
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
    const code = this.#text.charCodeAt(run.start + unit - run.unit);
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
    const text = this.#text;
    let count = this.length;
    let at = start;
    for (; at < end; at++) {
      const unit = alone[text.charCodeAt(at)]! || learn(text.charCodeAt(at));
      if (unit === 0) break;
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
    this.#room(folded.length + this.#text.length - end);
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
