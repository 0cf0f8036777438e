/** How a name may be spelt without being listed: letters, what stands between them, and forms with other letters. */
import { foldAll } from "./fold.ts";
import { gap, gapOf } from "./letters.ts";

/** A name as the tree holds it. */
export interface Spelling {
  letters: number[];
  gaps: number[];
  capitals: number[];
}

/** Longer names are not read across marks; none exists. */
export const longestName = 250;

/** Letters of a name with the gaps before them; null when nothing is left. */
export function spell(name: string): Spelling | null {
  const folded = foldAll(name.trim());
  const spelling: Spelling = { letters: [], gaps: [], capitals: [] };
  let before: number = gap.none;
  for (let i = 0; i < folded.length; i++) {
    const kind = gapOf(folded.units[i]!);
    if (kind !== gap.none) before ||= kind === gap.line ? gap.space : kind;
    else {
      spelling.letters.push(folded.units[i]!);
      spelling.gaps.push(spelling.letters.length === 1 ? gap.none : before);
      spelling.capitals.push(folded.capitalAt(i));
      before = gap.none;
    }
  }
  return spelling.letters.length === 0 || spelling.letters.length > longestName ? null : spelling;
}

const plainLetters: Record<string, string> = {
  ø: "o",
  æ: "ae",
  ß: "ss",
  ł: "l",
  đ: "d",
  Ø: "O",
  Æ: "Ae",
  Ł: "L",
  Đ: "D",
};
const longLetters: Record<string, string> = {
  ä: "ae",
  ö: "oe",
  ü: "ue",
  å: "aa",
  ø: "oe",
  Ä: "Ae",
  Ö: "Oe",
  Ü: "Ue",
  Å: "Aa",
  Ø: "Oe",
};
const own = /[åäöüøæÅÄÖÜØÆ]/;

const withoutMarks = (letter: string) =>
  letter < "\u0080" ? letter : (plainLetters[letter] ?? letter.normalize("NFD").replace(/\p{Mn}/gu, ""));

/** Other ways to write a name that mean the same: diacritics left out, ae for ä, "and" for "&". */
export function variantsOf(name: string): string[] {
  const composed = name.trim().normalize("NFC");
  const found = new Set<string>();
  if (/\P{ASCII}/u.test(composed) && /\p{Script=Latin}/u.test(composed)) {
    const letters = Array.from(composed);
    found.add(letters.map((one) => (own.test(one) ? one : withoutMarks(one))).join(""));
    found.add(letters.map(withoutMarks).join(""));
    found.add(letters.map((one) => longLetters[one] ?? withoutMarks(one)).join(""));
    for (const one of [...found]) if (one.length < 5) found.delete(one); // `Åre` is not `are`
  }
  if (composed.includes("&")) for (const and of ["and", "och", "und", "og"]) found.add(withAnd(composed, and));
  else if (/\S (?:and|och|und|og) \S/.test(composed)) found.add(composed.replace(/ (?:and|och|und|og) /, " & "));
  if (/^.{4,}[.!]$/.test(composed)) found.add(composed.slice(0, -1));
  found.delete(composed);
  return [...found];
}

const withAnd = (name: string, and: string) =>
  name
    .split("&")
    .map((part) => part.trim())
    .join(` ${and} `);

const ampersand = 0x26;
export const letterS = 0x73;

/** Whether gaps and capitals of the text allow this name; `length` letters are the same already. */
export function gapsAgree(name: Spelling, gaps: Uint8Array, capitals: Uint8Array, length: number): boolean {
  let other = false;
  for (let i = 1; i < length; i++) {
    const wanted = name.gaps[i]!;
    const there = gaps[i]!;
    if (wanted === there) continue;
    const beside = name.letters[i] === ampersand || name.letters[i - 1] === ampersand;
    if (there === gap.line) return false;
    if (beside && wanted !== gap.apostrophe && there !== gap.apostrophe) continue;
    other = true;
    if (wanted !== gap.none) continue;
    const camel = name.capitals[i] === 1 && name.capitals[i - 1] === 0 && capitals[i] === 1;
    const possessive = there === gap.apostrophe && name.letters[i] === letterS && i < length - 1;
    if (!camel && !(possessive && name.gaps[i + 1] === gap.space)) return false;
  }
  if (!other) return true;
  return length >= 4 && (name.capitals[0] === 0 || capitals[0] === 1);
}
