/** Top-1 rate: how often a ranking has the brand in first place. */
import { rate } from "./making/counts.ts";

export const top1Rate = rate(
  {
    id: "top1-rate",
    title: { en: "Top-1 rate", sv: "Andel förstaplats" },
    definition: {
      en: "Share of answers with a ranking that have the brand in first place",
      sv: "Andel av svaren med rangordning som har varumärket på första plats",
    },
    unit: "share",
    denominator: { en: "answers that contain a ranking", sv: "svar som innehåller en rangordning" },
    source: "measures.md 2, 3.4",
  },
  ({ top1 }) => top1,
  ({ ranked }) => ranked,
);
