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
const width = countNames.length;

export const noCounts = (): Counts =>
  Object.fromEntries(countNames.map((name) => [name, 0])) as Record<(typeof countNames)[number], number>; // fromEntries forgets the names

/** Adds counts to a sum. */
export function addCounts(sum: Counts, counts: Counts): void {
  for (const name of countNames) sum[name] += counts[name];
}

/** First each cell's fraction (8 bytes), then each cell's whole numbers (4 bytes each), little-endian as every platform of Node's but s390x. */
export function packCounts(cells: readonly Counts[]): Buffer {
  const fractions = Float64Array.from(cells, ({ reciprocalRanks }) => reciprocalRanks);
  const whole = Int32Array.from(cells.flatMap((cell) => wholeCounts.map((name) => cell[name])));
  return Buffer.concat([new Uint8Array(fractions.buffer), new Uint8Array(whole.buffer)]);
}

/** A reader of packed counts: adds cell `i` to a sum, which has the order of `countNames`. */
export function packedCounts(packed: Buffer, cells: number): (sum: Float64Array, cell: number) => void {
  const { buffer, byteOffset } = packed;
  // copied, because a typed array must begin at a multiple of its width
  const bytes = buffer.slice(byteOffset, byteOffset + packed.byteLength);
  const fractions = new Float64Array(bytes, 0, cells);
  const whole = new Int32Array(bytes, cells * 8);
  return (sum, cell) => {
    const from = cell * (width - 1);
    for (let i = 0; i < width - 1; i++) sum[i]! += whole[from + i]!;
    sum[width - 1]! += fractions[cell]!;
  };
}

export const newSum = (): Float64Array => new Float64Array(width);

export const toCounts = (sum: Float64Array): Counts => {
  const counts = noCounts();
  for (let i = 0; i < width; i++) counts[countNames[i]!] = sum[i]!;
  return counts;
};
