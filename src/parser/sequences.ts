/** Finds what an answer sets out in an order: items of lists, rows of tables, headings and lines with a number. */
import type { Ranking } from "../domain.ts";
import type { SourceBlock } from "./blocks.ts";
import type { Leads } from "./leads.ts";
import type { Span } from "./text.ts";

export interface Entry {
  /** The number printed before it, or null. */
  number: number | null;
  /** The brand that leads it, or null. */
  brand: string | null;
  /** The stretch at whose beginning its name stands. */
  lead: Span;
}

export interface Sequence {
  source: Exclude<Ranking["source"], "stated" | "order" | null>;
  start: number;
  /** Sequences of the same kind are siblings: each ranks for itself, as "best for teams" and "best for one". */
  kind: string;
  entries: Entry[];
}

/** A number, a label with a number ("Platz 1:", "Nr 2 –", "#3"), a keycap or a medal at the beginning of a line. */
const numberLead = new RegExp(
  [
    /^[^\p{L}\p{N}\n#🥇🥈🥉]{0,12}/u.source,
    "(?:",
    /(?<medal>🥇|🥈|🥉)/u.source,
    /|(?<keycap>\d)\uFE0F?\u20E3/u.source,
    /|(?:(?:platz|plats|place|placering|rank|rang|sija|plass|nro|nr|no|number|nummer)\.?\s{0,2}|#\s?)(?<labelled>\d{1,3})(?=[\s.):–—-])[.):]?/iu
      .source,
    /|(?<plain>\d{1,3})\\?[.):](?=[\s*_])/u.source,
    ")",
    /[\s*_:–—-]{0,8}/u.source,
  ].join(""),
  "iu",
);
const medals = ["🥇", "🥈", "🥉"];

/** All sequences, in order of place. Linear in the text's length. */
export function findSequences(text: string, blocks: SourceBlock[], leads: Leads): Sequence[] {
  const sequences = [
    ...itemsOf(text, blocks, leads),
    ...tablesOf(text, blocks, leads),
    ...linesOf(text, blocks, leads),
    ...enumerationsOf(text, blocks, leads),
  ];
  return sequences.sort((a, b) => a.start - b.start);
}

/** Numbers beyond it are years, not places. */
const lastPlace = 999;

/** Lists; one that was interrupted goes on where its numbers do. Lists inside one list are siblings. */
function itemsOf(text: string, blocks: SourceBlock[], leads: Leads): Sequence[] {
  const all: Sequence[] = [];
  const lists = new Map<number, Sequence>();
  const lastAtLevel = new Map<number, Sequence>();
  for (const { kind, group, level, number, start, end } of blocks) {
    if (kind !== "item" || (number ?? 0) > lastPlace) continue;
    const last = lastAtLevel.get(level);
    let list = lists.get(group) ?? (last && goesOn(last.entries, number) ? last : null);
    if (!list || restarts(list.entries, number)) {
      const kind = level > 0 ? `inner ${number !== null}` : `outer ${start}`;
      all.push((list = { source: "list", start, kind, entries: [] }));
    }
    const newline = text.indexOf("\n", start);
    const lead = { start, end: newline < 0 ? end : Math.min(end, newline) };
    list.entries.push({ number, brand: leads.leader(lead.start, lead.end), lead });
    lists.set(group, list);
    lastAtLevel.set(level, list);
  }
  return all;
}

/** One more than the last number, or one less in a countdown. */
function goesOn(entries: Entry[], next: number | null): boolean {
  const last = entries.at(-1)?.number ?? null;
  const before = entries.at(-2)?.number ?? null;
  if (last === null || next === null) return false;
  return next === last + 1 ? before === null || before < last : next === last - 1 && (before === null || before > last);
}

/** A lower number begins anew; the same number again is a tie, or left to whoever shows the list. */
function restarts(entries: Entry[], next: number | null): boolean {
  const last = entries.at(-1)?.number ?? null;
  return last !== null && next !== null && next < last && !goesOn(entries, next);
}

/** Tables whose rows are led, in the column that leads most of them; a column of numbers gives the places. */
function tablesOf(text: string, blocks: SourceBlock[], leads: Leads): Sequence[] {
  const tables = new Map<number, SourceBlock[]>();
  for (const block of blocks) {
    if (block.kind !== "cell") continue;
    const cells = tables.get(block.group);
    if (cells) cells.push(block);
    else tables.set(block.group, [block]);
  }
  return [...tables.values()].map((cells) => {
    const led = new Map<number, number>();
    for (const { row, column, start, end } of cells)
      if (row > 0 && leads.leader(start, end) !== null) led.set(column, (led.get(column) ?? 0) + 1);
    const [best = firstInWords(text, cells)] = [...led]
      .sort(([a, m], [b, n]) => n - m || a - b)
      .map(([column]) => column);
    const entries: Entry[] = [];
    for (const { row, column, start, end } of cells) {
      if (row <= 0) continue;
      const entry = (entries[row - 1] ??= { number: null, brand: null, lead: { start, end: start } });
      const printed =
        column < best ? /^\W{0,6}(\d{1,3})[.)]?\W{0,6}$/.exec(text.slice(start, Math.min(end, start + 20))) : null;
      if (printed) entry.number = Number(printed[1]);
      if (column === best) Object.assign(entry, { brand: leads.leader(start, end), lead: { start, end } });
    }
    return { source: "table", start: cells[0]!.start, kind: "table", entries };
  });
}

