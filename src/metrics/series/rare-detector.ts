/** Says when something bad that is rare, such as a negative answer, has become more frequent. */
import { sumOf } from "../statistics/sums.ts";
import { settings } from "./detector.ts";

/** Bad answers of those that could be bad, in a run. */
export interface RareTick {
  hits: number;
  answers: number;
}

/** More than this above the old rate is not minded; this much more again must be found. */
const margin = 0.02;
const wanted = 0.1;
const runsPerAlarm = 3000;

/** The rate of the baseline, never quite zero, and how much more runs differ than luck lets them (at least 1). */
function baselineOf(ticks: readonly RareTick[]) {
  const runs = ticks.length;
  const answers = sumOf(ticks, (tick) => tick.answers);
  const rate = (sumOf(ticks, (tick) => tick.hits) + 1) / (answers + 50);
  const rates = ticks.map((tick) => tick.hits / tick.answers);
  const mean = sumOf(rates, (one) => one) / runs;
  const seen = sumOf(rates, (one) => (one - mean) ** 2) / (runs - 1);
  const luck = (rate * (1 - rate)) / (answers / runs);
  const { trust } = settings;
  return { rate, dispersion: Math.max(1, (trust + ((runs - 1) * seen) / luck) / (trust + runs - 1)) };
}

/**
 * Per run the evidence that the rate has risen, and whether it is an alarm; evidence is null while it learns and in
 * runs without answers. Likelihood-ratio CUSUM. Source: measures.md 4.3 (base rates to about 15 %).
 */
export function detectRare(ticks: readonly RareTick[]): { evidence: number | null; alarm: boolean }[] {
  let evidence = 0;
  let muted = 0;
  return ticks.map(({ hits, answers }, now) => {
    const end = Math.max(0, now - settings.lag);
    const known = ticks.slice(Math.max(0, end - settings.window), end).filter((tick) => tick.answers > 0);
    if (known.length < settings.fewest || answers <= 0) return { evidence: null, alarm: false };
    const { rate, dispersion } = baselineOf(known);
    const usual = rate + margin;
    const bad = Math.min(0.99, usual + wanted);
    if (muted > 0) {
      muted--;
      evidence = 0;
      return { evidence, alarm: false };
    }
    const likelier = hits * Math.log(bad / usual) + (answers - hits) * Math.log((1 - bad) / (1 - usual));
    evidence = Math.max(0, evidence + likelier / dispersion);
    const alarm = evidence > Math.log(runsPerAlarm);
    if (alarm) {
      evidence = 0;
      muted = settings.muted;
    }
    return { evidence, alarm };
  });
}
