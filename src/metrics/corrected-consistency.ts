/** Corrected consistency: how alike different assistants rank, of what their own wavering allows. */
import { likenessCorrected, rankBiasedOverlap, rankingOf } from "./making/lists.ts";
import type { PanelMetric } from "./metric.ts";

export const correctedConsistency: PanelMetric = {
  id: "corrected-consistency",
  title: { en: "Cross consistency, corrected for noise", sv: "Överensstämmelse mellan assistenter, rensad från slump" },
  definition: {
    en: "Cross consistency of two assistants divided by the square root of the product of their self consistencies, for the questions that both ranked more than once: 1 when another assistant differs no more than the same one asked again",
    sv: "Två assistenters överensstämmelse delad med roten ur produkten av deras självöverensstämmelser, för de frågor som båda rangordnat mer än en gång: 1 när en annan assistent inte skiljer sig mer än samma assistent som tillfrågas igen",
  },
  unit: "share",
  denominator: {
    en: "what the assistants' self consistency allows, for questions that both ranked more than once",
    sv: "vad assistenternas självöverensstämmelse medger, för frågor som båda rangordnat mer än en gång",
  },
  source: "measures.md 2 (noise correction), after Spearman 1904; interval: jackknife over prompts",
  beside: "cross-consistency",
  reads: "findings",
  of: "panel",
  measure: (answers) => likenessCorrected(answers, rankingOf, rankBiasedOverlap),
};
