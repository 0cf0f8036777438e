/** Prominence: how far up a ranking has the brand, absence counted (mean reciprocal rank). */
import { rate } from "./making/counts.ts";

export const prominence = rate(
  {
    id: "prominence",
    title: { en: "Prominence", sv: "Framträdande plats" },
    definition: {
      en: "One divided by the brand's place in the ranking, 0 where it is absent or not led there; replaces average position, which rises when a brand disappears",
      sv: "Ett delat med varumärkets plats i rangordningen, 0 där det saknas eller inte har någon plats; ersätter genomsnittlig placering, som blir bättre när ett varumärke försvinner",
    },
    unit: "share",
    denominator: { en: "answers that contain a ranking", sv: "svar som innehåller en rangordning" },
    source: "measures.md 2, 3.4 (mean reciprocal rank)",
  },
  ({ reciprocalRanks }) => reciprocalRanks,
  ({ ranked }) => ranked,
);
