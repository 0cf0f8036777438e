/** Makes metrics of counts that roll-ups keep: rates, shares, and what they changed by. */
import type { Measure } from "../../domain.ts";
import type { CountMetric, Hits, MetricWords, PromptCounts } from "../metric.ts";
import { promptMean, shareChange } from "../statistics.ts";
import { empty, meanOrOne, rateMeasure, shareMeasure } from "./measure.ts";

type Count = (counts: PromptCounts) => number;

/** Why there may be no number although there are answers. */
export type Missing = (prompts: readonly PromptCounts[]) => Measure["note"];

/** No answer came from an assistant that was asked to search. */
export const unsearched: Missing = (prompts) =>
  prompts.some(({ answers }) => answers > 0) && prompts.every(({ searched }) => searched === 0)
    ? "no_search"
    : "nothing";

/** The brand is named, and no judge has said how. */
export const unjudged: Missing = (prompts) => (prompts.some(({ named }) => named > 0) ? "unjudged" : "nothing");

const nothing: Missing = () => "nothing";

const explained = (measure: Measure, missing: Missing, prompts: readonly PromptCounts[]): Measure =>
  measure.value === null ? empty(missing(prompts)) : measure;

/** A metric that is `hits` of `answers`, every prompt counting the same. */
export const rate = (words: MetricWords, hits: Count, answers: Count, missing: Missing = nothing): CountMetric => {
  const of = (counts: PromptCounts): Hits => ({ hits: hits(counts), answers: answers(counts) });
  return {
    ...words,
    reads: "counts",
    measure: (prompts) => explained(rateMeasure(prompts.map(of)), missing, prompts),
    change: (pairs) => {
      const rated = pairs.map(({ before, after }) => ({ before: of(before), after: of(after) }));
      return changeOfRates(rated.filter(({ before, after }) => before.answers > 0 && after.answers > 0));
    },
  };
};

/** What rates changed by on the same prompts; every pair has answers on both sides. Hits are prompts that moved. */
export function changeOfRates(pairs: readonly { before: Hits; after: Hits }[]): Measure {
  const moved = pairs.map(({ before, after }) => after.hits / after.answers - before.hits / before.answers);
  return meanOrOne(promptMean(moved, [-1, 1]), moved, {
    hits: moved.filter((difference) => difference !== 0).length,
    answers: pairs.reduce((sum, { before, after }) => sum + before.answers + after.answers, 0),
  });
}

/** A metric that is the brand's part of what all tracked brands have. */
export const share = (
  words: MetricWords,
  weight: (counts: PromptCounts["all"]) => number,
  answers: Count,
  missing: Missing = nothing,
): CountMetric => ({
  ...words,
  reads: "counts",
  measure: (prompts) =>
    explained(
      shareMeasure(
        prompts.map((counts) => ({
          own: weight(counts),
          total: weight(counts.all),
          hits: weight(counts),
          answers: answers(counts),
        })),
      ),
      missing,
      prompts,
    ),
  change: (pairs) => {
    const both = pairs.filter(({ before, after }) => answers(before) > 0 && answers(after) > 0);
    const sides = both.map(({ before, after }) => ({
      before: { own: weight(before), total: weight(before.all) },
      after: { own: weight(after), total: weight(after.all) },
    }));
    const changed = shareChange(sides);
    return meanOrOne(changed, changed ? [changed.value] : [], {
      hits: sides.filter(({ before, after }) => before.own * after.total !== after.own * before.total).length,
      answers: both.reduce((sum, { before, after }) => sum + answers(before) + answers(after), 0),
    });
  },
});
