/** Top-3 rate: how often a ranking has the brand in place one, two or three. */
import { rateMeasure } from "./making/measure.ts";
import type { CountMetric } from "./metric.ts";

export const top3Rate: CountMetric = {
  reads: "counts",
  id: "top3-rate",
  title: { en: "Top-3 rate", sv: "Andel topp 3" },
  definition: {
    en: "Share of answers with a ranking that have the brand in place 1 to 3",
    sv: "Andel av svaren med rangordning som har varumärket på plats 1 till 3",
  },
  unit: "share",
  denominator: { en: "answers that contain a ranking", sv: "svar som innehåller en rangordning" },
  source: "measures.md 2, 3.4",
  measure: (prompts) => rateMeasure(prompts.map(({ top3, ranked }) => ({ hits: top3, answers: ranked }))),
};
