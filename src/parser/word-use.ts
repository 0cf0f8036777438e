/** Which words a text uses as ordinary words, and which as names inside its sentences. */
import { kind, kinds } from "./letters.ts";
import { detectLanguages } from "./languages/index.ts";

export interface WordUse {
  /** In lower case. */
  asWord: ReadonlySet<string>;
  /** With a capital inside a sentence; none where every noun has one. */
  asName: ReadonlySet<string>;
}

/** So many small words stand before a name inside a sentence: what follows one alone may be the title of a list. */
const enough = 2;

/** Reads the words of a text once. */
export function wordUse(text: string): WordUse {
  const asWord = new Set<string>();
  const asName = new Set<string>();
  const capitalised = detectLanguages(text).some(({ code }) => code === "de");
  let small = 0; // words in lower case right before this one
  for (let at = 0; at < text.length;) {
    const start = at;
    while (at < text.length && isLetter(text, at)) at++;
    if (at === start) {
      if (text[at] !== " " || !isLetter(text, at + 1)) small = 0;
      at++;
      continue;
    }
    const word = text.slice(start, at);
    const lower = word === word.toLowerCase();
    if (!lower && small >= enough && !capitalised) asName.add(word);
    if (lower) asWord.add(word);
    small = lower ? small + 1 : 0;
  }
  return { asWord, asName };
}

/** Apostrophes and hyphens belong to the word that goes on behind them. */
function isLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (kinds[code] === kind.word) return true;
  return (code === 0x27 || code === 0x2d || code === 0x2019) && kinds[text.charCodeAt(at + 1)] === kind.word;
}
