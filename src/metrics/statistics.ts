/** Every interval, planner and estimate that metrics are made with; the formulas lie in `statistics/`, by topic. */
export { promptChange, promptMean, shareChange } from "./statistics/change.ts";
export { pairedGap, type PairedGap } from "./statistics/pairs.ts";
export { panelRate, worstCaseRounds, type PanelInterval } from "./statistics/panel.ts";
export { panelHalfWidth, planHalfWidth, planPrompts } from "./statistics/planner.ts";
export { promptRate, shareOfVoice, wilson } from "./statistics/rates.ts";
export { defaultRhos, estimateRhos, type Rhos } from "./statistics/rhos.ts";
export { confidenceSequence } from "./statistics/sequence.ts";
export { tQuantile } from "./statistics/student.ts";
