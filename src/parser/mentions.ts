/** Finds tracked names in the words of an answer: whole words with their endings, the longest name wins. */
import type { Certainty, Mention } from "../domain.ts";
import type { BrandSet, Form, TrackedBrand } from "./brands.ts";
import { isFirst, judge } from "./certainty.ts";
import { denialsOf } from "./denial.ts";
import { fold, type Folded } from "./fold.ts";
import { hangsOn } from "./inflection.ts";
import { mayBegin, mayEnd, scriptOf } from "./languages/cjk.ts";
import { detectLanguages, rulesOf, type LanguageRules } from "./languages/index.ts";
import { gap, gapOf, gapsAgree, longestName } from "./spelling.ts";
import type { ReadingView } from "./text.ts";

/** All mentions in order of place. Offsets are UTF-16 into the original text. Linear in the text's length. */
export function findMentions(view: ReadingView, set: BrandSet, language?: string): Mention[] {
  const search = new Search(visibleWords(view), view.text, set, language);
  const { words } = search;
  const certainties = new Map<TrackedBrand, Certainty>();
  const mentions: Mention[] = [];
  let denied: ((start: number) => boolean) | null = null;
  for (let at = 0; at < words.units.length;) {
    const found = gapOf(words.units[at]!) === gap.none ? search.longest(at) : null;
    if (!found) {
      at++;
      continue;
    }
    const { brand, form, via, common } = found.form;
    const start = words.offsets[at]!;
    const end = words.ends[found.end - 1]!;
    if (brand) {
      const capital = isCapital(found.form, words, at);
      const asked = certainties.get(brand) ?? certaintyOf(brand, words);
      certainties.set(brand, asked);
      const place = { text: view.text, start, end, capital, name: form, lastEnd: mentions.at(-1)?.end ?? -9 };
      const judged =
        brand.matching.require.length > 0
          ? { certainty: asked }
          : judge({ ...place, inflected: found.inflected, common: search.isCommon(common) }, search.languages());
      if (judged) {
        denied ??= denialsOf(view.text);
        const text = view.text.slice(start, end);
        mentions.push({
          brand: brand.key,
          start,
          end,
          text,
          form,
          via,
          ...judged,
          // to be denied is not to be visible, so it is kept out of measures as what is uncertain
          ...(denied(start) && { denied: true, certainty: "uncertain", reason: "denied" }),
        });
      }
    }
    at = found.end;
  }
  return mentions;
}

/** A capital where the list has one: of `Acme` in the text, not of `acme`; nothing is asked of `eero` or `3`. */
const isCapital = ({ spelling }: Form, words: Words, at: number): boolean =>
  words.capitals[at] === 1 || spelling.capitals[0] === 0;

interface Found {
  form: Form;
  end: number;
  inflected: boolean;
}

/** One text being searched for the names of one set of brands. */
class Search {
  readonly words: Words;
  readonly #text: string;
  readonly #set: BrandSet;
  readonly #language: string | undefined;
  #languages: readonly LanguageRules[] | null = null;
  #japanese: boolean | null = null;
  readonly #gaps = new Uint8Array(longestName + 2);
  readonly #capitals = new Uint8Array(longestName + 2);

  constructor(words: Words, text: string, set: BrandSet, language: string | undefined) {
    this.words = words;
    this.#text = text;
    this.#set = set;
    this.#language = language;
  }

