/** Classes of characters as Markdown needs them: space, punctuation or letter, for UTF-16 units. */

export const isSpace = (unit: number): boolean =>
  unit === 0x20 ||
  (unit >= 0x09 && unit <= 0x0d) ||
  unit === 0xa0 ||
  (unit >= 0x2000 && unit <= 0x200a) ||
  unit === 0x202f ||
  unit === 0x3000;

export const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

/** Punctuation and signs of ASCII: what a backslash may stand before. */
export const isAsciiMark = (unit: number): boolean =>
  (unit >= 0x21 && unit <= 0x2f) ||
  (unit >= 0x3a && unit <= 0x40) ||
  (unit >= 0x5b && unit <= 0x60) ||
  (unit >= 0x7b && unit <= 0x7e);

/** Punctuation of any script, near enough to tell where emphasis may begin and end. */
export const isMark = (unit: number): boolean =>
  unit < 0x80
    ? isAsciiMark(unit)
    : (unit >= 0xa1 && unit <= 0xbf && unit !== 0xaa && unit !== 0xb5 && unit !== 0xba) ||
      (unit >= 0x2010 && unit <= 0x205e) ||
      (unit >= 0x3001 && unit <= 0x3003) ||
      (unit >= 0x3008 && unit <= 0x301f) ||
      (unit >= 0xff01 && unit <= 0xff0f) ||
      (unit >= 0xff1a && unit <= 0xff20);

/** A letter or a digit, or half of a sign beyond the first plane; NaN, beyond the text's ends, is none. */
export const isLetter = (unit: number): boolean => unit >= 0x30 && !isMark(unit) && !isSpace(unit) && unit !== 0x7f;

/** A letter, digit or underscore of ASCII. */
export const isNameUnit = (unit: number): boolean =>
  isDigit(unit) || (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a) || unit === 0x5f;

const unknown = 0;
const word = 1;
const noWord = 2;
/** What Unicode says of each UTF-16 unit, once it was asked. */
const kinds = new Uint8Array(0x10000);

/** A letter or digit of any script, exactly; both halves of a sign beyond the first plane are what the sign is. */
export function isWordAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return kinds[unit] === unknown ? askUnicode(text, at, unit) : kinds[unit] === word;
}

function askUnicode(text: string, at: number, unit: number): boolean {
  if (unit >> 10 === 0x36) return isWord(text.codePointAt(at)!);
  if (unit >> 10 === 0x37) return text.charCodeAt(at - 1) >> 10 === 0x36 && isWord(text.codePointAt(at - 1)!);
  kinds[unit] = isWord(unit) ? word : noWord;
  return kinds[unit] === word;
}

const isWord = (point: number): boolean => /[\p{L}\p{N}]/u.test(String.fromCodePoint(point));

/** The place of the first `wanted` at or after `from`; asks the text again only when it has passed the last answer. */
export class NextPlace {
  readonly #text: string;
  readonly #wanted: string;
  #from = 0;
  #found = -1;

  constructor(text: string, wanted: string) {
    this.#text = text;
    this.#wanted = wanted;
  }

  /** Infinity where there is none. Linear over all calls when `from` rises. */
  after(from: number): number {
    if (this.#found >= from && from >= this.#from) return this.#found;
    this.#from = from;
    const found = this.#text.indexOf(this.#wanted, from);
    return (this.#found = found < 0 ? Infinity : found);
  }
}
