/** Makes metrics of what is said about each answer: a score of 0 to 1, or a number. */
import type { Measure } from "../../domain.ts";
import type { Hits, ReadAnswer } from "../metric.ts";
import { sumOf } from "../statistics/sums.ts";
import { rateMeasure } from "./measure.ts";

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
