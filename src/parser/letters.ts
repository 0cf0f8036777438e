/** What a letter is: its marks, its folded form, whether it is part of a word. Tables of UTF-16 units. */

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
export const invisible = new Set([0x00ad, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff]);

/** Korean vowels and final letters stand on the letter before them, as marks do. */
export const isMark = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code >= 0x300 && ((code >= 0x1160 && code <= 0x11ff) || /^\p{M}/u.test(text.slice(at, at + 2)));
};

/** Letters with their marks in one, whichever way they came. */
export function compose(cluster: string): string {
  const code = cluster.charCodeAt(0);
  return same[cluster] ?? cluster.normalize(code >= 0xff01 && code <= 0xff9f ? "NFKC" : "NFC");
}

/** What a character is to a word; of some units only the letter they are part of can say it. */
export const kind = { other: 0, word: 1, mark: 2, special: 3 } as const;

const inWords = /(?:(?![\u00b2\u00b3\u00b9\u2070-\u2079])[\p{L}\p{N}])+/gu;

/**
 * An enclosing mark makes a sign of what it encloses: the keycap of `1\u20e3` is no digit. Nor is a raised one, which
 * points to a note: `Acme\u00b9`.
 */
export function kindOf(point: number): number {
  const letter = String.fromCodePoint(point);
  return letter.search(inWords) === 0 ? kind.word : /[\p{Mn}\p{Mc}]/u.test(letter) ? kind.mark : kind.other;
}

/** Of each UTF-16 unit what it is to a word; marks and halves of pairs are special. */
export const kinds = new Uint8Array(0x10000);
{
  const all = Buffer.from(Uint16Array.from(kinds, (_, unit) => unit).buffer).toString("utf16le");
  for (const { index, 0: run } of all.matchAll(inWords)) kinds.fill(kind.word, index, index + run.length);
  for (const { index, 0: run } of all.matchAll(/[\p{Mn}\p{Mc}\p{Cs}]+/gu))
    kinds.fill(kind.special, index, index + run.length);
  kinds.fill(kind.special, 0xd800, 0xe000);
}

/** What stands before a letter. */
export const gap = { none: 0, space: 1, hyphen: 2, apostrophe: 3, line: 4 } as const;

/** The kind of gap that a folded unit makes; none for units that are part of a name. */
export function gapOf(unit: number): number {
  if (unit === 0x20) return gap.space;
  if (unit === 0x2d) return gap.hyphen;
  if (unit === 0x27) return gap.apostrophe;
  return unit === 0x0a ? gap.line : gap.none;
}

/** What a UTF-16 unit folds to that folds one to one when no mark follows; 0 for all others. Filled by `learn`. */
export const alone = new Uint16Array(0x10000);
const tried = new Uint8Array(0x10000);

/** Fills in what a unit folds to. */
export function learn(code: number): number {
  if (tried[code] === 1) return alone[code]!;
  tried[code] = 1;
  const letter = String.fromCharCode(code);
  if (invisible.has(code) || code >> 11 === 0x1b || isMark(letter, 0)) return 0;
  const folded = compose(letter).toLowerCase();
  if (folded.length === 1 && kinds[folded.charCodeAt(0)] !== kind.special) alone[code] = folded.charCodeAt(0);
  return alone[code]!;
}

/** Where the letter that begins at `from` ends, with the marks on it. */
export function clusterEnd(text: string, from: number, end: number): number {
  let next = from + (text.codePointAt(from)! > 0xffff ? 2 : 1);
  for (let marks = 0; marks < mostMarks && next < end && isMark(text, next); marks++)
    next += text.codePointAt(next)! > 0xffff ? 2 : 1;
  return Math.min(next, end);
}
