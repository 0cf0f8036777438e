/** Reads the answer's primary ranking: the place of the item that each tracked brand leads. */
import type { Mention, Ranking } from "../domain.ts";
import { readBlocks } from "./blocks.ts";
import { Leads } from "./leads.ts";
import { findSequences, type Entry, type Sequence } from "./sequences.ts";
import { statedPlaces } from "./stated.ts";

/** A ranking needs at least two led items; one numbered line is a heading or a date. */
const fewestLed = 2;

/**
 * Rank of each brand in the first list, table or run of headings with at least two led entries, else as stated in
 * words. Printed numbers win over the order of entries. Uncertain mentions are kept out of measures, so they neither
 * lead nor stand in the order.
 */
export function readRanking(text: string, found: Mention[]): Ranking {
  const mentions = found.filter(({ certainty }) => certainty !== "uncertain");
  const order = [...new Set(mentions.map((mention) => mention.brand))];
  if (order.length === 0) return { source: null, positions: {}, order };
  const sequences = findSequences(text, readBlocks(text), new Leads(text, mentions)).filter(isRanking);
  const [primary] = sequences;
  if (primary) {
    const siblings = sequences.filter(({ source, kind }) => source === primary.source && kind === primary.kind);
    return { source: primary.source, positions: Object.fromEntries(placesOf(siblings)), order };
  }
  const places = statedPlaces(text, mentions);
  return { source: places.size > 0 ? "stated" : "order", positions: Object.fromEntries(places), order };
}

const isRanking = ({ entries }: Sequence): boolean =>
  new Set(entries.flatMap(({ brand }) => (brand === null ? [] : [brand]))).size >= fewestLed;

/** Each list ranks for itself; a brand's first place counts. */
function placesOf(sequences: Sequence[]): Map<string, number> {
  const places = new Map<string, number>();
  for (const { source, entries } of sequences) {
    const place = placing(entries, source === "headings");
    for (const [i, { brand }] of entries.entries())
      if (brand !== null && !places.has(brand)) places.set(brand, place(i));
  }
  return places;
}

/**
 * The place of an entry by its index. Numbers that are all the same ("1." before each item) are counted up by whoever
 * shows the list. Headings before the first led one introduce; they are not counted.
 */
function placing(entries: Entry[], skipsIntroduction: boolean): (index: number) => number {
  const numbers = entries.map(({ number }) => number);
  const lazy = numbers.length > 1 && numbers.every((number) => number === numbers[0]);
  const from = skipsIntroduction ? entries.findIndex(({ brand }) => brand !== null) : 0;
  const base = lazy ? (numbers[0] ?? 1) : 1;
  return (index) => (lazy ? null : numbers[index]) ?? index - from + base;
}
