/** What a series has done so far: its slope by Theil and Sen, and words for it that promise nothing. */
import type { Words } from "../../domain.ts";
import { sumOf } from "../statistics/sums.ts";
import { tQuantile } from "../statistics/student.ts";

/** Slope per step with its interval, and the height of the line at the first step. */
export interface Slope {
  slope: number;
  low: number;
  high: number;
  start: number;
}

export interface Trend {
  /** `unclear`: the interval holds both rising and falling; that is not "stable". */
  direction: "up" | "down" | "unclear";
  /** Per step, in the unit of the series. */
  slope: number;
  low: number;
  high: number;
  /** Values it rests on. */
  points: number;
}

/** Fewer values have no trend: two points make an arrow, not a trend. */
const fewestPoints = 8;

interface Point {
  at: number;
  value: number;
}

/** Values with the step each stands at; null is a step without a value. */
const pointsOf = (values: readonly (number | null)[]): Point[] =>
  values.flatMap((value, at) => (value === null ? [] : [{ at, value }]));

const middle = (sorted: readonly number[]): number => {
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
};
const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/**
 * The median of the slopes between all pairs of points, with the interval of Sen and Kendall; null below four points.
 * Source: Sen 1968 as in scipy.stats.theilslopes (variance corrected for ties); measures.md 7.
 */
export function theilSen(values: readonly (number | null)[], level = 0.95): Slope | null {
  const points = pointsOf(values);
  const n = points.length;
  if (n < 4) return null;
  const slopes = ascending(
    points.flatMap((one, i) => points.slice(i + 1).map((later) => (later.value - one.value) / (later.at - one.at))),
  );
  const slope = middle(slopes);
  const same = new Map<number, number>();
  for (const { value } of points) same.set(value, (same.get(value) ?? 0) + 1);
  const ties = sumOf([...same.values()], (count) => count * (count - 1) * (2 * count + 5));
  const spread = tQuantile(0.5 + level / 2, Infinity) * Math.sqrt((n * (n - 1) * (2 * n + 5) - ties) / 18);
  const high = slopes[Math.min(Math.round((slopes.length + spread) / 2), slopes.length - 1)]!;
  const low = slopes[Math.max(Math.round((slopes.length - spread) / 2) - 1, 0)]!;
  const start = middle(ascending(points.map(({ value }) => value))) - slope * middle(points.map(({ at }) => at));
  return { slope, low, high, start };
}

/** How much wider neighbours that resemble each other make the variance: (1 + r) / (1 - r), r kept inside 0 to 0.8. */
function inflation(points: readonly Point[], { slope, start }: Slope): number {
  const rest = points.map(({ at, value }) => value - (start + slope * at));
  const mean = sumOf(rest, (one) => one) / rest.length;
  const square = sumOf(rest, (one) => (one - mean) ** 2);
  const together = rest.slice(1).reduce((sum, one, i) => sum + (one - mean) * (rest[i]! - mean), 0);
  const likeness = Math.min(0.8, Math.max(0, (square > 0 ? together / square : 0) + 1 / rest.length));
  return (1 + likeness) / (1 - likeness);
}

/**
 * Whether a series of one value per step (null where there is none) has risen or fallen, its interval widened by the
 * likeness of neighbours; null below eight values. Source: measures.md 7 (false trend 5.5 % on stable series; a series
 * that wanders is called a trend in 44 of 100, so the words speak of the past only).
 */
export function trend(values: readonly (number | null)[], level = 0.95): Trend | null {
  const points = pointsOf(values);
  const line = points.length < fewestPoints ? null : theilSen(values, level);
  if (!line) return null;
  const wider = Math.sqrt(inflation(points, line));
  const low = line.slope - (line.slope - line.low) * wider;
  const high = line.slope + (line.high - line.slope) * wider;
  return {
    direction: low > 0 ? "up" : high < 0 ? "down" : "unclear",
    slope: line.slope,
    low,
    high,
    points: points.length,
  };
}

/** What a trend is called: what has been since `since`, never what will be. */
export function trendWords(trend: Trend | null, since: string): Words {
  if (!trend) return { en: "Too few values to speak of a trend", sv: "För få värden för att tala om en trend" };
  const said = {
    up: { en: `Has risen since ${since}`, sv: `Har stigit sedan ${since}` },
    down: { en: `Has fallen since ${since}`, sv: `Har sjunkit sedan ${since}` },
    unclear: { en: `No clear trend since ${since}`, sv: `Ingen tydlig trend sedan ${since}` },
  };
  return said[trend.direction];
}
