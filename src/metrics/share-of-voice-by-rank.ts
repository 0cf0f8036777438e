/** Share of voice by rank: the brand's part of all places in rankings, first places weighing most. */
import { shared } from "./making/answers.ts";

export const shareOfVoiceByRank = shared(
  {
    id: "share-of-voice-by-rank",
    title: { en: "Share of voice by rank", sv: "Andel av omnämnanden efter plats" },
    definition: {
      en: "The brand's share of the sum of one divided by the place of every tracked brand in every ranking",
      sv: "Varumärkets andel av summan av ett delat med platsen för varje bevakat varumärke i varje rangordning",
    },
    unit: "share",
    denominator: {
      en: "places of tracked brands in rankings, weighted",
      sv: "platser för bevakade varumärken i rangordningar, viktade",
    },
    source: "measures.md 2, 3.4",
  },
  ({ places }) => places !== null,
  ({ places }, brand) => 1 / (places?.get(brand) ?? Infinity),
);
