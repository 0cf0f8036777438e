/** Pairs the signs of emphasis: `*`, `_` and `~` that begin or end it are hidden, others are words. */
import { isLetter, isMark, isSpace } from "./inline-chars.ts";
import type { HiddenSpan } from "./text.ts";

interface Run {
  start: number;
  end: number;
  /** One sign between two letters: emphasis within a word, or a sign of the name as in `E*Trade`. */
  inWord: boolean;
}

const underscore = 0x5f;

/** The open emphasis of one stretch. */
export class Emphasis {
  readonly #text: string;
  readonly #hidden: HiddenSpan[];
  #open: Record<number, Run[]> = {};

  constructor(text: string, hidden: HiddenSpan[]) {
    this.#text = text;
    this.#hidden = hidden;
  }

  /** Emphasis ends with its stretch. */
  reset(): void {
    this.#open = {};
  }

  /** Reads the run of signs at `start` and says where it ends. */
  read(start: number, limit: number): number {
    const text = this.#text;
    const sign = text.charCodeAt(start);
    let end = start + 1;
    while (end < limit && text.charCodeAt(end) === sign) end++;
    const before = start > 0 ? text.charCodeAt(start - 1) : 0x20;
    const after = end < limit ? text.charCodeAt(end) : 0x20;
    const left = !isSpace(after) && (!isMark(after) || isSpace(before) || isMark(before));
    const right = !isSpace(before) && (!isMark(before) || isSpace(after) || isMark(after));
    const run = { start, end, inWord: end === start + 1 && isLetter(before) && isLetter(after) };
    const opens = sign === underscore ? left && (!right || isMark(before)) : left;
    const closes = sign === underscore ? right && (!left || isMark(after)) : right;
    const open = (this.#open[sign] ??= []);
    const opener = closes ? open.pop() : undefined;
    if (opener && !(opener.inWord && run.inWord && this.#holdsSpace(opener, run))) {
      this.#hide(opener, sign);
      this.#hide(run, sign, true);
    } else {
      if (opens) open.push(run);
      this.#hideAlways(run, sign);
    }
    return end;
  }

  /** Two names with a star each are no emphasis: `E*Trade and E*Trade`. */
  #holdsSpace(opener: Run, closer: Run): boolean {
    return /\s/.test(this.#text.slice(opener.end, closer.start));
  }

  #hide(run: Run, sign: number, fresh = false): void {
    if (fresh || !this.#isAlways(run, sign)) this.#hidden.push({ start: run.start, end: run.end, shown: "" });
  }

  #hideAlways(run: Run, sign: number): void {
    if (this.#isAlways(run, sign)) this.#hidden.push({ start: run.start, end: run.end, shown: "" });
  }

  /** Assistants forget or misplace the other half of bold; two stars are never part of a word. */
  #isAlways({ start, end }: Run, sign: number): boolean {
    return sign !== underscore && end - start >= 2;
  }
}
