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

/** Bytes before the counts: how many whole counts a cell has, and how many bytes each of them takes. */
const headBytes = 8;

/**
 * A head; each cell's fraction (8 bytes); each cell's whole numbers, as narrow as the greatest allows (1, 2 or 4 bytes).
 * Little-endian, as every platform of Node's but s390x.
 */
export function packCounts(cells: readonly Counts[]): Buffer {
  const fractions = Float64Array.from(cells, ({ reciprocalRanks }) => reciprocalRanks);
  const whole = cells.flatMap((cell) => wholeCounts.map((name) => cell[name]));
  const greatest = whole.reduce((most, one) => Math.max(most, one), 0);
  const narrow = greatest < 2 ** 8 ? Uint8Array : greatest < 2 ** 16 ? Uint16Array : Uint32Array;
  const head = Buffer.alloc(headBytes);
  head[0] = wholeCounts.length;
  head[1] = narrow.BYTES_PER_ELEMENT;
  return Buffer.concat([head, new Uint8Array(fractions.buffer), new Uint8Array(narrow.from(whole).buffer)]);
}

/** What the counts of a day are of: days in a row mostly have the same. */
interface Frame {
  promptVersions: readonly string[];
  brands: readonly string[];
}

/** Sums of packed counts per prompt version and brand, which may be others from day to day. */
export class CountSums {
  /** Of what the sums are; a sum's place is its number here. */
  readonly #cells: { promptVersionId: string; brandId: string }[] = [];
  readonly #places = new Map<string, number>();
  /** Two arrays, because one that holds fractions makes every whole number an object of its own. */
  readonly #whole: number[] = [];
  readonly #fractions: number[] = [];
  readonly #frames = new Map<string, readonly number[]>();
  /** The places of what was added since the last `take`. */
  readonly #added = new Set<readonly number[]>();

  add(frame: Frame, packed: Buffer): void {
    const places = this.#placesOf(frame);
    this.#added.add(places);
    const [counts, width] = [packed[0]!, packed[1]!];
    // copied, because a typed array must begin at a multiple of its width
    const bytes = new Uint8Array(packed.subarray(headBytes)).buffer;
    const fractions = new Float64Array(bytes, 0, places.length);
    const Narrow = width === 1 ? Uint8Array : width === 2 ? Uint16Array : Uint32Array;
    const whole = new Narrow(bytes, places.length * 8);
    for (let cell = 0, from = 0; cell < places.length; cell++) {
      let at = places[cell]! * wholeCounts.length;
      for (let i = 0; i < counts; i++) this.#whole[at++]! += whole[from++]!;
      this.#fractions[places[cell]!]! += fractions[cell]!;
    }
  }

  /** Every prompt version and brand with its sums since the last time. */
  take(): (Counts & { promptVersionId: string; brandId: string })[] {
    const places = new Set([...this.#added].flat());
    this.#added.clear();
    return Array.from(places, (place) => Object.assign(this.#takeFrom(place), this.#cells[place]));
  }

  #takeFrom(place: number): Counts {
    const at = place * wholeCounts.length;
    const counts = countsAt(this.#whole, at, this.#fractions[place]!);
    this.#whole.fill(0, at, at + wholeCounts.length);
    this.#fractions[place] = 0;
    return counts;
  }

  #placesOf({ promptVersions, brands }: Frame): readonly number[] {
    const key = `${promptVersions.join()} ${brands.join()}`;
    let places = this.#frames.get(key);
    if (!places) {
      places = promptVersions.flatMap((version) => brands.map((brand) => this.#placeOf(version, brand)));
      this.#frames.set(key, places);
    }
    return places;
  }

  #placeOf(promptVersionId: string, brandId: string): number {
    const key = `${promptVersionId} ${brandId}`;
    let place = this.#places.get(key);
    if (place === undefined) {
      this.#places.set(key, (place = this.#cells.length));
      this.#cells.push({ promptVersionId, brandId });
      this.#whole.push(...wholeCounts.map(() => 0));
      this.#fractions.push(0);
    }
    return place;
  }
}

function countsAt(whole: readonly number[], at: number, reciprocalRanks: number): Counts {
  return {
    answers: whole[at]!,
    named: whole[at + 1]!,
    ranked: whole[at + 2]!,
    top1: whole[at + 3]!,
    top3: whole[at + 4]!,
    searched: whole[at + 5]!,
    citing: whole[at + 6]!,
    cited: whole[at + 7]!,
    ghosts: whole[at + 8]!,
    uncited: whole[at + 9]!,
    judged: whole[at + 10]!,
    positive: whole[at + 11]!,
    negative: whole[at + 12]!,
    present: whole[at + 13]!,
    withoutOwn: whole[at + 14]!,
    reciprocalRanks,
  };
}
