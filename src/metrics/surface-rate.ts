/** Surface rate: how often the surface shows an answer at all. */
import { rateMeasure } from "./making/measure.ts";
import type { OutcomeMetric } from "./metric.ts";

export const surfaceRate: OutcomeMetric = {
  id: "surface-rate",
  title: { en: "Surface rate", sv: "Andel visade svar" },
  definition: {
    en: "Share of questions for which the surface showed an answer, such as an AI Overview",
    sv: "Andel av frågorna där ytan visade ett svar, till exempel en AI-översikt",
  },
  unit: "share",
  denominator: { en: "answers, and replies without the surface", sv: "svar, samt svarstillfällen utan ytan" },
  source: "measures.md 3.4; answered of answered and no_surface",
  reads: "outcomes",
  measure: (prompts) =>
    rateMeasure(prompts.map(({ answered, noSurface }) => ({ hits: answered, answers: answered + noSurface }))),
};
