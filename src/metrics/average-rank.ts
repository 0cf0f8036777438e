/** Average rank: the mean place where the brand has one, which says nothing about where it has none. */
import { meansOf } from "./making/answers.ts";
import { meanMeasure } from "./making/measure.ts";
import type { BrandMetric } from "./metric.ts";

export const averageRank: BrandMetric = {
  id: "average-rank",
  title: { en: "Average rank when ranked", sv: "Medelplacering när det finns en plats" },
  definition: {
    en: "Mean place in rankings that have the brand; it gets better when a brand drops out where it stood low, so it is shown only beside visibility",
    sv: "Medelplats i rangordningar som har varumärket; den blir bättre när ett varumärke försvinner där det låg lågt och visas därför bara bredvid synligheten",
  },
  unit: "place",
  denominator: {
    en: "answers in whose ranking the brand has a place",
    sv: "svar där varumärket har en plats i rangordningen",
  },
  source: "measures.md 2, 3.5",
  beside: "visibility",
  reads: "findings",
  of: "brand",
  measure: (answers, { brand }) =>
    meanMeasure(
      meansOf(
        answers,
        ({ places }) => places?.get(brand) ?? null,
        () => true,
      ),
      [1, Infinity],
    ),
};
