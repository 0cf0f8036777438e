/** Share of voice: the brand's part of all mentions of tracked brands. */
import { share } from "./making/counts.ts";

export const shareOfVoice = share(
  {
    id: "share-of-voice",
    title: { en: "Share of voice", sv: "Andel av omnämnanden (SoV)" },
    definition: {
      en: "The brand's share of all mentions of tracked brands, each brand counted once per answer",
      sv: "Varumärkets andel av alla omnämnanden av bevakade varumärken, varje varumärke räknat en gång per svar",
    },
    unit: "share",
    denominator: { en: "mentions of tracked brands", sv: "omnämnanden av bevakade varumärken" },
    source: "measures.md 2, 3.4",
  },
  ({ named }) => named,
  ({ answers }) => answers,
);
