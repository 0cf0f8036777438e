/** Makes measures of counts: the interval with its denominator, and the reason where one of them is missing. */
import type { Measure } from "../../domain.ts";
import type { Hits } from "../metric.ts";
import { promptMean, promptRate, shareOfVoice } from "../statistics.ts";
import { sumOf } from "../statistics/sums.ts";

/** Fewer prompts cannot stand for customers' questions; the interval is left out. */
const fewestPrompts = 5;

const nothing: Measure = { value: null, low: null, high: null, answers: 0, prompts: 0, hits: 0, note: "nothing" };

/** The measure of nothing; where there are answers that could not count, with the reason. */
export const empty = (note: Measure["note"] = "nothing"): Measure => ({ ...nothing, note });

/** A measure of a rate; `null` when nothing was counted. */
function toMeasure(
  interval: { value: number; low: number; high: number; prompts: number } | null,
  { hits, answers }: Hits,
): Measure {
  if (!interval) return empty();
  const { value, low, high, prompts } = interval;
  if (prompts > 1 && prompts < fewestPrompts)
    return { value, low: null, high: null, answers, prompts, hits, note: "too_few_prompts" };
  return { value, low, high, answers, prompts, hits, note: prompts === 1 ? "one_prompt" : null };
}

const totals = (prompts: readonly Hits[]): Hits => ({
  hits: sumOf(prompts, ({ hits }) => hits),
  answers: sumOf(prompts, ({ answers }) => answers),
});

/** The measure of a rate: `hits` of `answers` per prompt, every prompt counting the same. */
export const rateMeasure = (prompts: readonly Hits[]): Measure => toMeasure(promptRate(prompts), totals(prompts));

/** The measure of a ratio of sums; `total` is what all together have. */
export function shareMeasure(prompts: readonly ({ own: number; total: number } & Hits)[]): Measure {
  const used = prompts.filter(({ answers }) => answers > 0);
  return toMeasure(shareOfVoice(used), totals(used));
}

/** The measure of a mean of numbers that are no shares: every prompt with its own mean, and what that rests on. */
export const meanMeasure = (
  prompts: readonly ({ mean: number } & Hits)[],
  bounds: readonly [lowest: number, highest: number],
): Measure => {
  const means = prompts.map(({ mean }) => mean);
  return meanOrOne(promptMean(means, bounds), means, totals(prompts));
};

/** The measure of a mean that one prompt alone says nothing sure of: it has a value then and no interval. */
export function meanOrOne(
  mean: { value: number; low: number; high: number; prompts: number } | null,
  [only]: readonly number[],
  totals: Hits,
): Measure {
  if (mean) return toMeasure(mean, totals);
  return only === undefined
    ? empty()
    : { value: only, low: null, high: null, ...totals, prompts: 1, note: "too_few_prompts" };
}
