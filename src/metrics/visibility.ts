/** Visibility: how often an answer names the brand. */
import { rate } from "./making/counts.ts";

export const visibility = rate(
  {
    id: "visibility",
    title: { en: "Visibility", sv: "Synlighet" },
    definition: { en: "Share of answers that name the brand", sv: "Andel av svaren som nämner varumärket" },
    unit: "share",
    denominator: { en: "all valid answers", sv: "alla giltiga svar" },
    source: "measures.md 2, 3.4",
  },
  ({ named }) => named,
  ({ answers }) => answers,
);
