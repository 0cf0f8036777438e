/** Citation rate: how often an answer cites a page of the brand's own domains. */
import { rate, type Metric } from "./metric.ts";

export const citationRate: Metric = {
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
    const measure = rate(
      prompts,
      (counts) => counts.cited,
      (counts) => counts.searched,
    );
    const answered = prompts.some((prompt) => prompt.answers > 0);
    return measure.value === null && answered ? { ...measure, note: "no_search" } : measure;
  },
};
