/** Citation rate: how often an answer cites a page of the brand's own domains. */
import { rate, unsearched } from "./making/counts.ts";

export const citationRate = rate(
  {
    id: "citation-rate",
    title: { en: "Citation rate", sv: "Citeringsgrad" },
    definition: {
      en: "Share of answers that cite a page of the brand's own domains",
      sv: "Andel av svaren som citerar en sida på varumärkets egna domäner",
    },
    unit: "share",
    denominator: { en: "answers of assistants with search on", sv: "svar från assistenter med sökning på" },
    source: "measures.md 2, 3.4",
  },
  ({ cited }) => cited,
  ({ searched }) => searched,
  unsearched,
);
