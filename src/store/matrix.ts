/** Packs the counts of a day's prompts and brands into one value, and unpacks them for adding up. */
import type { Counts } from "../domain.ts";

/** The order in which counts lie in a packed cell; only ever added to at its end. */
const wholeCounts = [
  "answers",
  "named",
  "ranked",
  "top1",
  "top3",
  "searched",
  "citing",
  "cited",
  "ghosts",
  "uncited",
  "judged",
  "positive",
  "negative",
  "present",
  "withoutOwn",
] as const satisfies readonly (keyof Counts)[];

/** Counts of a cell, the fraction last. */
export const countNames = [...wholeCounts, "reciprocalRanks"] as const;

/** Written out, as all that is done once per cell here: by name in a loop it takes ten times as long. */
export const noCounts = (): Counts => ({
  answers: 0,
  named: 0,
  ranked: 0,
  top1: 0,
  top3: 0,
  searched: 0,
  citing: 0,
  cited: 0,
  ghosts: 0,
  uncited: 0,
  judged: 0,
  positive: 0,
  negative: 0,
  present: 0,
  withoutOwn: 0,
  reciprocalRanks: 0,
});

/** Adds counts to a sum. */
export function addCounts(sum: Counts, counts: Counts): void {
  sum.answers += counts.answers;
  sum.named += counts.named;
  sum.ranked += counts.ranked;
  sum.top1 += counts.top1;
  sum.top3 += counts.top3;
  sum.searched += counts.searched;
  sum.citing += counts.citing;
  sum.cited += counts.cited;
  sum.ghosts += counts.ghosts;
  sum.uncited += counts.uncited;
  sum.judged += counts.judged;
  sum.positive += counts.positive;
  sum.negative += counts.negative;
  sum.present += counts.present;
  sum.withoutOwn += counts.withoutOwn;
  sum.reciprocalRanks += counts.reciprocalRanks;
}

/** First each cell's fraction (8 bytes), then each cell's whole numbers (4 bytes each), little-endian as every platform of Node's but s390x. */
export function packCounts(cells: readonly Counts[]): Buffer {
  const fractions = Float64Array.from(cells, ({ reciprocalRanks }) => reciprocalRanks);
  const whole = Int32Array.from(cells.flatMap((cell) => wholeCounts.map((name) => cell[name])));
  return Buffer.concat([new Uint8Array(fractions.buffer), new Uint8Array(whole.buffer)]);
}

/** A reader of packed counts: adds cell `i` to a sum. */
export function packedCounts(packed: Buffer, cells: number): (sum: Counts, cell: number) => void {
  const { buffer, byteOffset } = packed;
  // copied, because a typed array must begin at a multiple of its width
  const bytes = buffer.slice(byteOffset, byteOffset + packed.byteLength);
  const fractions = new Float64Array(bytes, 0, cells);
  const whole = new Int32Array(bytes, cells * 8);
  return (sum, cell) => {
    let at = cell * wholeCounts.length;
    sum.answers += whole[at++]!;
    sum.named += whole[at++]!;
    sum.ranked += whole[at++]!;
    sum.top1 += whole[at++]!;
    sum.top3 += whole[at++]!;
    sum.searched += whole[at++]!;
    sum.citing += whole[at++]!;
    sum.cited += whole[at++]!;
    sum.ghosts += whole[at++]!;
    sum.uncited += whole[at++]!;
    sum.judged += whole[at++]!;
    sum.positive += whole[at++]!;
    sum.negative += whole[at++]!;
    sum.present += whole[at++]!;
    sum.withoutOwn += whole[at]!;
    sum.reciprocalRanks += fractions[cell]!;
  };
}
