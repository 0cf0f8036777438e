/** Share of voice by words: the brand's part of the words spent on tracked brands. */
import { shared } from "./making/answers.ts";
import { sumOf } from "./statistics/sums.ts";

export const shareOfVoiceByWords = shared(
  {
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
  },
  () => true,
  ({ named, sentences }, brand) =>
    named.includes(brand) ? sumOf(sentences, ({ words, brands }) => (brands.includes(brand) ? words : 0)) : 0,
);
