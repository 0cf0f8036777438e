/** Top-3 rate: how often a ranking has the brand in place one, two or three. */
import { rate } from "./making/counts.ts";

export const top3Rate = rate(
  {
    id: "top3-rate",
    title: { en: "Top-3 rate", sv: "Andel topp 3" },
    definition: {
      en: "Share of answers with a ranking that have the brand in place 1 to 3",
      sv: "Andel av svaren med rangordning som har varumärket på plats 1 till 3",
    },
    unit: "share",
    denominator: { en: "answers that contain a ranking", sv: "svar som innehåller en rangordning" },
    source: "measures.md 2, 3.4",
  },
  ({ top3 }) => top3,
  ({ ranked }) => ranked,
);
