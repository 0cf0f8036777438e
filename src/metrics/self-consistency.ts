/** Self consistency: how alike an assistant ranks when it is asked the same again. */
import { likenessWithin, rankBiasedOverlap, rankingOf } from "./making/lists.ts";
import type { PanelMetric } from "./metric.ts";

export const selfConsistency: PanelMetric = {
  id: "self-consistency",
  title: { en: "Self consistency of rankings", sv: "Rangordningarnas självöverensstämmelse" },
  definition: {
    en: "How alike the rankings of tracked brands are when one assistant answers the same question again: rank-biased overlap, first places weighing most, 1 when equal",
    sv: "Hur lika rangordningarna av bevakade varumärken är när en assistent svarar på samma fråga igen: rangviktad överlappning (RBO), där de första platserna väger mest, 1 när de är lika",
  },
  unit: "share",
  denominator: {
    en: "pairs of rankings by one assistant of one question, unless both lack tracked brands",
    sv: "par av rangordningar från en assistent för en fråga, om inte båda saknar bevakade varumärken",
  },
  source: "measures.md 2 (RBO, p = 0.8), 3.4",
  reads: "findings",
  of: "panel",
  measure: (answers) => likenessWithin(answers, rankingOf, rankBiasedOverlap),
};
