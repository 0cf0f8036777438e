/** Share of voice by words: the brand's part of the words spent on tracked brands. */
import { byPrompt } from "./making/answers.ts";
import { shareMeasure } from "./making/measure.ts";
import type { BrandMetric, ReadAnswer } from "./metric.ts";
import { sumOf } from "./statistics/sums.ts";

/** Words of the sentences that name the brand. */
const wordsOn = ({ named, sentences }: ReadAnswer, brand: string): number =>
  named.includes(brand) ? sumOf(sentences, ({ words, brands }) => (brands.includes(brand) ? words : 0)) : 0;

export const shareOfVoiceByWords: BrandMetric = {
  id: "share-of-voice-by-words",
  title: { en: "Share of voice by words", sv: "Andel av omnämnanden efter ord" },
  definition: {
    en: "The brand's share of the words in sentences that name tracked brands; a sentence with two of them counts for both",
    sv: "Varumärkets andel av orden i meningar som nämner bevakade varumärken; en mening med två av dem räknas för båda",
  },
  unit: "share",
  denominator: {
    en: "words in sentences naming tracked brands",
    sv: "ord i meningar som nämner bevakade varumärken",
  },
  source: "measures.md 2, 3.4",
  reads: "findings",
  sentences: true,
  of: "brand",
  measure: (answers, { brand, tracked }) =>
    shareMeasure(
      byPrompt(answers).map((group) => {
        const own = sumOf(group, (answer) => wordsOn(answer, brand));
        const total = sumOf(group, (answer) => sumOf(tracked, (one) => wordsOn(answer, one)));
        return { own, total, hits: own, answers: group.length };
      }),
    ),
};
