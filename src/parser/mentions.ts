/** Finds tracked names in the words of an answer: whole words with their endings, the longest name wins. */
import type { Mention } from "../domain.ts";
import type { BrandSet, Form, TrackedBrand } from "./brands.ts";
import { isFirst, judge, type Judged } from "./certainty.ts";
import { isDenied } from "./denial.ts";
import { foldAll, FoldedText } from "./fold.ts";
import { hangsOn } from "./inflection.ts";
import { mayBegin, mayEnd, scriptOf } from "./languages/cjk.ts";
import { languagesOf, type LanguageRules } from "./languages/index.ts";
import { gap, gapOf } from "./letters.ts";
import { gapsAgree, longestName, type Spelling } from "./spelling.ts";
import type { ReadingView } from "./text.ts";

/** All mentions in order of place. Offsets are UTF-16 into the original text. Linear in the text's length. */
export function findMentions(view: ReadingView, set: BrandSet, language?: string): Mention[] {
  const words = visibleWords(view);
  const search = new Search(words, view.text, set, language);
  const mentions: Mention[] = [];
  let next = 0;
  for (const at of set.beginnings.in(words)) {
    const found = at < next ? null : search.longest(at);
    const mention = found && search.mention(found, at, mentions.at(-1)?.end ?? -1);
    if (mention) mentions.push(mention);
    next = found?.end ?? next;
  }
  return mentions;
}

/** A capital where the list has one: of `Acme` in the text, not of `acme`; nothing is asked of `eero` or `3`. */
const isCapital = (spelling: Spelling, words: FoldedText, at: number): boolean =>
  words.capitalAt(at) === 1 || spelling.capitals[0] === 0;

interface Found {
  form: Form;
  end: number;
  inflected: boolean;
}

/** One text being searched for the names of one set of brands. */
class Search {
  readonly words: FoldedText;
  readonly #text: string;
  readonly #set: BrandSet;
  readonly #language: string | undefined;
  #languages: readonly LanguageRules[] | null = null;
  #japanese: boolean | null = null;
  readonly #companies = new Map<TrackedBrand, Judged>();
  readonly #gaps = new Uint8Array(longestName + 2);
  readonly #places = new Int32Array(longestName + 2);
  readonly #capitals = new Uint8Array(longestName + 2);

  constructor(words: FoldedText, text: string, set: BrandSet, language: string | undefined) {
    this.words = words;
    this.#text = text;
    this.#set = set;
    this.#language = language;
  }

