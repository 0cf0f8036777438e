/** Cuts an answer's text into sentences and says of each how many words it has, whom it names and what it rests on. */
import type { Language } from "../domain.ts";
import type { ReadSentence } from "../metrics/metric.ts";
import type { FoundText } from "../store/index.ts";

/** So much of a text is read. What comes later weighs next to nothing, and nobody reads it. */
export const longestText = 100_000;
const mostSentences = 2_000;

/** `Intl.Segmenter` takes time that grows with the square of what it is given. */
const pieceLength = 2_000;

/** What stands in a text and is no word that a reader reads as one. */
const noWords = [
  /\(\[[^[\]\n]*\]\((?:[^\s()]|\([^\s()]*\))*\)\)/g, // ([title](address)): a marker
  /\[(?:\^?\d{1,3}(?:\s?[,–-]\s?\d{1,3})*|[^[\]\s]+\.\p{L}{2,})\](?:\([^\s()]*\))?/gu, // [1], [2, 3], [^1], [site.com](address)
  /【[^【】\n]*】/g,
  /(?<=\])\((?:[^\s()]|\([^\s()]*\))*\)?/g, // where a link leads; its label is read
  /https?:\/\/[^\s<>()[\]]+/g,
  /<\/?[a-z][^<>\n]*>/gi,
  /^[ \t>]*\d{1,3}[.)](?=\s)/gm, // an item's number
];

/** Runs of letters and digits. */
const run = /[\p{L}\p{M}\p{N}]+/gu;
/** Scripts that leave no space between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

interface Sentence {
  /** From its first word to the end of its last. */
  start: number;
  end: number;
  words: number;
  brands: Set<string>;
  sources: Set<string>;
}

/**
 * The sentences with a word, in order. A sentence ends where Unicode says so (UAX 29) and at every line break. Words are
 * runs of letters and digits; preamble and markers of citations are none. A brand is named in the sentence its mention
 * begins in. A source stands behind every sentence that its citation supports, so a marker after the full stop counts for
 * the sentence before it; entries of a list of sources support none. `known`: sentences of texts read before.
 */
export function sentencesOf(
  found: FoundText,
  language: Language,
  known = new Map<string, ReadSentence>(),
): ReadSentence[] {
  const sentences = cut(visible(found), language);
  for (const { brandId, start, end } of found.mentions)
    for (const sentence of overlapping(sentences, start, end).slice(0, 1)) sentence.brands.add(brandId);
  for (const { domain, supports } of found.citations)
    if (supports && domain !== "")
      for (const sentence of overlapping(sentences, supports.start, supports.end)) sentence.sources.add(domain);
  return sentences.map((sentence) => toRead(sentence, known));
}

/** The text with spaces for all that are no words, so that places stay. */
function visible({ text: whole, asides, mentions, citations }: FoundText): string {
  let text = whole.slice(0, longestText);
  const named = new Set(mentions.map(({ start }) => start));
  const markers = citations.flatMap(({ own, supports }) => {
    if (!own) return [];
    const label = text.slice(own.start, own.end);
    // what covers words is what is cited; a lone word is a marker, unless it names a brand
    const isMarker = !/\S\s+\S/.test(label) && !label.includes("](") && !named.has(own.start);
    return isMarker || !supports ? [own] : [];
  });
  text = without(text, [...asides, ...markers]);
  for (const pattern of noWords) text = text.replace(pattern, blank);
  return text;
}

/** Line breaks stay, too. */
const blank = (text: string): string => text.replace(/[^\n]/g, " ");

function without(text: string, spans: readonly { start: number; end: number }[]): string {
  let made = "";
  let from = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (end <= from) continue;
    const begin = Math.max(start, from);
    made += text.slice(from, begin) + blank(text.slice(begin, end));
    from = end;
  }
  return made + text.slice(from);
}

function cut(text: string, language: Language): Sentence[] {
  const { sentences: cutter } = cuttersOf(language);
  const found: Sentence[] = [];
  for (const { index: from, 0: piece } of text.matchAll(new RegExp(`[^\\n]{1,${pieceLength}}`, "gu")))
    for (const { segment, index } of cutter.segment(piece)) {
      if (found.length === mostSentences) return found;
      const sentence = sentenceAt(segment, from + index, language);
      if (sentence) found.push(sentence);
    }
  return found;
}

/** Null where there is no word. */
function sentenceAt(text: string, from: number, language: Language): Sentence | null {
  const runs = [...text.matchAll(run)];
  const [first, last] = [runs[0], runs.at(-1)];
  if (!first || !last) return null;
  let words = 0;
  for (const [word] of runs) words += unspaced.test(word) ? countWords(word, language) : 1;
  return {
    start: from + first.index,
    end: from + last.index + last[0].length,
    words,
    brands: new Set(),
    sources: new Set(),
  };
}

function countWords(text: string, language: Language): number {
  let words = 0;
  for (const { isWordLike } of cuttersOf(language).words.segment(text)) if (isWordLike) words++;
  return Math.max(words, 1);
}

interface Cutters {
  sentences: Intl.Segmenter;
  words: Intl.Segmenter;
}

const cutters = new Map<Language, Cutters>();

/** Made once for each language; they take a while to make. */
function cuttersOf(language: Language): Cutters {
  let made = cutters.get(language);
  if (!made) {
    const of = (granularity: "sentence" | "word") => new Intl.Segmenter(language, { granularity });
    cutters.set(language, (made = { sentences: of("sentence"), words: of("word") }));
  }
  return made;
}

/** Sentences with a word between two places. */
function overlapping(sentences: readonly Sentence[], start: number, end: number): Sentence[] {
  let low = 0;
  let high = sentences.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sentences[middle]!.end <= start) low = middle + 1;
    else high = middle;
  }
  let to = low;
  while (to < sentences.length && sentences[to]!.start < end) to++;
  return sentences.slice(low, to);
}

/** There are millions of sentences and few that differ in what is told of them: those that do not are one object. */
function toRead({ words, brands, sources }: Sentence, known: Map<string, ReadSentence>): ReadSentence {
  const key = [words, ...brands, "", ...sources].join(" ");
  let read = known.get(key);
  if (!read) known.set(key, (read = { words, brands: [...brands], sources: [...sources] }));
  return read;
}
