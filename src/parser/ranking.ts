/** Reads the answer's primary ranking: the place of the item that each tracked brand leads, and who else leads one. */
import type { Candidate, Mention, Ranking } from "../domain.ts";
import type { SourceBlock } from "./blocks.ts";
import { Names, type NameLead } from "./candidates.ts";
import { Leads } from "./leads.ts";
import { findSequences, type Entry, type Sequence } from "./sequences.ts";
import { statedPlaces } from "./stated.ts";

/** A ranking needs at least two led items; one numbered line is a heading or a date. */
const fewestLed = 2;
/** So many candidates are kept of one answer. */
const mostCandidates = 50;

/**
 * Rank of each brand in the first list, table or run of headings with at least two led entries. What tracked brands
 * lead is surer than what others do, so the first of these that there is counts: a sequence that two tracked brands
 * lead; one that one of them leads, and names that nobody tracks; places stated in words; a sequence that only others
 * lead, in which the tracked ones are absent. Printed numbers win over the order of entries. Uncertain mentions are
 * kept out of measures, so they neither lead nor stand in the order.
 */
export function readRanking(text: string, blocks: SourceBlock[], found: Mention[]): Ranking {
  const mentions = found.filter(({ certainty }) => certainty !== "uncertain");
  const order = [...new Set(mentions.map((mention) => mention.brand))];
  const sequences = findSequences(text, blocks, new Leads(text, mentions));
  const names = new Names(text, found);
  const byTwo = sequences.filter((sequence) => trackedIn(sequence) >= fewestLed);
  if (byTwo.length > 0) return { ...rankingOf(text, byTwo, names), order };
  const byOne = sequences.filter((sequence) => trackedIn(sequence) === 1 && isLed(sequence, names));
  if (byOne.length > 0) return { ...rankingOf(text, byOne, names), order };
  const places = statedPlaces(text, mentions);
  if (places.size > 0) return { source: "stated", positions: Object.fromEntries(places), order, candidates: [] };
  const byOthers = sequences.filter((sequence) => trackedIn(sequence) === 0 && isLed(sequence, names));
  if (byOthers.length > 0) return { ...rankingOf(text, byOthers, names), order };
  return { source: order.length > 0 ? "order" : null, positions: {}, order, candidates: [] };
}

const trackedIn = ({ entries }: Sequence): number =>
  new Set(entries.flatMap(({ brand }) => (brand === null ? [] : [brand]))).size;

/** The first of the sequences with its siblings. Each ranks for itself; a name's first place counts. */
function rankingOf(text: string, sequences: Sequence[], names: Names): Omit<Ranking, "order"> {
  const primary = sequences[0]!;
  const positions = new Map<string, number>();
  const candidates = new Map<string, Candidate>();
  for (const sequence of sequences) {
    if (sequence.source !== primary.source || sequence.kind !== primary.kind) continue;
    const others = othersIn(sequence, names);
    const place = placing(sequence.entries, others, sequence.source === "headings");
    for (const [i, entry] of sequence.entries.entries()) {
      const other = others.get(entry);
      if (entry.brand !== null && !positions.has(entry.brand)) positions.set(entry.brand, place(i));
      else if (other && candidates.size < mostCandidates) {
        const { start, end } = other;
        const name = text.slice(start, end);
        if (!candidates.has(name)) candidates.set(name, { text: name, start, end, position: place(i) });
      }
    }
  }
  return { source: primary.source, positions: Object.fromEntries(positions), candidates: [...candidates.values()] };
}

/**
 * Names that nobody tracks by the entry they lead. One that only its capitals speak for needs company: half of the
 * entries led by surer names, or all entries led by something like a name and one of them surely. Among headings it
 * must stand between surer ones, since others introduce and sum up.
 */
function othersIn({ source, entries }: Sequence, names: Names): Map<Entry, NameLead> {
  const others = new Map<Entry, NameLead>();
  for (const entry of entries) {
    const other = entry.brand === null ? names.leading(entry.lead) : null;
    if (other) others.set(entry, other);
  }
  const isSure = (entry: Entry) => entry.brand !== null || others.get(entry)?.strong === true;
  const sure = entries.filter(isSure).length;
  const nameless = entries.some((entry) => entry.brand === null && !others.has(entry));
  const inCompany = sure * 2 >= entries.length || (sure > 0 && !nameless);
  const [first, last] = [entries.findIndex(isSure), entries.findLastIndex(isSure)];
  for (const [i, entry] of entries.entries())
    if (!isSure(entry) && (!inCompany || (source === "headings" && (i < first || i > last)))) others.delete(entry);
  return others;
}

const strongIn = (others: Map<Entry, NameLead>): number => [...others.values()].filter(({ strong }) => strong).length;

/** True where names lead at least two entries and no fewer than half; without a tracked one, two must be sure. */
function isLed(sequence: Sequence, names: Names): boolean {
  const { entries } = sequence;
  if (entries.length < fewestLed) return false;
  const others = othersIn(sequence, names);
  const tracked = entries.filter(({ brand }) => brand !== null).length;
  const led = others.size + tracked;
  return others.size > 0 && led * 2 >= entries.length && (tracked > 0 || strongIn(others) >= fewestLed);
}

/**
 * The place of an entry by its index. Numbers that are all the same ("1." before each item) are counted up by whoever
 * shows the list. Headings before the first led one introduce; they are not counted.
 */
function placing(
  entries: Entry[],
  others: Map<Entry, NameLead>,
  skipsIntroduction: boolean,
): (index: number) => number {
  const numbers = entries.map(({ number }) => number);
  const lazy = numbers.length > 1 && numbers.every((number) => number === numbers[0]);
  const from = skipsIntroduction ? entries.findIndex((entry) => entry.brand !== null || others.has(entry)) : 0;
  const base = lazy ? (numbers[0] ?? 1) : 1;
  return (index) => (lazy ? null : numbers[index]) ?? index - from + base;
}
