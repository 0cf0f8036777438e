/** Reads the answer's primary ranking: places of the numbered items that a tracked brand leads. */
import type { Mention, Ranking } from "../domain.ts";

const numbered = /^([ \t]*)(\d{1,3})[.)][ \t]+/;
/** A ranking needs at least two led items; one numbered line is a heading or a date. */
const fewestItems = 2;

interface Item {
  place: number;
  brand: string;
}

/**
 * Rank of each brand in the first numbered list with at least two led items; printed numbers win.
 * Uncertain mentions are kept out of measures, so they neither lead nor stand in the order.
 */
export function readRanking(text: string, found: Mention[]): Ranking {
  const mentions = found.filter(({ certainty }) => certainty !== "uncertain");
  const order = [...new Set(mentions.map((mention) => mention.brand))];
  const list = numberedLists(text, mentions).find(
    (items) => new Set(items.map(({ brand }) => brand)).size >= fewestItems,
  );
  if (!list) return { source: order.length ? "order" : null, positions: {}, order };
  const positions: Record<string, number> = {};
  for (const { place, brand } of list) positions[brand] ??= place;
  return { source: "list", positions, order };
}

/** Lists of the items that a brand leads; numbers that do not rise begin a new list. */
function numberedLists(text: string, mentions: Mention[]): Item[][] {
  const lists: Item[][] = [];
  let previous = Infinity;
  let depth = 0;
  let at = 0;
  let next = 0;
  for (const line of text.split("\n")) {
    const match = numbered.exec(line);
    const indent = match ? match[1]!.length : 0;
    if (match && (previous === Infinity || indent <= depth)) {
      const place = Number(match[2]);
      if (place <= previous) lists.push([]);
      previous = place;
      depth = indent;
      const start = at + match[0].length;
      while (next < mentions.length && mentions[next]!.start < start) next++;
      const leader = mentions[next];
      if (leader && leader.end <= at + line.length && leads(text.slice(start, leader.start)))
        lists.at(-1)!.push({ place, brand: leader.brand });
    }
    at += line.length + 1;
  }
  return lists;
}

/** Nothing but markup stands before the name. */
const leads = (before: string): boolean => !/[\p{L}\p{N}]/u.test(before);
