/** The metric's contract: an id, words in both languages, a denominator, and one pure function. */
import type { Counts, Measure, Words } from "../domain.ts";
import { promptRate } from "./statistics.ts";

/** One prompt's counts for the brand that is measured. */
export interface PromptCounts extends Counts {
  /** Mentions of all tracked brands, each counted once per answer. */
  allNamed: number;
}

export interface Metric {
  id: string;
  title: Words;
  definition: Words;
  unit: "share";
  denominator: Words;
  /** Where the formula comes from. */
  source: string;
  /** One brand's measure from the counts of its prompts. */
  measure(prompts: PromptCounts[]): Measure;
}

/** Fewer prompts cannot stand for customers' questions; the interval is left out. */
const fewestPrompts = 5;

/** A measure of a rate; `null` when nothing was counted. */
export function toMeasure(
  interval: { value: number; low: number; high: number; prompts: number } | null,
  hits: number,
  answers: number,
): Measure {
  if (!interval) return { value: null, low: null, high: null, answers: 0, prompts: 0, hits: 0, note: "nothing" };
  const { value, low, high, prompts } = interval;
  if (prompts > 1 && prompts < fewestPrompts)
    return { value, low: null, high: null, answers, prompts, hits, note: "too_few_prompts" };
  return { value, low, high, answers, prompts, hits, note: prompts === 1 ? "one_prompt" : null };
}

/** The measure of a rate: `hits` of `answers` per prompt, every prompt counting the same. */
export function rate(
  prompts: PromptCounts[],
  hits: (counts: Counts) => number,
  answers: (counts: Counts) => number,
): Measure {
  const counted = prompts.map((prompt) => ({ hits: hits(prompt), answers: answers(prompt) }));
  const total = (value: (prompt: { hits: number; answers: number }) => number) =>
    counted.reduce((sum, prompt) => sum + value(prompt), 0);
  return toMeasure(
    promptRate(counted),
    total((prompt) => prompt.hits),
    total((prompt) => prompt.answers),
  );
}
