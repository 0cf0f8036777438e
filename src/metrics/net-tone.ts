/** Net tone: how many more answers speak well of the brand than ill. */
import { judged, meansOf } from "./making/answers.ts";
import { meanMeasure } from "./making/measure.ts";
import type { ReadAnswer } from "./metric.ts";

const values = { positive: 1, neutral: 0, mixed: 0, negative: -1 };

const toneOf = ({ named, tones }: ReadAnswer, brand: string): number | null => {
  const tone = named.includes(brand) ? tones.get(brand) : undefined;
  return tone ? values[tone] : null;
};

export const netTone = judged({
  id: "net-tone",
  title: { en: "Net tone", sv: "Nettoton" },
  definition: {
    en: "Positive minus negative answers by all judged answers that name the brand: from -1, all negative, to 1, all positive",
    sv: "Positiva minus negativa svar delat med alla bedömda svar som nämner varumärket: från -1, alla negativa, till 1, alla positiva",
  },
  unit: "balance",
  denominator: {
    en: "answers naming the brand with a judged tone",
    sv: "svar som nämner varumärket och har en bedömd ton",
  },
  source: "measures.md 2 (net sentiment), 3.5",
  reads: "findings",
  of: "brand",
  measure: (answers, { brand }) =>
    meanMeasure(
      meansOf(
        answers,
        (answer) => toneOf(answer, brand),
        (value) => value > 0,
      ),
      [-1, 1],
    ),
});
