/** Citation share: the brand's part of the citations of tracked brands. */
import { share, unsearched } from "./making/counts.ts";

export const citationShare = share(
  {
    id: "citation-share",
    title: { en: "Citation share", sv: "Andel av citeringar" },
    definition: {
      en: "The brand's share of all citations of tracked brands' domains, each brand counted once per answer",
      sv: "Varumärkets andel av alla citeringar av bevakade varumärkens domäner, varje varumärke räknat en gång per svar",
    },
    unit: "share",
    denominator: {
      en: "citations of tracked brands, in answers of assistants with search on",
      sv: "citeringar av bevakade varumärken, i svar från assistenter med sökning på",
    },
    source: "measures.md 2, 3.4",
  },
  ({ cited }) => cited,
  ({ searched }) => searched,
  unsearched,
);
