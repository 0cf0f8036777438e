/** Head to head: how often the brand stands above a rival, or alone. */
import { scoreMeasure } from "./making/answers.ts";
import type { PairMetric, ReadAnswer } from "./metric.ts";

/** Whether the brand wins: 1, 0, or a half where nobody stands above; null where neither is named. */
function win({ named, places }: ReadAnswer, brand: string, rival: string): number | null {
  const [own, other] = [named.includes(brand), named.includes(rival)];
  if (!own && !other) return null;
  if (own !== other) return Number(own);
  const [place, rivals] = [places?.get(brand) ?? Infinity, places?.get(rival) ?? Infinity];
  return place === rivals ? 0.5 : Number(place < rivals);
}

export const headToHead: PairMetric = {
  id: "head-to-head",
  title: { en: "Head to head", sv: "Man mot man" },
  definition: {
    en: "Share of answers that rank the brand above the rival, or name it and not the rival; where both are named and neither stands above, half",
    sv: "Andel av svaren som rangordnar varumärket över konkurrenten, eller nämner det men inte konkurrenten; där båda nämns och ingen står över den andra räknas hälften",
  },
  unit: "share",
  denominator: { en: "answers naming either", sv: "svar som nämner någon av dem" },
  source: "measures.md 2, 3.4; ties as half a win after Bradley and Terry",
  reads: "findings",
  of: "pair",
  measure: (answers, { brand, rival }) => scoreMeasure(answers, (answer) => win(answer, brand, rival)),
};
