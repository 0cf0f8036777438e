/** Tells why a tracked name's letters do not count where they stand: for people who tune their lists of names. */
import type { Mention } from "../domain.ts";
import type { BrandSet, TrackedBrand } from "./brands.ts";
import { judge } from "./certainty.ts";
import { Finder } from "./finder.ts";
import { fold } from "./fold.ts";
import { detectLanguages, rulesOf } from "./languages/index.ts";
import { gap, gapOf } from "./letters.ts";
import { lastBefore } from "./spans.ts";
import { spell, variantsOf } from "./spelling.ts";
import type { ReadingView, Span } from "./text.ts";

export type RejectionReason =
  | "address"
  | "code"
  | "hidden"
  | "partOfName"
  | "insideWord"
  | "excluded"
  | "capitals"
  | "spelling"
  | "verb"
  | "ordinaryWord"
  | "other";

/** A tracked name that was read and not counted. Offsets are UTF-16 into the original text. */
export interface Rejection extends Pick<Mention, "brand" | "start" | "end" | "text" | "form" | "via"> {
  reason: RejectionReason;
  /** The longer name, the longer word or the phrase that it is part of. */
  within?: string;
}

/** Shorter names are parts of every other word. */
const shortestInWord = 3;

interface Name {
  /** null for an excluded phrase. */
  brand: TrackedBrand | null;
  form: string;
  via: Mention["via"];
}
type Place = Name & Span;

/** Every place with the letters of a name that no mention of its brand covers, in order. Linear in the text's length. */
export function rejectionsOf(
  view: ReadingView,
  set: BrandSet,
  mentions: readonly Mention[],
  language?: string,
): Rejection[] {
  const { phrases, names } = placesOf(view.text, set);
  const given = language === undefined ? null : rulesOf(language);
  const told = given ? [given] : detectLanguages(view.text);
  const languages = told.length > 0 ? told : set.languages;
  const rejections: Rejection[] = [];
  let next = 0;
  for (const place of names) {
    const { brand, form, via, start, end } = place;
    if (!brand || end <= (rejections.at(-1)?.end ?? 0)) continue; // a longer name stands there
    const mention = mentions[lastBefore(mentions, end - 1)];
    const covered = mention !== undefined && mention.end > start;
    if (covered && mention.brand === brand.key) continue;
    const word = wordAround(view.text, place);
    while (phrases[next] && phrases[next]!.end <= start) next++;
    const phrase = phrases[next] && phrases[next]!.start <= start && phrases[next]!.end >= end ? phrases[next] : null;
    const because = (reason: RejectionReason, within?: string) =>
      rejections.push({
        ...{ brand: brand.key, start, end, text: view.text.slice(start, end), form, via, reason },
        ...(within !== undefined && { within }),
      });
    const out = hiddenAs(view, place);
    if (out) because(out);
    else if (covered) because("partOfName", mention.form);
    else if (word && end - start < shortestInWord) continue;
    else if (word) because("insideWord", word);
    else if (phrase) because("excluded", phrase.form);
    else because(reasonOf(view.text, place, brand, languages));
  }
  return rejections;
}

/** Where names and excluded phrases stand, letter by letter: by start, the longest first. */
function placesOf(text: string, set: BrandSet): { names: Place[]; phrases: Place[] } {
  const finder = finderOf(set);
  const { units, offsets, ends } = fold(text);
  const read: number[] = [];
  const starts: number[] = [];
  for (let i = 0; i < units.length; i++) {
    const isGap = gapOf(units[i]!) !== gap.none;
    if (isGap && read.at(-1) === 0x20) continue;
    read.push(isGap ? 0x20 : units[i]!);
    starts.push(i);
  }
  const places: Place[] = [];
  for (const { from, to, value } of finder.find(read))
    places.push({ ...value, start: offsets[starts[from]!]!, end: ends[starts[to - 1]!]! });
  places.sort((a, b) => a.start - b.start || b.end - a.end);
  return {
    names: places.filter(({ brand }) => brand !== null),
    phrases: places.filter((place) => place.brand === null && wordAround(text, place) === null),
  };
}

/** All spellings of all names: with their gaps, and joined. */
function finderOf({ brands }: BrandSet): Finder<Name> {
  const finder = new Finder<Name>();
  for (const brand of brands) {
    const names = [
      { brand, form: brand.name, via: "name" as const },
      ...brand.aliases.map((form) => ({ brand, form, via: "alias" as const })),
      ...brand.products.map((form) => ({ brand, form, via: "product" as const })),
      ...brand.matching.exclude.map((form) => ({ brand: null, form, via: "name" as const })),
    ];
    for (const name of names)
      for (const written of [name.form, ...variantsOf(name.form)])
        for (const letters of lettersOf(written)) finder.add(letters, name);
  }
  return finder;
}

/** `de longhi` and `delonghi` of both De Longhi and DeLonghi. */
function lettersOf(written: string): string[] {
  const spelling = spell(written);
  if (!spelling) return [];
  const { letters, gaps, capitals } = spelling;
  const parted = letters.map((unit, i) => {
    const camel = i > 0 && capitals[i] === 1 && capitals[i - 1] === 0;
    return (gaps[i] !== gap.none || camel ? " " : "") + String.fromCharCode(unit);
  });
  return [parted.join(""), String.fromCharCode(...letters)];
}

const longestAround = 40;
const letterBefore = new RegExp(`[\\p{L}\\p{N}\\p{M}]{1,${longestAround}}$`, "u");
const letterAfter = new RegExp(`^[\\p{L}\\p{N}\\p{M}]{1,${longestAround}}`, "u");

/** The word that a place is only a part of; null where it is whole. */
function wordAround(text: string, { start, end }: Span): string | null {
  const [before] = letterBefore.exec(text.slice(Math.max(0, start - longestAround), start)) ?? [""];
  const [after] = letterAfter.exec(text.slice(end, end + longestAround)) ?? [""];
  return before === "" && after === "" ? null : before + text.slice(start, end) + after;
}

/** What a place is where it is not read as words; null where it is. */
function hiddenAs({ text, hidden, links }: ReadingView, { start, end }: Span): RejectionReason | null {
  const span = hidden[lastBefore(hidden, start)];
  if (!span || span.end < end || (span.shown !== undefined && span.shown !== "")) return null;
  const link = links[lastBefore(links, start)];
  const token = text.slice(Math.max(span.start, start - 100), Math.min(span.end, end + 100));
  if ((link && link.end >= end) || /^\S*[./@:]\S*$/.test(token)) return "address";
  return /^\s*(?:`{3}|~{3})|^(?: {4}|\t)/.test(text.slice(span.start, span.start + 20)) ? "code" : "hidden";
}

function reasonOf(
  text: string,
  { start, end, form }: Place,
  { matching }: TrackedBrand,
  languages: Parameters<typeof judge>[1],
): RejectionReason {
  const there = text.slice(start, end);
  const [listed, found] = [spell(form), spell(there)];
  const sameLetters = listed?.letters.join() === found?.letters.join();
  if (matching.caseSensitive && sameLetters && listed?.capitals.join() !== found?.capitals.join()) return "capitals";
  const capital = found?.capitals[0] === 1 || listed?.capitals[0] === 0;
  const place = { text, start, end, capital, inflected: false, name: form, lastEnd: -9 };
  if (judge({ ...place, common: false }, languages) === null) return "verb";
  if (sameLetters && listed?.gaps.join() !== found?.gaps.join()) return "spelling";
  return capital ? "other" : "ordinaryWord";
}
