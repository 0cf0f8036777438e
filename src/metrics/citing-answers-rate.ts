/** Citation rate of citing answers: how often an answer that cites anything cites the brand. */
import { rate, unsearched } from "./making/counts.ts";

export const citingAnswersRate = rate(
  {
    id: "citing-answers-rate",
    title: { en: "Citation rate of citing answers", sv: "Citeringsgrad bland citerande svar" },
    definition: {
      en: "Share of answers with at least one citation that cite a page of the brand's own domains",
      sv: "Andel av svaren med minst en citering som citerar en sida på varumärkets egna domäner",
    },
    unit: "share",
    denominator: {
      en: "answers with any citation, of assistants with search on",
      sv: "svar med någon citering, från assistenter med sökning på",
    },
    source: "measures.md 2, 3.4",
  },
  ({ cited }) => cited,
  ({ citing }) => citing,
  unsearched,
);
