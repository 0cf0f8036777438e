/** The list of metrics. */
import { citationRate } from "./citation-rate.ts";
import type { Metric } from "./metric.ts";
import { shareOfVoice } from "./share-of-voice.ts";
import { top3Rate } from "./top3-rate.ts";
import { visibility } from "./visibility.ts";

export const metrics: Metric[] = [visibility, shareOfVoice, top3Rate, citationRate];
