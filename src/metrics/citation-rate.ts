/** Citation rate: how often an answer cites a page of the brand's own domains. */
import { empty, rateMeasure } from "./making/measure.ts";
import type { CountMetric } from "./metric.ts";

export const citationRate: CountMetric = {
  reads: "counts",
  id: "citation-rate",
  title: { en: "Citation rate", sv: "Citeringsgrad" },
  definition: {
    en: "Share of answers that cite a page of the brand's own domains",
    sv: "Andel av svaren som citerar en sida på varumärkets egna domäner",
  },
  unit: "share",
  denominator: { en: "answers of assistants with search on", sv: "svar från assistenter med sökning på" },
  source: "measures.md 2, 3.4",
  measure: (prompts) => {
    const measure = rateMeasure(prompts.map(({ cited, searched }) => ({ hits: cited, answers: searched })));
    return measure.value === null && prompts.some(({ answers }) => answers > 0) ? empty("no_search") : measure;
  },
};
