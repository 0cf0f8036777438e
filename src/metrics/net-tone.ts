/** Net tone: how many more answers speak well of the brand than ill. */
import { unjudged } from "./making/counts.ts";
import { empty, meanMeasure } from "./making/measure.ts";
import type { CountMetric, PromptCounts } from "./metric.ts";

const toneOf = ({ positive, negative, judged }: PromptCounts): number => (positive - negative) / judged;

export const netTone: CountMetric = {
  id: "net-tone",
  title: { en: "Net tone", sv: "Nettoton" },
  definition: {
    en: "Positive minus negative answers by all judged answers that name the brand: from -1, all negative, to 1, all positive",
    sv: "Positiva minus negativa svar delat med alla bedömda svar som nämner varumärket: från -1, alla negativa, till 1, alla positiva",
  },
  unit: "balance",
  denominator: {
    en: "answers naming the brand with a judged tone",
    sv: "svar som nämner varumärket och har en bedömd ton",
  },
  source: "measures.md 2 (net sentiment), 3.5",
  reads: "counts",
  measure: (prompts) => {
    const judged = prompts.filter((counts) => counts.judged > 0);
    if (judged.length === 0) return empty(unjudged(prompts));
    return meanMeasure(
      judged.map((counts) => ({ mean: toneOf(counts), hits: counts.positive, answers: counts.judged })),
      [-1, 1],
    );
  },
  /** Hits are prompts that moved. */
  change: (pairs) =>
    meanMeasure(
      pairs
        .filter(({ before, after }) => before.judged > 0 && after.judged > 0)
        .map(({ before, after }) => {
          const mean = toneOf(after) - toneOf(before);
          return { mean, hits: Number(mean !== 0), answers: before.judged + after.judged };
        }),
      [-2, 2],
    ),
};
