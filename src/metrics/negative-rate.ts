/** Negative rate: how often an answer that names the brand speaks ill of it. */
import { rate, unjudged } from "./making/counts.ts";

export const negativeRate = rate(
  {
    id: "negative-rate",
    title: { en: "Negative rate", sv: "Andel negativa" },
    definition: {
      en: "Share of answers naming the brand whose tone towards it was judged negative",
      sv: "Andel av svaren som nämner varumärket där tonen mot det bedömts som negativ",
    },
    unit: "share",
    denominator: {
      en: "answers naming the brand with a judged tone",
      sv: "svar som nämner varumärket och har en bedömd ton",
    },
    source: "measures.md 2, 3.4",
  },
  ({ negative }) => negative,
  ({ judged }) => judged,
  unjudged,
);
