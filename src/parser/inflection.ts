/** What may follow a name inside its word: endings of its languages, or the second member of a compound. */
import type { LanguageRules } from "./languages/index.ts";

export interface Hanging {
  /** The letters between the name and the end of the word, folded. */
  rest: string;
  /** The name is written with a capital, or is written without one in the list of brands. */
  capital: boolean;
  /** All letters of the name are capitals, of which there are at least two: `ICAs`. */
  allCapitals: boolean;
  /** The letters that hang on are not capitals themselves. */
  lowerRest: boolean;
  /** Letters of the name. */
  length: number;
  common: boolean;
  /** The word is the first of its sentence, where a capital says nothing. */
  first: () => boolean;
}

/** Whether the word still names the brand in one of these languages. */
export function hangsOn(it: Hanging, languages: readonly LanguageRules[]): boolean {
  if (!it.capital || !it.lowerRest) return false;
  const short = it.length < 3 && !it.allCapitals;
  if (short) return false;
  return languages.some((rules) => isEnding(it, rules) || isCompound(it, rules));
}

/** A name of so many letters with an ending is seldom another word, even where any word has a capital. */
const distinct = 5;

function isEnding(it: Hanging, rules: LanguageRules): boolean {
  if (rules.endings.has(it.rest)) return it.allCapitals || !it.common || !it.first();
  if (!rules.looseEndings.has(it.rest) || it.common || it.length <= 3) return false;
  return (it.length >= distinct && !/^[ae]r$/.test(it.rest)) || !it.first(); // "Swishar du": verbs end so too
}

/** A long name is seldom the beginning of another word; a short one needs a second member that we know. */
const longName = 6;

function isCompound(it: Hanging, { heads, headEndings }: LanguageRules): boolean {
  if (heads.length === 0 || it.rest.length < 3) return false;
  if (it.common && it.first()) return false;
  for (const head of heads) {
    if (!it.rest.startsWith(head)) continue;
    const end = it.rest.slice(head.length);
    if (end === "" || headEndings.has(end) || (end.length >= 3 && it.length >= 4)) return true;
  }
  return it.length >= longName && !it.common && it.rest.length >= 4;
}
