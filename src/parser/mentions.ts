/** Finds tracked names in the words of an answer: whole words, the longest name wins. */
import type { Certainty, Mention } from "../domain.ts";
import type { BrandSet, Form, FormNode, TrackedBrand } from "./brands.ts";
import { fold, type Folded } from "./fold.ts";
import type { ReadingView } from "./text.ts";

const space = 0x20;

/** All mentions in order of place. Offsets are UTF-16 into the original text. Linear in the text's length. */
export function findMentions(view: ReadingView, set: BrandSet): Mention[] {
  const words = visibleWords(view);
  const mentions: Mention[] = [];
  for (let at = 0; at < words.units.length;) {
    const found = startsWord(words.units, at) ? longestForm(words, at, set.tree, view.text) : null;
    if (!found) {
      at++;
      continue;
    }
    const { brand, form, via } = found.form;
    const start = words.offsets[at]!;
    const end = words.ends[found.end - 1]!;
    if (brand)
      mentions.push({
        brand: brand.key,
        start,
        end,
        text: view.text.slice(start, end),
        form,
        via,
        certainty: "certain",
      });
    at = found.end;
  }
  return mentions.map((mention) => ({ ...mention, certainty: certaintyOf(mention, set, words.units) }));
}

interface Words extends Folded {
  /** Where in the original each unit ends. */
  ends: Uint32Array;
}

/** Folded text without what is hidden: emphasis vanishes, anything else leaves a space between words. */
function visibleWords({ text, hidden }: ReadingView): Words {
  const units: number[] = [];
  const offsets: number[] = [];
  const ends: number[] = [];
  const add = (from: number, to: number) => {
    const part = fold(text, from, to);
    for (let i = 0; i < part.units.length; i++) {
      units.push(part.units[i]!);
      offsets.push(part.offsets[i]!);
      ends.push(endOf(part, i));
    }
  };
  let at = 0;
  for (const span of [...hidden, { start: text.length, end: text.length }]) {
    if (span.start > at) add(at, span.start);
    const silent =
      /^[*`~[]+$/.test(text.slice(span.start, Math.min(span.end, span.start + 4))) || span.start === span.end;
    if (!silent && span.end > at) {
      units.push(space);
      offsets.push(span.start);
      ends.push(span.end);
    }
    at = Math.max(at, span.end);
  }
  return { units: Uint16Array.from(units), offsets: Uint32Array.from(offsets), ends: Uint32Array.from(ends) };
}

/** The end of the cluster a unit came from: the next offset that differs. */
function endOf(part: Folded, i: number): number {
  let next = i + 1;
  while (next < part.offsets.length - 1 && part.offsets[next] === part.offsets[i]) next++;
  return part.offsets[next]!;
}

const wordClass = new Map<number, boolean>();

/** Letters, digits and marks of any script. */
function isWordUnit(unit: number | undefined): boolean {
  if (unit === undefined) return false;
  let known = wordClass.get(unit);
  if (known === undefined) {
    known = /[\p{L}\p{N}\p{M}]/u.test(String.fromCharCode(unit)) || (unit >= 0xd800 && unit <= 0xdbff);
    wordClass.set(unit, known);
  }
  return known;
}

const startsWord = (units: Uint16Array, at: number): boolean => !isWordUnit(units[at - 1]) || !isWordUnit(units[at]);

function longestForm(words: Words, from: number, tree: FormNode, text: string): { form: Form; end: number } | null {
  let best: { form: Form; end: number } | null = null;
  let node: FormNode | undefined = tree;
  for (let at = from; node && at <= words.units.length; at++) {
    const boundary = !isWordUnit(words.units[at - 1]) || !isWordUnit(words.units[at]);
    if (node.form && boundary && rightCase(node.form, words, from, at, text)) best = { form: node.form, end: at };
    node = node.next.get(words.units[at] ?? -1);
  }
  return best;
}

/** Where a brand asks for it, the name must be written as given. */
function rightCase({ brand, form }: Form, words: Words, from: number, end: number, text: string): boolean {
  if (!brand?.matching.caseSensitive) return true;
  return text.slice(words.offsets[from], words.ends[end - 1]).normalize("NFC") === form.normalize("NFC");
}

/** A name that asks for company it does not have stays uncertain. */
function certaintyOf(mention: Mention, set: BrandSet, units: Uint16Array): Certainty {
  const brand = set.brands.find(({ key }) => key === mention.brand)!;
  return brand.matching.require.length === 0 || hasCompany(brand, units) ? "certain" : "uncertain";
}

function hasCompany({ matching }: TrackedBrand, units: Uint16Array): boolean {
  return matching.require.some((word) => {
    const wanted = fold(word).units;
    for (let at = 0; at + wanted.length <= units.length; at++) {
      if (!wanted.every((unit, i) => units[at + i] === unit)) continue;
      if (!isWordUnit(units[at - 1]) && !isWordUnit(units[at + wanted.length])) return true;
    }
    return false;
  });
}