  /** Those of the text, else those of the brands; only asked for where a name needs it. */
  languages(): readonly LanguageRules[] {
    if (this.#languages) return this.#languages;
    const told = languagesOf(this.#text, this.#language);
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
    if (this.words.isBoundary(at)) return true;
    return mayBegin(this.words.units, at, this.#isJapanese());
  }

  /** What was found at `at`; null where it does not mean a brand. The mention before it ended at `lastEnd`. */
  mention(
    { form: { brand, form, via, common, spelling }, end: after, inflected }: Found,
    at: number,
    lastEnd: number,
  ): Mention | null {
    if (!brand) return null;
    const text = this.#text;
    const [start, end] = [this.words.startAt(at), this.words.endAt(after - 1)];
    const capital = isCapital(spelling, this.words, at);
    const judged =
      brand.matching.require.length > 0
        ? this.#companyOf(brand)
        : judge(
            { text, start, end, capital, inflected, name: form, common: this.isCommon(common), lastEnd },
            this.languages(),
          );
    if (!judged) return null;
    const { certainty, reason } = judged;
    const mention: Mention = { brand: brand.key, start, end, text: text.slice(start, end), form, via, certainty };
    if (reason !== undefined) mention.reason = reason;
    // to be denied is not to be visible, so it is kept out of measures as what is uncertain
    if (isDenied(text, start)) Object.assign(mention, { denied: true, certainty: "uncertain", reason: "denied" });
    return mention;
  }

  /** A name that asks for company it does not have is uncertain. */
  #companyOf(brand: TrackedBrand): Judged {
    let judged = this.#companies.get(brand);
    if (!judged) {
      const kept = brand.matching.require.some((word) => isThere(word, this.words));
      judged = kept ? { certainty: "certain" } : { certainty: "uncertain", reason: "none of the words it requires" };
      this.#companies.set(brand, judged);
    }
    return judged;
  }

  /** The longest name that begins at `from`. */
  longest(from: number): Found | null {
    const { units, length } = this.words;
    const { tree, forms } = this.#set;
    let node = tree.next(0, units[from]!);
    if (node === -1 || !this.#begins(from)) return null;
    let best: Found | null = null;
    this.#places[0] = from;
    for (let at = from + 1, letters = 1; letters <= longestName; letters++) {
      const ending = tree.isEnd(node) ? forms.get(node)! : null;
      if (ending) best = this.#ended(ending, at, letters) ?? best;
      if (at >= length) break;
      const between = gapOf(units[at]!);
      if (between !== gap.none && ++at >= length) break;
      node = tree.next(node, units[at]!);
      if (node === -1) break;
      this.#gaps[letters] = between;
      this.#places[letters] = at++;
    }
    return best;
  }

  /** Which of the forms that end before `end` stands there, if one does. */
  #ended(forms: readonly Form[], end: number, letters: number): Found | null {
    const { words } = this;
    const whole = words.isBoundary(end) || mayEnd(words.units, end, this.#isJapanese());
    for (let i = 0; i < letters; i++) this.#capitals[i] = words.capitalAt(this.#places[i]!);
    for (const form of forms) {
      if (!gapsAgree(form.spelling, this.#gaps, this.#capitals, letters)) continue;
      if (!this.#rightCase(form)) continue;
      if (form.stem) {
        const rest = this.#rest(end);
        if (form.stem.has(rest) && this.#capitals[0] === 1 && this.languages().includes(form.stemOf!))
          return { form, end: end + rest.length, inflected: true };
      } else if (whole) return { form, end, inflected: false };
      else if (form.brand && this.#hangsOn(form, end, letters)) return { form, end, inflected: true };
    }
    return null;
  }

  /** The letters of the word from `at` on; long ones are no ending. */
  #rest(at: number): string {
    const { words } = this;
    let end = at;
    while (end < words.length && words.inWord(end) && end - at < 40) end++;
    return String.fromCharCode(...words.units.subarray(at, end));
  }

  #hangsOn(form: Form, end: number, length: number): boolean {
    const { words } = this;
    if (scriptOf(words.units[end]!) !== null) return false;
    const rest = this.#rest(end);
    const last = String.fromCharCode(words.units[end - 1]!);
    if (!/^\p{L}/u.test(last) && (rest !== "s" || /^\d+$/.test(form.form))) return false; // only "Tele2s"
    const languages = this.languages();
    if (languages.length === 0) return false;
    const allCapitals = length > 1 && this.#capitals.subarray(0, length).every((one) => one === 1);
    const lowerRest = Array.from(rest).every((_, i) => words.capitalAt(end + i) === 0);
    const from = this.#places[0]!;
    const first = () => isFirst(this.#text, words.startAt(from));
    const capital = isCapital(form.spelling, words, from);
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

/** What a reader sees, folded; where nothing is said of what is hidden, a space parts the words. */
function visibleWords({ text, hidden }: ReadingView): FoldedText {
  const words = new FoldedText(text);
  let at = 0;
  for (const span of hidden) {
    if (span.start > at) words.add(at, span.start);
    if (span.end > at) words.addInstead(span.shown ?? " ", span);
    at = Math.max(at, span.end);
  }
  words.add(at, text.length);
  return words;
}

/** Whether a word stands anywhere in the text. */
function isThere(word: string, words: FoldedText): boolean {
  const folded = foldAll(word.trim());
  const wanted = folded.units.subarray(0, folded.length);
  const last = words.length - wanted.length;
  for (let at = words.units.indexOf(wanted[0]!); at >= 0 && at <= last; at = words.units.indexOf(wanted[0]!, at + 1))
    if (wanted.every((unit, i) => words.units[at + i] === unit))
      if (words.isBoundary(at) && words.isBoundary(at + wanted.length)) return true;
  return false;
}
