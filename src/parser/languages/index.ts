/** The languages whose rules the parser knows, and which of them a text is written in. */
import { kind, kinds } from "../letters.ts";
import { scriptOf } from "./cjk.ts";
import { da } from "./da.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { shared, type LanguageRules } from "./endings.ts";
import { fi } from "./fi.ts";
import { no } from "./no.ts";
import { sv } from "./sv.ts";

export type { LanguageRules } from "./endings.ts";

/** One line per language with a file of its own. */
export const languages: readonly LanguageRules[] = [sv, en, de, no, da, fi, ...shared];

const byCode = new Map(languages.map((rules) => [rules.code, rules]));
const aliases: Record<string, string> = { nb: "no", nn: "no" };

/** The rules of a BCP 47 tag; null for a language that is not known. */
export function rulesOf(tag: string): LanguageRules | null {
  const code = tag.toLowerCase().split(/[-_]/)[0]!;
  return byCode.get(aliases[code] ?? code) ?? null;
}

/** English makes such words at will; what is made so is a word before it is a name. */
const abstract = /^[a-z]{3,}(?:ity|ness|ment|tion|ible|able)$/;
const codes = languages.map(({ code }) => code);

/** Codes of the languages of which a name is a frequent word; a number is one in all. */
export function commonIn(name: string): readonly string[] {
  const word = name.trim().normalize("NFC").toLowerCase();
  if (/^\d+$/.test(word)) return codes;
  const found = languages.filter(({ commonWords, functionWords }) => commonWords.has(word) || functionWords.has(word));
  const made = abstract.test(word) && !found.some(({ code }) => code === "en") ? ["en"] : [];
  return [...found.map(({ code }) => code), ...made];
}

/** By the word or letter: languages that have it, by their place in the list. */
function ownersOf(parts: (rules: LanguageRules) => ReadonlySet<string>): ReadonlyMap<string, readonly number[]> {
  const owners = new Map<string, number[]>();
  for (const [i, rules] of languages.entries())
    for (const part of parts(rules)) {
      const those = owners.get(part);
      if (those) those.push(i);
      else owners.set(part, [i]);
    }
  return owners;
}

const speakers = ownersOf(({ functionWords }) => functionWords);
const writers = ownersOf(({ letters }) => letters);
const finishers = ownersOf(({ wordEndings }) => wordEndings);
const longestEnding = 6;
const nobody: readonly number[] = [];

/** Languages that write all letters of a word that English does not; nobody where it has none of these. */
function writersOf(word: string): readonly number[] {
  const each = Array.from(word)
    .filter((letter) => letter > "z")
    .map((letter) => writers.get(scriptLetter(letter)) ?? nobody);
  return each.length === 0 ? nobody : each.reduce((all, those) => all.filter((one) => those.includes(one)));
}

/** Japanese, Chinese and Korean have too many letters to list: one of each script stands for all. */
const scriptLetter = (letter: string): string => scriptOf(letter.charCodeAt(0)) ?? letter;

/** So much of a text is read to recognise its language. */
const sample = 1_000;

/** What speaks for each language, by its place in the list. */
class Ballot {
  readonly scores = new Float64Array(languages.length);
  readonly spoken = new Uint8Array(languages.length);

  /** What fewer languages share says more. */
  add(all: readonly number[], weight: number): void {
    for (const one of all) this.scores[one]! += weight / all.length;
  }

  /** More than letters, which names have, too. */
  say(all: readonly number[], weight: number): void {
    this.add(all, weight);
    for (const one of all) this.spoken[one] = 1;
  }

  word(word: string): void {
    this.say(speakers.get(word) ?? nobody, 1);
    if (/[\u0370-\uffff]/.test(word))
      this.say(writersOf(word), 1); // a script of its own says as much as a small word
    else if (/[^a-z]/.test(word)) this.add(writersOf(word), 0.5);
    if (word.length < 6) return;
    let told = 0;
    for (let length = longestEnding; length > 1; length--)
      for (const one of finishers.get(word.slice(-length)) ?? nobody) {
        if (((told >>> one) & 1) === 0) this.say([one], 0.5);
        told |= 1 << one;
      }
  }

  /** One word with its letters but without small words may be a name. */
  leaders(): LanguageRules[] {
    for (const i of this.scores.keys()) if (!this.spoken[i] && this.scores[i]! < 1) this.scores[i] = 0;
    const most = Math.max(...this.scores);
    return most < 0.2 ? [] : languages.filter((_, i) => this.scores[i]! >= most * 0.8);
  }
}

/**
 * The language of a text, or all that are nearly as likely; empty when it cannot be said. Told by small words, letters
 * and endings. The library eld is right more often below 100 characters and as often above, but takes 0.3 s and 85 MB
 * to load; tinyld and franc are slower and less often right.
 */
export function detectLanguages(text: string): readonly LanguageRules[] {
  if (last.text !== text) last = { text, found: detect(text) };
  return last.found;
}

/** Mentions and ranking ask of the same text, one after the other. */
let last: { text: string; found: readonly LanguageRules[] } = { text: "", found: [] };

function detect(text: string): readonly LanguageRules[] {
  const ballot = new Ballot();
  const prose = text.slice(0, sample).normalize("NFC").toLowerCase();
  const isLetter = (at: number): boolean => at < prose.length && kinds[prose.charCodeAt(at)] !== kind.other;
  for (let at = 0; at < prose.length;) {
    const start = at;
    while (isLetter(at)) at++;
    const end = at;
    const sign = prose[at];
    if (start < end && (sign === "." || sign === ":") && (isLetter(at + 1) || prose[at + 1] === "/"))
      at = afterAddress(prose, at);
    else {
      if (start < end && !/\p{N}/u.test(prose.slice(start, end))) ballot.word(prose.slice(start, end));
      at++;
      if (start < end && (sign === "'" || sign === "’")) while (isLetter(at)) at++; // the s of "Mastercard's" is no word
    }
  }
  return ballot.leaders();
}

/** Addresses have words of their own languages. */
function afterAddress(prose: string, from: number): number {
  let at = from;
  while (at < prose.length && prose.charCodeAt(at) > 0x20 && prose[at] !== ")") at++;
  return at;
}

/** Shorter texts do not overrule what was said of them. */
const telling = 200;

/** The languages of a text that was asked for in `expected` (BCP 47): assistants now and then answer in another. */
export function languagesOf(text: string, expected?: string): readonly LanguageRules[] {
  const given = expected === undefined ? null : rulesOf(expected);
  if (given && text.length < telling) return [given];
  const told = detectLanguages(text);
  return given && (told.length === 0 || told.includes(given)) ? [given] : told;
}
