/** Places that an answer states in words: "In first place is Acme", "Acme kommer på andra plats". */
import type { Mention } from "../domain.ts";
import { isWordAt } from "./inline-chars.ts";

/** Ordinals before a word for place, by language; a place beyond the fifth is rarely said in words. */
const ordinals: Record<string, number> = {};
for (const [place, words] of [
  [1, "first|1st|top|första|1:a|förste|erster|erste|ersten|første|ensimmäinen|ensimmäisellä"],
  [2, "second|2nd|andra|2:a|zweiter|zweite|zweiten|anden|andre|toinen|toisella"],
  [3, "third|3rd|tredje|3:e|dritter|dritte|dritten|kolmas|kolmannella"],
  [4, "fourth|4th|fjärde|4:e|vierter|vierte|vierten|fjerde|neljäs|neljännellä"],
  [5, "fifth|5th|femte|5:e|fünfter|fünfte|fünften|viides|viidennellä"],
] as const)
  for (const word of words.split("|")) ordinals[word] = place;

const words = Object.keys(ordinals)
  .sort((a, b) => b.length - a.length)
  .join("|");
const english = "first|second|third|fourth|fifth";
const nouns = ["etta", "tvåa", "trea", "fyra", "femma"];
const numerals: Record<string, number> = {
  one: 1,
  two: 2,
  three: 3,
  ett: 1,
  två: 2,
  tre: 3,
  eins: 1,
  zwei: 2,
  drei: 3,
};
const stated = new RegExp(
  `(?:(?<ordinal>${words})[\\s-](?:place|spot|position|plats|platsen|plass|plads|platz|rank|sija|sijalla)|` +
    `(?:number|no\\.?|nummer|nr\\.?|plats|platz|place|rank(?:ed|s)?)\\s?(?<digit>[1-9])|` +
    `(?:number|nummer)[\\s-](?<numeral>${Object.keys(numerals).join("|")})|` +
    `(?:comes|came|ranks|ranked|finishes|finished)\\s(?:in\\s)?(?<verb>${english})|` +
    `(?:kommer|hamnar|blir|slutar|rankas|ligger)\\s(?:som\\s)?(?<noun>etta|tvåa|trea|fyra|femma)|` +
    `(?<next>followed by|följt av|följs av|gefolgt von|etterfulgt av|efterfulgt af))(?![\\p{L}\\p{N}])`,
  "giu",
);

interface Hit {
  start: number;
  end: number;
  /** null: the place after the one before. */
  place: number | null;
}

/** Brand key to place; each place goes to the nearest name of its clause. Linear in the text's length. */
export function statedPlaces(text: string, mentions: Mention[]): Map<string, number> {
  const hits = findHits(text);
  const places = new Map<string, number>();
  let last: number | null = null;
  let from = 0;
  for (const [i, hit] of hits.entries()) {
    while (from < mentions.length && mentions[from]!.start < hit.start - widest) from++;
    const repeated = hit.place === null && hits[i + 1] && clauseBetween(text, hit.end, hits[i + 1]!.start);
    if (repeated) continue; // "followed by Bolt in second place": the ordinal says it
    const place: number | null = hit.place ?? (last === null ? null : last + 1);
    const brand = place === null ? null : nearest(text, mentions, from, hit, places);
    if (brand === null || place === null) continue;
    places.set(brand, place);
    last = place;
  }
  return places;
}

function findHits(text: string): Hit[] {
  const hits: Hit[] = [];
  stated.lastIndex = 0;
  for (let match = stated.exec(text); match; match = stated.exec(text)) {
    // asked here because a look behind at each letter of the text would cost more than all the rest
    if (match.index > 0 && isWordAt(text, match.index - 1)) {
      stated.lastIndex = match.index + 1;
      continue;
    }
    const { ordinal, digit, numeral, verb, noun } = match.groups!;
    const word = (ordinal ?? verb ?? numeral ?? "").toLowerCase();
    const said =
      ordinals[word] ?? numerals[word] ?? (noun === undefined ? Number(digit) : nouns.indexOf(noun.toLowerCase()) + 1);
    hits.push({ start: match.index, end: stated.lastIndex, place: Number.isNaN(said) ? null : said });
  }
  return hits;
}

/** A name farther away belongs to something else. */
const widest = 80;

const clauseBetween = (text: string, from: number, to: number): boolean =>
  to - from <= widest && !/[.;!?\n]/.test(text.slice(from, to));

function nearest(text: string, mentions: Mention[], from: number, hit: Hit, taken: Map<string, number>): string | null {
  let best: { brand: string; distance: number } | null = null;
  for (let i = from; i < mentions.length && mentions[i]!.start <= hit.end + widest; i++) {
    const { brand, start, end } = mentions[i]!;
    if (taken.has(brand)) continue;
    const after = start >= hit.end;
    const between = after ? text.slice(hit.end, start) : text.slice(end, hit.start);
    if (/[.;!?\n]/.test(between) || (hit.place === null && !after)) continue;
    const distance = between.length + (/,/.test(between) ? widest : 0);
    if (!best || distance < best.distance) best = { brand, distance };
  }
  return best?.brand ?? null;
}
