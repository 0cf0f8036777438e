/** Ghost citation rate: how often an answer uses the brand's pages without naming it. */
import { rate, unsearched } from "./making/counts.ts";

export const ghostCitationRate = rate(
  {
    id: "ghost-citation-rate",
    title: { en: "Ghost citation rate", sv: "Andel spökciteringar" },
    definition: {
      en: "Share of answers citing the brand's own domains that do not name the brand",
      sv: "Andel av svaren som citerar varumärkets egna domäner men inte nämner varumärket",
    },
    unit: "share",
    denominator: {
      en: "answers citing the brand, of assistants with search on",
      sv: "svar som citerar varumärket, från assistenter med sökning på",
    },
    source: "measures.md 2 (of citations, not of appearances), 3.4",
  },
  ({ ghosts }) => ghosts,
  ({ cited }) => cited,
  unsearched,
);
