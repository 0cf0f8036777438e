/** Sums up over questions which cited domains an assistant stays with, and which come and go. */
import type { Measure } from "../../domain.ts";
import { meanMeasure } from "../making/measure.ts";
import type { CoreAndCarousel, Standing } from "./core-and-carousel.ts";

export const standings = ["core", "carousel", "arrived", "left", "undecided"] as const satisfies readonly Standing[];

/** On how many questions a domain has which standing. */
export interface DomainHabits {
  domain: string;
  questions: Record<Standing, number>;
  /** Answers that cite it. */
  hits: number;
}

export interface Habits {
  /** Mean over questions of the part of citations that goes to core domains. */
  coreShare: Measure;
  /** Mean over questions of the part of an answer's domains that the next answer does not cite. */
  turnover: Measure;
  /** Those that are core on most questions first, then the most cited. */
  domains: DomainHabits[];
}

/** One assistant's habits over questions; each question counts the same. Intervals: measures.md 2, by prompt t. */
export function habitsOver(questions: readonly CoreAndCarousel[]): Habits {
  const domains = new Map<string, DomainHabits>();
  for (const { domain, standing, hits } of questions.flatMap((question) => question.domains)) {
    const habits = domains.get(domain) ?? { domain, questions: noQuestions(), hits: 0 };
    habits.questions[standing]++;
    habits.hits += hits;
    domains.set(domain, habits);
  }
  const mean = (valueOf: (question: CoreAndCarousel) => number | null) =>
    meanMeasure(
      questions.flatMap((question) => {
        const value = valueOf(question);
        return value === null ? [] : [{ mean: value, hits: value * question.answers, answers: question.answers }];
      }),
      [0, 1],
    );
  return {
    coreShare: mean(({ coreShare }) => coreShare),
    turnover: mean(({ turnover }) => turnover),
    domains: [...domains.values()].sort(
      (a, b) => b.questions.core - a.questions.core || b.hits - a.hits || (a.domain < b.domain ? -1 : 1),
    ),
  };
}

const noQuestions = (): Record<Standing, number> => ({ core: 0, carousel: 0, arrived: 0, left: 0, undecided: 0 });
