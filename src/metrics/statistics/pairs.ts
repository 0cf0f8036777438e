/** The interval for two shares of the same few answers: how much oftener one of two is there. */
import { tQuantile } from "./student.ts";

/** A difference of shares, from -1 to 1. */
export interface PairedGap {
  value: number;
  low: number;
  high: number;
}

/** Halvings of [-1, 1], after which a limit is exact to the last digit. */
const halvings = 60;

/**
 * How much oftener the first of two is there than the second, in `answers` answers of one prompt: of these `firstOnly`
 * hold the first alone and `secondOnly` the second alone. Tango's score interval for paired proportions: all
 * differences that a test with the variance expected under them would not rule out. It is above 0 exactly where
 * McNemar's test is sure; with `secondOnly` 0 its upper limit is Wilson's, as is its lower one while that is above
 * firstOnly / (2 answers - firstOnly); n of n gives (n - z²) / (n + z²) to 1. `null` without answers.
 *
 * It speaks of this prompt and these assistants only, and takes each answer for a draw of its own: where the answers of
 * a day or of an assistant are alike it is too narrow. Counted out over all outcomes, a gap is called sure where there
 * is none in 2.5 to 4 % of the cases from five answers on (nominally 2.5), but in 6.3 % with four.
 * Source: T. Tango, Statistics in Medicine 17 (1998) 891-908.
 */
export function pairedGap(
  { firstOnly, secondOnly, answers }: { firstOnly: number; secondOnly: number; answers: number },
  level = 0.95,
): PairedGap | null {
  if (answers <= 0) return null;
  const value = (firstOnly - secondOnly) / answers;
  const z = tQuantile(0.5 + level / 2, Infinity);
  const limit = (score: number, from: number, to: number): number => {
    let [below, above] = [from, to];
    for (let i = 0; i < halvings; i++) {
      const middle = (below + above) / 2;
      if (scoreOf(middle, firstOnly, secondOnly, answers) > score) below = middle;
      else above = middle;
    }
    return (below + above) / 2;
  };
  return { value, low: limit(z, -1, value), high: limit(-z, value, 1) };
}

/** Tango's statistic: how many standard deviations the counts lie above what `gap` would give; it falls with `gap`. */
function scoreOf(gap: number, firstOnly: number, secondOnly: number, answers: number): number {
  const b = (2 * answers - firstOnly + secondOnly) * gap - firstOnly - secondOnly;
  const c = -secondOnly * gap * (1 - gap);
  const root = Math.sqrt(b * b - 8 * answers * c);
  // the share of `secondOnly` that is likeliest under `gap`, in the form that does not cancel
  const share = b > 0 ? (-2 * c) / (b + root) : (root - b) / (4 * answers);
  return (firstOnly - secondOnly - answers * gap) / Math.sqrt(answers * (2 * share + gap * (1 - gap)));
}