  /** Given, else told by the text, else those of the brands; only asked for where a name needs it. */
  languages(): readonly LanguageRules[] {
    if (this.#languages) return this.#languages;
    const given = this.#language === undefined ? null : rulesOf(this.#language);
    const told = given ? [given] : detectLanguages(this.#text);
    return (this.#languages = told.length > 0 ? told : this.#set.languages);
  }

  /** Whether a form is a frequent word in the language of this text; of any where that cannot be told. */
  isCommon(common: Form["common"]): boolean {
    if (common === true || common.length === 0) return common === true;
    const languages = this.languages();
    return languages.length === 0 || languages.some(({ code }) => common.includes(code));
  }

  #isJapanese(): boolean {
    return (this.#japanese ??= /[\u3041-\u30ff]/.test(this.#text));
  }

  #begins(at: number): boolean {
    if (isBoundary(this.words, at)) return true;
    return mayBegin(this.words.units, at, this.#isJapanese());
  }

  /** The longest name that begins at `from`. */
  longest(from: number): Found | null {
    const { units, capitals } = this.words;
    const { tree, forms } = this.#set;
    let node = tree.next(0, units[from]!);
    if (node === -1 || !this.#begins(from)) return null;
    let best: Found | null = null;
    this.#capitals[0] = capitals[from]!;
    for (let at = from + 1, length = 1; length <= longestName; length++) {
      const ending = forms.get(node);
      if (ending) best = this.#ended(ending, from, at, length) ?? best;
      const between = gapOf(units[at] ?? 0);
      if (between !== gap.none) at++;
      if (at >= units.length) break;
      node = tree.next(node, units[at]!);
      if (node === -1) break;
      this.#gaps[length] = between;
      this.#capitals[length] = capitals[at]!;
      at++;
    }
    return best;
  }

  /** Which of the forms that end before `end` stands there, if one does. */
  #ended(forms: readonly Form[], from: number, end: number, length: number): Found | null {
    const { words } = this;
    const whole = isBoundary(words, end) || mayEnd(words.units, end, this.#isJapanese());
    for (const form of forms) {
      if (!gapsAgree(form.spelling, this.#gaps, this.#capitals, length)) continue;
      if (!this.#rightCase(form)) continue;
      if (form.stem) {
        const rest = this.#rest(end);
        if (form.stem.has(rest) && words.capitals[from] === 1 && this.languages().includes(form.stemOf!))
          return { form, end: end + rest.length, inflected: true };
      } else if (whole) return { form, end, inflected: false };
      else if (form.brand && this.#hangsOn(form, from, end, length)) return { form, end, inflected: true };
    }
    return null;
  }

  /** The letters of the word from `at` on; long ones are no ending. */
  #rest(at: number): string {
    const { units, inWord } = this.words;
    let end = at;
    while (end < units.length && inWord[end] && end - at < 40) end++;
    return String.fromCharCode(...units.subarray(at, end));
  }

  #hangsOn(form: Form, from: number, end: number, length: number): boolean {
    const { words } = this;
    if (scriptOf(words.units[end]!) !== null || !/^\p{L}/u.test(String.fromCharCode(words.units[end - 1]!)))
      return false;
    const rest = this.#rest(end);
    const languages = this.languages();
    if (languages.length === 0) return false;
    const allCapitals = length > 1 && this.#capitals.subarray(0, length).every((one) => one === 1);
    const lowerRest = !words.capitals.subarray(end, end + rest.length).includes(1);
    const first = () => isFirst(this.#text, words.offsets[from]!);
    const capital = isCapital(form, words, from);
    return hangsOn(
      { rest, capital, allCapitals, lowerRest, length, common: this.isCommon(form.common), first },
      languages,
    );
  }

  /** Where a brand asks for it, the name must have the capitals it was given. */
  #rightCase({ brand, spelling }: Form): boolean {
    return !brand?.matching.caseSensitive || spelling.capitals.every((one, i) => this.#capitals[i] === one);
  }
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

const kind = { unknown: 0, word: 1, mark: 2, other: 3 } as const;
const kinds = new Uint8Array(0x10000);

/** An enclosing mark makes a sign of what it encloses: the keycap of `1\u20e3` is no digit. */
function kindOf(point: number): number {
  const known = kinds[point];
  if (known) return known;
  const letter = String.fromCodePoint(point);
  const found = /[\p{L}\p{N}]/u.test(letter) ? kind.word : /[\p{Mn}\p{Mc}]/u.test(letter) ? kind.mark : kind.other;
  if (point <= 0xffff) kinds[point] = found;
  return found;
}

/** A mark belongs to what it stands on: that of a letter is inside the word, that of a heart is not. */
function wordUnits(units: number[]): Uint8Array {
  const inWord = new Uint8Array(units.length);
  for (let at = 0; at < units.length; at++) {
    const low = units[at + 1] ?? 0;
    const paired = units[at]! >> 10 === 0x36 && low >> 10 === 0x37;
    const here = kindOf(paired ? ((units[at]! & 0x3ff) << 10) + (low & 0x3ff) + 0x10000 : units[at]!);
    inWord[at] = here === kind.word ? 1 : here === kind.mark ? (inWord[at - 1] ?? 0) : 0;
    if (paired) inWord[at + 1] = inWord[at++]!;
  }
  return inWord;
}

const isBoundary = ({ inWord }: Words, at: number): boolean => !inWord[at - 1] || !inWord[at];

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
