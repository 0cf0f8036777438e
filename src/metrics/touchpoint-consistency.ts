/** Touchpoint consistency: whether a brand that one assistant names is named by the others, too. */
import { byPrompt, groupBy } from "./making/answers.ts";
import { shareMeasure } from "./making/measure.ts";
import type { BrandMetric, Hits, ReadAnswer } from "./metric.ts";
import { sumOf } from "./statistics/sums.ts";

/** One prompt's twice v x w, and v + w, over all pairs of assistants that name the brand in v and w of their answers. */
function agreement(answers: readonly ReadAnswer[], brand: string): ({ own: number; total: number } & Hits)[] {
  const groups = [...groupBy(answers, ({ assistant }) => assistant).values()];
  if (groups.length < 2) return [];
  const names = (group: readonly ReadAnswer[]) => group.filter(({ named }) => named.includes(brand)).length;
  const shares = groups.map((group) => names(group) / group.length);
  const pairs = shares.flatMap((one, i) => shares.slice(i + 1).map((other) => ({ one, other })));
  return [
    {
      own: sumOf(pairs, ({ one, other }) => 2 * one * other),
      total: sumOf(pairs, ({ one, other }) => one + other),
      hits: names(answers),
      answers: answers.length,
    },
  ];
}

export const touchpointConsistency: BrandMetric = {
  id: "touchpoint-consistency",
  title: { en: "Touchpoint consistency", sv: "Samstämmighet mellan assistenter" },
  definition: {
    en: "Where one assistant names the brand, how often another one asked the same names it, too (positive agreement); plain agreement would be near 1 for a brand nobody names",
    sv: "När en assistent nämner varumärket, hur ofta nämner en annan med samma fråga det också (positiv överensstämmelse); vanlig överensstämmelse skulle vara nära 1 för ett varumärke som ingen nämner",
  },
  unit: "share",
  denominator: {
    en: "pairs of assistants asked the same, by how often they name the brand",
    sv: "par av assistenter med samma fråga, efter hur ofta de nämner varumärket",
  },
  source: "measures.md 2, 3.4 (ratio)",
  reads: "findings",
  of: "brand",
  measure: (answers, { brand }) => shareMeasure(byPrompt(answers).flatMap((group) => agreement(group, brand))),
};
