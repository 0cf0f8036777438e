/** Prominence in words: how much of what is said of tracked brands is about the brand, early words weighing more. */
import { scoreMeasure } from "./making/answers.ts";
import { impressionOfBrands } from "./making/impression.ts";
import type { BrandMetric } from "./metric.ts";

export const prominenceInWords: BrandMetric = {
  id: "prominence-in-words",
  title: { en: "Prominence in words", sv: "Framträdande i ord" },
  definition: {
    en: "The brand's share of the words in sentences naming tracked brands, each sentence weighing less the later it comes, from 1 to 1/e",
    sv: "Varumärkets andel av orden i meningar som nämner bevakade varumärken, där varje mening väger mindre ju senare den kommer, från 1 till 1/e",
  },
  unit: "share",
  denominator: { en: "answers naming any tracked brand", sv: "svar som nämner något bevakat varumärke" },
  source: "measures.md 1 (position-adjusted words per brand), 3.4",
  reads: "findings",
  sentences: true,
  of: "brand",
  measure: (answers, { brand, tracked }) =>
    scoreMeasure(answers, ({ sentences }) => {
      const { share } = impressionOfBrands(sentences, tracked);
      return share && (share.get(brand) ?? 0);
    }),
};
