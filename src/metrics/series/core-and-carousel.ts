/** Which cited domains an assistant stays with for a question, and which come and go. */
import { wilson } from "../statistics.ts";
import { sumOf } from "../statistics/sums.ts";
import { tQuantile } from "../statistics/student.ts";

/** `undecided`: seen too seldom, or too near to half of the answers, to say either. */
export type Standing = "core" | "carousel" | "arrived" | "left" | "undecided";

export interface CitedDomain {
  domain: string;
  standing: Standing;
  /** Part of the answers that cite it, of this question and this assistant only. */
  value: number;
  low: number;
  high: number;
  hits: number;
  answers: number;
}

export interface CoreAndCarousel {
  /** Most often cited first. */
  domains: CitedDomain[];
  /** Part of all citations (each domain once per answer) that goes to core domains; null without any. */
  coreShare: number | null;
  /** Part of an answer's domains that the next answer does not cite, over all neighbours; null where none cites any. */
  turnover: number | null;
  answers: number;
}

/** Fewer answers show no habit: with seven even a domain that is always cited could be one of two that take turns. */
export const fewestAnswers = 8;
/** A half of the answers that has at least this part with a domain has it as a habit. */
const habit = 2 / 3;

/**
 * The standing of every domain in one assistant's answers to one question, given in order of time as the domains each
 * cites; only answers of an assistant that was asked to search. Null below eight answers.
 *
 * - arrived: cited by none of the first half of the answers and by two thirds or more of the second half; left: the
 *   other way round. These changed once and do not rotate. The answer in the middle of an odd number belongs to neither.
 * - core: else, and cited by more than half of all such answers: the lower bound of its part (Wilson, 95 %) is above
 *   one half.
 * - carousel: else, and cited by fewer than half: the upper bound is below one half.
 * - undecided: else.
 *
 * Our definition; the bounds are for "this prompt only" as in measures.md 3.4.
 */
export function coreAndCarousel(answers: readonly (readonly string[])[]): CoreAndCarousel | null {
  if (answers.length < fewestAnswers) return null;
  const cited = answers.map((domains) => new Set(domains));
  const all = [...new Set(answers.flat())];
  const domains = all
    .map((domain) => standingOf(domain, cited))
    .sort((a, b) => b.hits - a.hits || (a.domain < b.domain ? -1 : 1));
  const hits = (some: readonly CitedDomain[]) => sumOf(some, (domain) => domain.hits);
  const core = domains.filter(({ standing }) => standing === "core");
  return {
    domains,
    coreShare: domains.length === 0 ? null : hits(core) / hits(domains),
    turnover: turnoverOf(cited),
    answers: answers.length,
  };
}

function standingOf(domain: string, cited: readonly ReadonlySet<string>[]): CitedDomain {
  const partOf = (some: readonly ReadonlySet<string>[]) =>
    some.filter((domains) => domains.has(domain)).length / some.length;
  const answers = cited.length;
  const half = Math.floor(answers / 2);
  const [first, second] = [partOf(cited.slice(0, half)), partOf(cited.slice(-half))];
  const value = partOf(cited);
  const [low, high] = wilson(value, answers, tQuantile(0.975, Infinity));
  const standing = decide(first, second, low, high);
  return { domain, standing, value, low, high, hits: Math.round(value * answers), answers };
}

function decide(first: number, second: number, low: number, high: number): Standing {
  if (first === 0 && second >= habit) return "arrived";
  if (second === 0 && first >= habit) return "left";
  if (low > 0.5) return "core";
  return high < 0.5 ? "carousel" : "undecided";
}

/** Of all domains of answers that have a next one, the part that the next one lacks. */
function turnoverOf(cited: readonly ReadonlySet<string>[]): number | null {
  const steps = cited.slice(1).map((next, i) => ({
    had: cited[i]!.size,
    lost: [...cited[i]!].filter((domain) => !next.has(domain)).length,
  }));
  const had = sumOf(steps, (step) => step.had);
  return had === 0 ? null : sumOf(steps, (step) => step.lost) / had;
}
