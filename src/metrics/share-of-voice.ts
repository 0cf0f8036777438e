/** Share of voice: the brand's part of all mentions of tracked brands. */
import { toMeasure, type Metric } from "./metric.ts";
import { shareOfVoice as shareInterval } from "./statistics.ts";

export const shareOfVoice: Metric = {
  id: "share-of-voice",
  title: { en: "Share of voice", sv: "Andel av omnämnanden (SoV)" },
  definition: {
    en: "The brand's share of all mentions of tracked brands, each brand counted once per answer",
    sv: "Varumärkets andel av alla omnämnanden av bevakade varumärken, varje varumärke räknat en gång per svar",
  },
  unit: "share",
  denominator: { en: "mentions of tracked brands", sv: "omnämnanden av bevakade varumärken" },
  source: "measures.md 2, 3.4",
  measure: (prompts) => {
    const answered = prompts.filter((prompt) => prompt.answers > 0);
    const interval = shareInterval(answered.map((prompt) => ({ own: prompt.named, total: prompt.allNamed })));
    const hits = answered.reduce((sum, prompt) => sum + prompt.named, 0);
    const answers = answered.reduce((sum, prompt) => sum + prompt.answers, 0);
    return toMeasure(interval, hits, answers);
  },
};
