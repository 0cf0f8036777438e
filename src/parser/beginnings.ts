/** Tells most words that begin no name from their first letters alone, in time that the number of names hardly changes. */
import { kind, kinds, type FoldedText } from "./fold.ts";
import { gap, gapOf } from "./spelling.ts";

/** So many letters are looked at; a shorter name is known by all it has. */
const most = 4;
/** Scripts without spaces, in which names begin inside runs of letters, have no unit below. */
const firstUnspaced = 0x1100;

/** Letters of scripts without spaces are not taken for parts of words: names begin at any of them. */
const flag = { word: 1, first: 2 } as const;
const words = kinds.map((one, unit) => (one === kind.word && unit < firstUnspaced ? flag.word : 0));

/** Where the word that goes on at `from` ends. */
function afterWord(flags: Uint8Array, units: Uint16Array, from: number, length: number): number {
  let at = from;
  while (at < length && (flags[units[at]!]! & flag.word) !== 0) at++;
  return at;
}

/** A Bloom filter of the beginnings of names: never says no to a name, seldom yes to another word. */
export class Beginnings {
  /** Of each unit whether it is part of a word and whether a name begins with it. */
  readonly #flags = words.slice();
  readonly #bits: Uint32Array;
  readonly #shift: number;
  /** Whether there are names of one, two and three letters. */
  readonly #short = [false, false, false, false];

  /** For about so many names. */
  constructor(names: number) {
    const size = Math.min(21, Math.max(16, Math.ceil(Math.log2(names * 64 + 1))));
    this.#bits = new Uint32Array(2 ** (size - 5));
    this.#shift = 32 - size;
  }

  /** Adds a name by its folded letters. */
  add(letters: readonly number[]): void {
    this.#flags[letters[0]!]! |= flag.first;
    let hash = 0;
    for (const letter of letters.slice(0, most)) hash = mix(hash, letter);
    if (letters.length < most) this.#short[letters.length] = true;
    const bit = hash >>> this.#shift;
    this.#bits[bit >>> 5]! |= 1 << (bit & 31);
  }

  /** The first unit at or after `from` where a name may begin; the text's length where there is none. */
  next({ units, length }: FoldedText, from: number): number {
    const flags = this.#flags;
    let at = from;
    if (at > 0 && (flags[units[at - 1]!]! & flag.word) !== 0) at = afterWord(flags, units, at, length);
    while (at < length) {
      const here = flags[units[at]!]!;
      if ((here & flag.first) !== 0 && this.#mayBegin(units, at, length)) return at;
      at++;
      if ((here & flag.word) !== 0) at = afterWord(flags, units, at, length);
    }
    return length;
  }

  #mayBegin(units: Uint16Array, from: number, length: number): boolean {
    let hash = mix(0, units[from]!);
    if (this.#short[1] && this.#has(hash)) return true;
    for (let at = from + 1, letters = 2; at < length; at++, letters++) {
      if (gapOf(units[at]!) !== gap.none && ++at === length) return false;
      hash = mix(hash, units[at]!);
      if (letters === most) return this.#has(hash);
      if (this.#short[letters] && this.#has(hash)) return true;
    }
    return false;
  }

  #has(hash: number): boolean {
    const bit = hash >>> this.#shift;
    return ((this.#bits[bit >>> 5]! >>> (bit & 31)) & 1) === 1;
  }
}

const mix = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x9e3779b1) ^ (hash >>> 15);
