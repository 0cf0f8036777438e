/** Visibility: how often an answer names the brand. */
import { rateMeasure } from "./making/measure.ts";
import type { CountMetric } from "./metric.ts";

export const visibility: CountMetric = {
  reads: "counts",
  id: "visibility",
  title: { en: "Visibility", sv: "Synlighet" },
  definition: { en: "Share of answers that name the brand", sv: "Andel av svaren som nämner varumärket" },
  unit: "share",
  denominator: { en: "all valid answers", sv: "alla giltiga svar" },
  source: "measures.md 2, 3.4",
  measure: (prompts) => rateMeasure(prompts.map(({ named, answers }) => ({ hits: named, answers }))),
};