/** The first column that does not only number the rows. */
const firstInWords = (text: string, cells: SourceBlock[]): number =>
  cells.find(({ row, start, end }) => row > 0 && /\p{L}/u.test(text.slice(start, Math.min(end, start + 80))))?.column ??
  0;

interface Line extends Entry {
  key: string;
  start: number;
  /** Who leads it is named in the text below. */
  isBelow: boolean;
}

/** Headings of one level, lines that begin with a number, and lines that begin in bold from the paragraph's first on. */
function linesOf(text: string, blocks: SourceBlock[], leads: Leads): Sequence[] {
  const open = new Map<string, Sequence>();
  const closed: Sequence[] = [];
  const below = new Set<Entry>();
  const close = (key: string) => {
    const sequence = open.get(key);
    if (sequence) closed.push(sequence);
    open.delete(key);
  };
  for (const [i, block] of blocks.entries()) {
    if (block.kind === "heading") for (const key of [...open.keys()]) if (endsAt(key, block.level)) close(key);
    if (block.kind === "item" || block.kind === "cell") continue;
    for (const { key, start, isBelow, ...entry } of readLines(text, block, blocks[i + 1], leads)) {
      if (isBelow) below.add(entry);
      if (restarts(open.get(key)?.entries ?? [], entry.number)) close(key);
      const sequence = open.get(key) ?? { source: "headings", start, kind: key, entries: [] };
      sequence.entries.push(entry);
      open.set(key, sequence);
    }
  }
  for (const key of [...open.keys()]) close(key);
  for (const { entries } of closed) muteSections(entries, below);
  return closed;
}

/** Where most headings name who they are about, one that names nobody introduces or sums up: "## Verdict". */
function muteSections(entries: Entry[], below: ReadonlySet<Entry>): void {
  const sections = entries.filter((entry) => entry.number === null && below.has(entry));
  const naming = entries.filter((entry) => entry.brand !== null && !below.has(entry));
  if (naming.length > sections.length && naming.length > 1) for (const section of sections) section.brand = null;
}

/** A heading ends what stands under headings of its level or below, and sequences of headings below itself. */
const endsAt = (key: string, level: number): boolean => (key.startsWith("h") ? Number(key.slice(1)) > level : true);

function readLines(text: string, block: SourceBlock, next: SourceBlock | undefined, leads: Leads): Line[] {
  const lines: Line[] = [];
  let bold = true; // all lines until here are
  for (let start = block.start; start < block.end;) {
    const found = text.indexOf("\n", start);
    const end = found < 0 || found > block.end ? block.end : found;
    const line = text.slice(start, Math.min(end, start + 80));
    const match = numberLead.exec(line);
    const heading = block.kind === "heading";
    bold &&= /^\s*(?:\*\*|__)/.test(line);
    if (match || heading || bold) {
      const from = start + (match ? match[0].length : 0);
      const mute = leads.first(start, end) === null;
      const below =
        mute && next?.kind === "paragraph" && (heading || match) ? leads.leader(next.start, next.end) : null;
      const key = heading ? `h${block.level}` : match ? "numbered" : "bold";
      const number = match ? numberOf(match) : null;
      const isBelow = below !== null;
      lines.push({ key, start, isBelow, number, brand: below ?? leads.leader(from, end), lead: { start: from, end } });
    }
    start = end + 1;
  }
  return lines;
}

function numberOf({ groups }: RegExpExecArray): number {
  const { medal, keycap, labelled, plain } = groups!;
  return medal === undefined ? Number(keycap ?? labelled ?? plain) : medals.indexOf(medal) + 1;
}

/** A number inside a line: "1) ", "(2) ", "3. " or a keycap. */
const numberInside = /(?:(\d{1,2})\\?[.)]|(\d)\uFE0F?\u20E3)[\s*_]{1,8}/gu;

/** Lists in one line of running text or of an item: "1) Acme 2) Bolt". */
function enumerationsOf(text: string, blocks: SourceBlock[], leads: Leads): Sequence[] {
  const all: Sequence[] = [];
  for (const block of blocks) {
    if (block.kind !== "paragraph" && block.kind !== "item") continue;
    for (let start = block.start; start < block.end;) {
      const found = text.indexOf("\n", start);
      const end = found < 0 || found > block.end ? block.end : found;
      const entries = entriesInLine(text, start, end, start === block.start ? block.number : null);
      if (entries.length > 1) {
        for (const entry of entries) entry.brand = leads.leader(entry.lead.start, entry.lead.end);
        all.push({ source: "list", start, kind: `line ${start}`, entries });
      }
      start = end + 1;
    }
  }
  return all;
}

/** What stands behind each number of a line, counted up from one; `first` is printed before the line. */
function entriesInLine(text: string, from: number, end: number, first: number | null): Entry[] {
  const entries: Entry[] = first === 1 ? [{ number: first, brand: null, lead: { start: from, end } }] : [];
  for (const match of text.slice(from, end).matchAll(numberInside)) {
    const at = from + match.index;
    const number = Number(match[1] ?? match[2]);
    if (number !== entries.length + 1 || (at > from && !/[\s(*_]/.test(text[at - 1]!))) continue;
    const last = entries.at(-1);
    if (last) last.lead.end = at;
    entries.push({ number, brand: null, lead: { start: at + match[0].length, end } });
  }
  return entries;
}
