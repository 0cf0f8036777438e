/** Change: what a rate gained or lost on the same prompts from one period to another. */
import { changeOfRates } from "./making/counts.ts";
import type { ChangeMetric } from "./metric.ts";

export const change: ChangeMetric = {
  id: "change",
  title: { en: "Change", sv: "Förändring" },
  definition: {
    en: "Mean over the prompts asked in both periods of the rate after minus the rate before; also for one brand minus another. Surer than either level, because the prompts are the same",
    sv: "Medel över de frågor som ställts i båda perioderna av andelen efter minus andelen före; också för ett varumärke minus ett annat. Säkrare än nivåerna själva, eftersom frågorna är desamma",
  },
  unit: "difference",
  denominator: { en: "prompts with answers in both periods", sv: "frågor med svar i båda perioderna" },
  source: "measures.md 3.5",
  reads: "pairs",
  measure: (prompts) => changeOfRates(prompts.filter(({ before, after }) => before.answers > 0 && after.answers > 0)),
};
