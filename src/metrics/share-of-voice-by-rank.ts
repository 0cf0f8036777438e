/** Share of voice by rank: the brand's part of all places in rankings, first places weighing most. */
import { share } from "./making/counts.ts";

export const shareOfVoiceByRank = share(
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
  ({ reciprocalRanks }) => reciprocalRanks,
  ({ ranked }) => ranked,
);
