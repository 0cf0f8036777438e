/** Makes metrics of what is said about each answer: a score of 0 to 1, a weight, or a number. */
import type { Measure } from "../../domain.ts";
import type { BrandMetric, Hits, MetricWords, ReadAnswer } from "../metric.ts";
import { sumOf } from "../statistics/sums.ts";
import { empty, rateMeasure, shareMeasure } from "./measure.ts";

/** Answers by prompt. */
export const byPrompt = (answers: readonly ReadAnswer[]): ReadAnswer[][] => [
  ...groupBy(answers, ({ prompt }) => prompt).values(),
];

export function groupBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

/** What one answer says; null when it is not in the denominator. */
export type Score = (answer: ReadAnswer, brand: string) => number | null;

/** Scores per prompt, those that are null left out. */
const scoresOf = (answers: readonly ReadAnswer[], score: (answer: ReadAnswer) => number | null): number[][] =>
  byPrompt(answers).map((group) => group.map(score).filter((value) => value !== null));

/** The rate of a score: its mean per prompt, every prompt counting the same. */
export const scoreMeasure = (answers: readonly ReadAnswer[], score: (answer: ReadAnswer) => number | null): Measure =>
  rateMeasure(
    scoresOf(answers, score).map((scores) => ({ hits: sumOf(scores, (one) => one), answers: scores.length })),
  );

/** Mean per prompt of a number that is no share, and how many of its answers are hits. */
export const meansOf = (
  answers: readonly ReadAnswer[],
  score: (answer: ReadAnswer) => number | null,
  isHit: (value: number) => boolean,
): ({ mean: number } & Hits)[] =>
  scoresOf(answers, score)
    .filter((scores) => scores.length > 0)
    .map((scores) => ({
      mean: sumOf(scores, (one) => one) / scores.length,
      hits: scores.filter(isHit).length,
      answers: scores.length,
    }));

/** A metric that is the rate of a brand's score. */
export const scored = (words: MetricWords, score: Score): BrandMetric => ({
  ...words,
  reads: "findings",
  of: "brand",
  measure: (answers, { brand }) => scoreMeasure(answers, (answer) => score(answer, brand)),
});

/** A metric that is the brand's part of all tracked brands' weight, over answers that count for it. */
export const shared = (
  words: MetricWords,
  counts: (answer: ReadAnswer) => boolean,
  weight: (answer: ReadAnswer, brand: string) => number,
): BrandMetric => ({
  ...words,
  reads: "findings",
  of: "brand",
  measure: (answers, { brand, tracked }) =>
    shareMeasure(
      byPrompt(answers.filter(counts)).map((group) => {
        const own = sumOf(group, (answer) => weight(answer, brand));
        const total = sumOf(group, (answer) => sumOf(tracked, (one) => weight(answer, one)));
        return { own, total, hits: own, answers: group.length };
      }),
    ),
});

/** The same over answers of assistants that were asked to search; null with the reason where none was. */
export const searching = (metric: BrandMetric): BrandMetric => ({
  ...metric,
  measure: (answers, subject) => {
    const searched = answers.filter((answer) => answer.searched);
    return searched.length === 0 && answers.length > 0 ? empty("no_search") : metric.measure(searched, subject);
  },
});

/** The same, and where the brand is named and no judge has said anything, that as the reason. */
export const judged = (metric: BrandMetric): BrandMetric => ({
  ...metric,
  measure: (answers, subject) => {
    const measure = metric.measure(answers, subject);
    const named = answers.some((answer) => answer.named.includes(subject.brand));
    return measure.value === null && named ? empty("unjudged") : measure;
  },
});
