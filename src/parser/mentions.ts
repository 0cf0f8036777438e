/** Finds tracked names in the words of an answer: whole words, the longest name wins. */
import type { Certainty, Mention } from "../domain.ts";
import type { BrandSet, Form, FormNode, TrackedBrand } from "./brands.ts";
import { fold, type Folded } from "./fold.ts";
import type { ReadingView } from "./text.ts";

/** All mentions in order of place. Offsets are UTF-16 into the original text. Linear in the text's length. */
export function findMentions(view: ReadingView, set: BrandSet): Mention[] {
  const words = visibleWords(view);
  const certainties = new Map<TrackedBrand, Certainty>();
  const mentions: Mention[] = [];
  for (let at = 0; at < words.units.length;) {
    const found = isBoundary(words, at) ? longestForm(words, at, set.tree) : null;
    if (!found) {
      at++;
      continue;
    }
    const { brand, form, via } = found.form;
    const start = words.offsets[at]!;
    const end = words.ends[found.end - 1]!;
    if (brand) {
      const certainty = certainties.get(brand) ?? certaintyOf(brand, words);
      certainties.set(brand, certainty);
      mentions.push({ brand: brand.key, start, end, text: view.text.slice(start, end), form, via, certainty });
    }
    at = found.end;
  }
  return mentions;
}

interface Words extends Folded {
  /** 1 for each unit of a letter or digit of any script, and for the marks on it. */
  inWord: Uint8Array;
}

/** Folded text with what is read in place of what is hidden; where nothing is said, a space parts the words. */
function visibleWords({ text, hidden }: ReadingView): Words {
  const units: number[] = [];
  const offsets: number[] = [];
  const ends: number[] = [];
  const capitals: number[] = [];
  const add = (unit: number, from: number, to: number, capital: number) => {
    units.push(unit);
    offsets.push(from);
    ends.push(to);
    capitals.push(capital);
  };
  let at = 0;
  for (const span of [...hidden, { start: text.length, end: text.length, shown: "" }]) {
    if (span.start > at) {
      const part = fold(text, at, span.start);
      for (let i = 0; i < part.units.length; i++)
        add(part.units[i]!, part.offsets[i]!, part.ends[i]!, part.capitals[i]!);
    }
    if (span.end > at && span.shown !== "") {
      const part = fold(span.shown ?? " ");
      for (let i = 0; i < part.units.length; i++) add(part.units[i]!, span.start, span.end, part.capitals[i]!);
    }
    at = Math.max(at, span.end);
  }
  return {
    units: Uint16Array.from(units),
    offsets: Uint32Array.from(offsets),
    ends: Uint32Array.from(ends),
    capitals: Uint8Array.from(capitals),
    inWord: wordUnits(units),
  };
}

type Kind = "word" | "mark" | "other";
const kinds = new Map<number, Kind>();

/** An enclosing mark makes a sign of what it encloses: the keycap of `1\u20e3` is no digit. */
function kindOf(point: number): Kind {
  let kind = kinds.get(point);
  if (kind === undefined) {
    const letter = String.fromCodePoint(point);
    kind = /[\p{L}\p{N}]/u.test(letter) ? "word" : /[\p{Mn}\p{Mc}]/u.test(letter) ? "mark" : "other";
    if (point <= 0xffff) kinds.set(point, kind);
  }
  return kind;
}

/** A mark belongs to what it stands on: that of a letter is inside the word, that of a heart is not. */
function wordUnits(units: number[]): Uint8Array {
  const inWord = new Uint8Array(units.length);
  for (let at = 0; at < units.length; at++) {
    const low = units[at + 1] ?? 0;
    const paired = units[at]! >> 10 === 0x36 && low >> 10 === 0x37;
    const kind = kindOf(paired ? ((units[at]! & 0x3ff) << 10) + (low & 0x3ff) + 0x10000 : units[at]!);
    inWord[at] = kind === "word" ? 1 : kind === "mark" ? (inWord[at - 1] ?? 0) : 0;
    if (paired) inWord[at + 1] = inWord[at++]!;
  }
  return inWord;
}

const isBoundary = ({ inWord }: Words, at: number): boolean => !inWord[at - 1] || !inWord[at];

function longestForm(words: Words, from: number, tree: FormNode): { form: Form; end: number } | null {
  let best: { form: Form; end: number } | null = null;
  let node: FormNode | undefined = tree;
  for (let at = from; node && at <= words.units.length; at++) {
    if (node.form && isBoundary(words, at) && rightCase(node.form, words, from)) best = { form: node.form, end: at };
    node = node.next.get(words.units[at] ?? -1);
  }
  return best;
}

/** Where a brand asks for it, the name must have the capitals it was given. */
function rightCase({ brand, capitals }: NonNullable<FormNode["form"]>, words: Words, from: number): boolean {
  return !brand?.matching.caseSensitive || capitals.every((capital, i) => words.capitals[from + i] === capital);
}

/** A name that asks for company it does not have is uncertain. */
function certaintyOf({ matching }: TrackedBrand, words: Words): Certainty {
  const isThere = (word: string): boolean => {
    const wanted = fold(word.trim()).units;
    for (let at = 0; at + wanted.length <= words.units.length; at++)
      if (wanted.every((unit, i) => words.units[at + i] === unit))
        if (isBoundary(words, at) && isBoundary(words, at + wanted.length)) return true;
    return false;
  };
  return matching.require.length === 0 || matching.require.some(isThere) ? "certain" : "uncertain";
}
