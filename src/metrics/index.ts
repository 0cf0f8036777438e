/** The list of metrics. */
import { averageRank } from "./average-rank.ts";
import { change } from "./change.ts";
import { citationRate } from "./citation-rate.ts";
import { citationShare } from "./citation-share.ts";
import { citingAnswersRate } from "./citing-answers-rate.ts";
import { correctedConsistency } from "./corrected-consistency.ts";
import { crossConsistency } from "./cross-consistency.ts";
import { crossOverlap } from "./cross-overlap.ts";
import { ghostCitationRate } from "./ghost-citation-rate.ts";
import { headToHead } from "./head-to-head.ts";
import type { CountMetric, FindingsMetric, Metric, OutcomeMetric } from "./metric.ts";
import { negativeRate } from "./negative-rate.ts";
import { netTone } from "./net-tone.ts";
import { prominenceInWords } from "./prominence-in-words.ts";
import { prominence } from "./prominence.ts";
import { restrictedMeanRank } from "./restricted-mean-rank.ts";
import { selfConsistency } from "./self-consistency.ts";
import { selfOverlap } from "./self-overlap.ts";
import { shareOfVoiceByRank } from "./share-of-voice-by-rank.ts";
import { shareOfVoiceByWords } from "./share-of-voice-by-words.ts";
import { shareOfVoice } from "./share-of-voice.ts";
import { sourceImpression } from "./source-impression.ts";
import { surfaceRate } from "./surface-rate.ts";
import { top1Rate } from "./top1-rate.ts";
import { top3Rate } from "./top3-rate.ts";
import { touchpointConsistency } from "./touchpoint-consistency.ts";
import { uncitedMentionRate } from "./uncited-mention-rate.ts";
import { visibility } from "./visibility.ts";

export { definitionsPage, definitionWords } from "./making/definitions.ts";
export { coreAndCarousel, fewestAnswers, type CoreAndCarousel } from "./series/core-and-carousel.ts";
export { habitsOver, standings, type Habits } from "./series/habits.ts";
export { trend, trendWords, type Trend } from "./series/trend.ts";
export {
  defaultRhos,
  estimateRhos,
  pairedGap,
  panelHalfWidth,
  panelRate,
  planHalfWidth,
  planPrompts,
  promptRate,
  worstCaseRounds,
  type PairedGap,
  type PanelInterval,
  type Rhos,
} from "./statistics.ts";

/** What is shown first. */
export const headlines = [visibility, shareOfVoice, top3Rate, citationRate] as const satisfies readonly CountMetric[];

/** Those made of counts, which roll-ups keep: as quick for two years as for a day. */
export const metrics: readonly CountMetric[] = [
  ...headlines,
  top1Rate,
  prominence,
  negativeRate,
  netTone,
  shareOfVoiceByRank,
  citationShare,
  citingAnswersRate,
  ghostCitationRate,
  uncitedMentionRate,
];

/** All of them. */
export const allMetrics = [
  visibility,
  shareOfVoice,
  top1Rate,
  top3Rate,
  prominence,
  citationRate,
  negativeRate,
  change,
  shareOfVoiceByRank,
  shareOfVoiceByWords,
  prominenceInWords,
  citationShare,
  citingAnswersRate,
  ghostCitationRate,
  uncitedMentionRate,
  sourceImpression,
  restrictedMeanRank,
  averageRank,
  headToHead,
  netTone,
  touchpointConsistency,
  selfConsistency,
  selfOverlap,
  crossConsistency,
  correctedConsistency,
  crossOverlap,
  surfaceRate,
] as const satisfies readonly Metric[];

const every: readonly Metric[] = allMetrics;
/** Those that read answers one by one, and those that read how replies ended. */
export const findingsMetrics = every.filter((metric): metric is FindingsMetric => metric.reads === "findings");
export const outcomeMetrics = every.filter((metric): metric is OutcomeMetric => metric.reads === "outcomes");
