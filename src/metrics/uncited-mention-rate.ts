/** Uncited mention rate: how often an answer names the brand without using its pages. */
import { rate, unsearched } from "./making/counts.ts";

export const uncitedMentionRate = rate(
  {
    id: "uncited-mention-rate",
    title: { en: "Uncited mention rate", sv: "Andel omnämnanden utan citering" },
    definition: {
      en: "Share of answers naming the brand that do not cite its own domains",
      sv: "Andel av svaren som nämner varumärket men inte citerar dess egna domäner",
    },
    unit: "share",
    denominator: {
      en: "answers naming the brand, of assistants with search on",
      sv: "svar som nämner varumärket, från assistenter med sökning på",
    },
    source: "measures.md 2, 3.4",
  },
  ({ uncited }) => uncited,
  ({ uncited, cited, ghosts }) => uncited + cited - ghosts,
  unsearched,
);
