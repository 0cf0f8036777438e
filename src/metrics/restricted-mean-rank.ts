/** Restricted mean rank: the mean place, where absence and all beyond place 10 count as place 11. */
import type { Measure } from "../domain.ts";
import { scoreMeasure } from "./making/answers.ts";
import type { BrandMetric, ReadAnswer } from "./metric.ts";

/** Places beyond this are as good as absence. */
const last = 10;

/** A rate from 0 to 1 as a place from 1 to 11. */
const toPlace = (share: number | null): number | null => (share === null ? null : 1 + share * last);

export const restrictedMeanRank: BrandMetric = {
  id: "restricted-mean-rank",
  title: { en: "Restricted mean rank", sv: "Begränsad medelplacering" },
  definition: {
    en: "Mean place in the answer's ranking, where every answer without the brand in a ranking, or with a place beyond 10, counts as place 11",
    sv: "Medelplats i svarets rangordning, där varje svar utan varumärket i en rangordning, eller med en plats efter 10, räknas som plats 11",
  },
  unit: "place",
  denominator: { en: "all valid answers", sv: "alla giltiga svar" },
  source: "measures.md 2 (K = 10), 3.4",
  reads: "findings",
  of: "brand",
  measure: (answers, { brand }): Measure => {
    const placeOf = (places: ReadAnswer["places"]) => Math.min(places?.get(brand) ?? last + 1, last + 1);
    const measure = scoreMeasure(answers, ({ places }) => (placeOf(places) - 1) / last);
    const hits = answers.filter(({ places }) => placeOf(places) <= last).length;
    return { ...measure, value: toPlace(measure.value), low: toPlace(measure.low), high: toPlace(measure.high), hits };
  },
};
