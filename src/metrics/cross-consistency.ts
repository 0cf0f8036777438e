/** Cross consistency: how alike different assistants rank for the same question. */
import { likenessAcross, rankBiasedOverlap, rankingOf } from "./making/lists.ts";
import type { PanelMetric } from "./metric.ts";

export const crossConsistency: PanelMetric = {
  id: "cross-consistency",
  title: { en: "Cross consistency of rankings", sv: "Rangordningarnas överensstämmelse mellan assistenter" },
  definition: {
    en: "How alike the rankings of tracked brands by different assistants are for the same question: rank-biased overlap, 1 when equal; no higher than their self consistency allows",
    sv: "Hur lika olika assistenters rangordningar av bevakade varumärken är för samma fråga: rangviktad överlappning (RBO), 1 när de är lika; inte högre än vad deras självöverensstämmelse medger",
  },
  unit: "share",
  denominator: {
    en: "pairs of rankings by different assistants of one question, unless both lack tracked brands",
    sv: "par av rangordningar från olika assistenter för en fråga, om inte båda saknar bevakade varumärken",
  },
  source: "measures.md 2 (RBO, p = 0.8), 3.4",
  beside: "self-consistency",
  reads: "findings",
  of: "panel",
  measure: (answers) => likenessAcross(answers, rankingOf, rankBiasedOverlap),
};
