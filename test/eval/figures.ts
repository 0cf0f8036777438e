/** Makes figures with 95 % intervals of what was right in each text. */
import { tQuantile, wilson } from "../../src/metrics/statistics.ts";

/** One text's part in a figure: `hits` of `of`. */
export interface Outcome {
  id: string;
  hits: number;
  of: number;
  /** Set where something is to be mended. */
  error?: { expected: string; got: string };
}

export interface Figure {
  value: number;
  low: number;
  high: number;
  of: number;
}

const z = tQuantile(0.975, Infinity);
const resamples = 1000;

/** Park and Miller's generator: the same chance in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

const share = (outcomes: Outcome[]): number => {
  const of = outcomes.reduce((sum, outcome) => sum + outcome.of, 0);
  return of === 0 ? 0 : outcomes.reduce((sum, { hits }) => sum + hits, 0) / of;
};

/** Percentiles of the share when texts are drawn again; for parts that are alike within a text. */
export function bootstrap(outcomes: Outcome[]): [low: number, high: number] {
  const random = chance(20250101);
  const values = Array.from({ length: resamples }, () =>
    share(outcomes.map(() => outcomes[Math.floor(random() * outcomes.length)]!)),
  ).sort((a, b) => a - b);
  return [values[Math.floor(resamples * 0.025)]!, values[Math.ceil(resamples * 0.975) - 1]!];
}

/**
 * Wilson where each text is one trial, else the bootstrap, since trials in one text are alike. Where all or none is right
 * the bootstrap would know no doubt, and Wilson judges by the number of texts.
 */
export function figureOf(outcomes: Outcome[]): Figure {
  const used = outcomes.filter((outcome) => outcome.of > 0);
  const of = used.reduce((sum, outcome) => sum + outcome.of, 0);
  const value = share(used);
  if (of === 0) return { value, low: 0, high: 1, of };
  const isPlain = value === 0 || value === 1 || used.every((outcome) => outcome.of === 1);
  const [low, high] = isPlain ? wilson(value, used.length, z) : bootstrap(used);
  return { value, low, high, of };
}

/**
 * The lowest score still counted that gives the best precision with at least the wanted recall; where none reaches it,
 * the one with the most recall, and `reached` is false. What scores 0 was not found at all.
 */
export function bestCutoff(
  items: { score: number; isRight: boolean }[],
  wanted: number,
): { cutoff: number; recall: number; reached: boolean } {
  const all = items.filter(({ isRight }) => isRight).length;
  const points = [...new Set(items.map(({ score }) => score))]
    .filter((score) => score > 0)
    .map((cutoff) => {
      const counted = items.filter(({ score }) => score >= cutoff);
      const right = counted.filter(({ isRight }) => isRight).length;
      return { cutoff, recall: all ? right / all : 1, precision: right / counted.length };
    });
  const enough = points.filter(({ recall }) => recall >= wanted).sort((a, b) => b.precision - a.precision)[0];
  const most = points.sort((a, b) => b.recall - a.recall || b.precision - a.precision)[0];
  const { cutoff, recall } = enough ?? most ?? { cutoff: 1, recall: 0 };
  return { cutoff, recall, reached: enough !== undefined };
}
