/** Tells most places where no name begins from four letters, in time that the number of names hardly changes. */
import type { FoldedText } from "./fold.ts";
import { gap, kind, kinds } from "./letters.ts";
import { letterS, type Spelling } from "./spelling.ts";

/** Letters are told apart by 64 classes: a to z have one each, what is no letter is 0. */
const classes = 64;
/** From this class on letters make words; those below are of scripts without spaces, whose names begin anywhere. */
const firstInWord = 16;
/** Scripts without spaces have no unit below. */
const firstUnspaced = 0x1100;

function classOf(unit: number): number {
  if (kinds[unit] !== kind.word) return 0;
  if (unit >= firstUnspaced) return 1 + (unit % (firstInWord - 1));
  const letter = unit - 0x61;
  return letter >= 0 && letter < 26 ? firstInWord + letter : firstInWord + 26 + (unit % (classes - firstInWord - 26));
}
const classOfUnit = Uint8Array.from(kinds, (_, unit) => classOf(unit));

/** So many units are looked at; of a shorter name all it has, and anything may follow. */
const most = 4;
/** 32-bit words of a row, which has a bit for each class of the third unit with each of the fourth. */
const rowLength = (classes * classes) / 32;

/** Which four classes begin names: a set that never misses a name and seldom takes another word for one. */
export class Beginnings {
  /** Of the first two classes the row that tells of the next two; row 0 has none. */
  readonly #rowOf = new Uint16Array(classes * classes);
  #rows = 1;
  #bits = new Uint32Array(rowLength * 64);

  add(name: Spelling): void {
    for (const begun of beginningsOf(name)) {
      const [first, second, third, fourth] = begun as [number, ...(number | undefined)[]];
      if (second === undefined) for (let any = 0; any < classes; any++) this.#row(first, any).fill(~0);
      else if (third === undefined) this.#row(first, second).fill(~0);
      else if (fourth === undefined) this.#row(first, second).fill(~0, third * 2, third * 2 + 2);
      else this.#row(first, second)[third * 2 + (fourth >>> 5)]! |= 1 << (fourth & 31);
    }
  }

  /** The units at which names may begin, in order. */
  in({ units, length }: FoldedText): number[] {
    const rowOf = this.#rowOf;
    const bits = this.#bits;
    const starts: number[] = [];
    let last = 0; // the classes of five units, six bits each
    for (let at = 0; at < length + most - 1; at++) {
      last = ((last << 6) | (at < length ? classOfUnit[units[at]!]! : 0)) & 0x3fffffff;
      const row = rowOf[(last >>> 12) & 0xfff]!;
      if ((bits[row * rowLength + ((last & 0xfff) >>> 5)]! >>> (last & 31)) & 1 && mayBegin(last) && at >= most - 1)
        starts.push(at - most + 1);
    }
    return starts;
  }

  /** The row for two classes, made where it is missing. */
  #row(first: number, second: number): Uint32Array {
    const row = (this.#rowOf[first * classes + second] ||= this.#rows++);
    if (row * rowLength >= this.#bits.length) {
      const more = new Uint32Array(this.#bits.length * 2);
      more.set(this.#bits);
      this.#bits = more;
    }
    return this.#bits.subarray(row * rowLength, (row + 1) * rowLength);
  }
}

/** A name begins with a word, or with a letter or sign that is part of none; the first of five stands before it. */
const mayBegin = (last: number): boolean => last >>> 24 < firstInWord || ((last >>> 18) & 63) < firstInWord;

/** The first classes of a name, with and without a gap wherever `gapsAgree` may allow one or none. */
function beginningsOf({ letters, gaps, capitals }: Spelling): number[][] {
  let all: number[][] = [[]];
  let before = 1;
  for (let i = 0; i < letters.length && i < most; i++) {
    const here = classOfUnit[letters[i]!]!;
    const mayPart = gaps[i] !== gap.none || capitals[i] === 1 || letters[i] === letterS || here === 0 || before === 0;
    if (i > 0 && mayPart) all = all.flatMap((one) => [one, [...one, 0]]);
    all = all.map((one) => [...one, here]);
    before = here;
  }
  return all.map((one) => one.slice(0, most));
}
