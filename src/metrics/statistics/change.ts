/** Intervals for means over prompts: what changed between two periods, and what has no upper bound of one. */
import { sumOf } from "./sums.ts";
import { tQuantile } from "./student.ts";

/** A mean over prompts with its interval. */
export interface PromptMean {
  value: number;
  low: number;
  high: number;
  prompts: number;
}

/** Differences this small come from adding up, not from answers. */
const noSpread = 1e-12;

/**
 * Mean over prompts of one number per prompt, plus and minus t of N-1 degrees times sd / sqrt(N), kept inside `bounds`.
 * Where all prompts agree there is no spread to measure: 3/N to both sides then, as if 3/N of all prompts (the rule of
 * three) could be a whole unit away. `null` below two prompts. Source: measures.md 3.5 and 2, "interval by prompt t".
 */
export function promptMean(
  values: readonly number[],
  bounds: readonly [lowest: number, highest: number],
  level = 0.95,
): PromptMean | null {
  const prompts = values.length;
  if (prompts < 2) return null;
  const value = sumOf(values, (one) => one) / prompts;
  const error = Math.sqrt(sumOf(values, (one) => (one - value) ** 2) / (prompts - 1) / prompts);
  const half = error <= noSpread ? 3 / prompts : tQuantile(0.5 + level / 2, prompts - 1) * error;
  return { value, low: Math.max(bounds[0], value - half), high: Math.min(bounds[1], value + half), prompts };
}

/**
 * What changed on the same prompts: mean of after minus before, each a rate of 0 to 1, with the paired interval. Prompts
 * differ much more from each other than from themselves, so the change is surer than either level. Also for one brand
 * minus another on the same prompts. `null` below two prompts. Source: measures.md 3.5 (coverage 95-98 %).
 */
export function promptChange(pairs: readonly { before: number; after: number }[], level = 0.95): PromptMean | null {
  return promptMean(
    pairs.map(({ before, after }) => after - before),
    [-1, 1],
    level,
  );
}

/** A brand's part of all brands' weight on one prompt. */
interface Part {
  own: number;
  total: number;
}

/**
 * What a share of voice changed by on the same prompts: the share after minus the share before, with the paired
 * interval of the linearised ratio: each prompt's pull on the share after minus its pull on the share before. Where no
 * prompt pulls, 3/N to both sides as for `promptMean`. `null` below two prompts, or where a period has no weight at all.
 * Source: measures.md 3.4 (the ratio's linearisation) and 3.5 (pairs).
 */
export function shareChange(pairs: readonly { before: Part; after: Part }[], level = 0.95): PromptMean | null {
  const prompts = pairs.length;
  const [before, after] = [pairs.map((pair) => pair.before), pairs.map((pair) => pair.after)];
  const [first, last] = [pullsOf(before), pullsOf(after)];
  if (prompts < 2 || !first || !last) return null;
  const value = last.share - first.share;
  const squares = sumOf([...last.pulls.keys()], (i) => (last.pulls[i]! - first.pulls[i]!) ** 2);
  const error = Math.sqrt(squares / (prompts * (prompts - 1)));
  const half = error <= noSpread ? 3 / prompts : tQuantile(0.5 + level / 2, prompts - 1) * error;
  return { value, low: Math.max(-1, value - half), high: Math.min(1, value + half), prompts };
}

/** The share of all, and how far each prompt pulls it; null where nothing weighs. */
function pullsOf(parts: readonly Part[]): { share: number; pulls: number[] } | null {
  const total = sumOf(parts, (part) => part.total);
  if (total <= 0) return null;
  const share = sumOf(parts, (part) => part.own) / total;
  return { share, pulls: parts.map((part) => ((part.own - share * part.total) * parts.length) / total) };
}
