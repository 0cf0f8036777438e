/** Says when a rate on a fixed panel of prompts has dropped or risen for good, and stays calm over luck and weather. */
import { sumOf } from "../statistics/sums.ts";

/** One prompt's hits of answers in a run; null where it has none. */
export type TickCell = { hits: number; answers: number } | null;

/** What the detector thinks after a run; null while it learns and where too few prompts answered. */
export interface Tick {
  /** Mean rate over the prompts that answered; null below half of them. */
  rate: number | null;
  /** What was to be expected, from the lagged baseline. */
  baseline: number | null;
  /** Error of one run against the baseline. */
  error: number | null;
  /** Evidence collected; an alarm starts it anew. */
  evidence: number | null;
  alarm: boolean;
}

/** Numbers of measures.md 4.2, for runs every day. */
export const settings = {
  /** Runs in the baseline, and the fewest it takes. */
  window: 42,
  fewest: 14,
  /** Runs between the baseline and now, so that a drop does not become its own baseline. */
  lag: 7,
  /** Runs that the panel's own sampling error counts for beside the spread that was seen. */
  trust: 20,
  /** Change that nobody minds, and change that must be found. */
  margin: 0.02,
  wanted: 0.15,
  /** Runs between false alarms. */
  dropRuns: 6000,
  riseRuns: 10_000,
  /** Runs without evidence after an alarm. */
  muted: 7,
  leastError: 0.004,
};

const thresholds = new Map<string, number>();

/**
 * The threshold of a CUSUM with allowance `k` that gives one false alarm in `runs` runs.
 * Source: Siegmund 1985, (e^(2kb) - 2kb - 1) / (2k^2) = runs, h = b - 1.166; measures.md 4.2.
 */
export function thresholdOf(k: number, runs: number): number {
  const key = `${k} ${runs}`;
  const known = thresholds.get(key);
  if (known !== undefined) return known;
  let low = 1e-6;
  let high = 60;
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if ((Math.exp(2 * k * middle) - 2 * k * middle - 1) / (2 * k * k) > runs) high = middle;
    else low = middle;
  }
  const threshold = (low + high) / 2 - 1.166;
  if (thresholds.size < 1000) thresholds.set(key, threshold); // k has 16 values
  return threshold;
}

/** Rate of a run; null where fewer than half of the prompts answered. */
function rateOf(cells: readonly TickCell[]): number | null {
  const rates = cells.flatMap((cell) => (cell && cell.answers > 0 ? [cell.hits / cell.answers] : []));
  return rates.length > 0 && rates.length >= 0.5 * cells.length ? sumOf(rates, (one) => one) / rates.length : null;
}

/** Sums per prompt over the runs of a window that slides. */
function slidingSums(ticks: readonly (readonly TickCell[])[]) {
  const sums = (ticks[0] ?? []).map(() => ({ hits: 0, answers: 0 }));
  const add = (run: number, sign: 1 | -1) => {
    for (const [i, sum] of sums.entries()) {
      const cell = ticks[run]![i];
      sum.hits += sign * (cell?.hits ?? 0);
      sum.answers += sign * (cell?.answers ?? 0);
    }
  };
  let [from, to] = [0, 0];
  return (start: number, end: number) => {
    while (to < end) add(to++, 1);
    while (from < start) add(from++, -1);
    return sums.filter(({ answers }) => answers > 0);
  };
}

/** Mean of the baseline and the error of one run, from the prompts' own rates and the spread of the runs' rates. */
function baselineOf(cells: readonly { hits: number; answers: number }[], rates: readonly number[]) {
  const runs = rates.length;
  const means = cells.map(({ hits, answers }) => hits / answers);
  const repeats = sumOf(cells, ({ answers }) => answers) / (cells.length * runs);
  const draws = runs * repeats;
  const luck = (sumOf(means, (p) => p * (1 - p)) * draws) / (draws - 1) / (cells.length * cells.length * repeats);
  const mean = sumOf(rates, (one) => one) / runs;
  const seen = sumOf(rates, (one) => (one - mean) ** 2) / (runs - 1);
  const mixed = (settings.trust * luck + (runs - 1) * seen) / (settings.trust + runs - 1);
  const variance = Math.max(luck, mixed, settings.leastError ** 2);
  return { level: sumOf(means, (one) => one) / means.length, error: Math.sqrt(variance * (1 + 1 / runs)) };
}

/**
 * A run's alarm is true when the evidence for a drop (or rise) of the mean rate passes the threshold. `ticks`: per run
 * the cells of the same prompts in the same order; `runsPerAlarm` is for one series, daily runs.
 * Source: measures.md 4.2 (false alarms .4 in 100 series-months, a drop of 15 points found in 3 days).
 */
export function detect(
  ticks: readonly (readonly TickCell[])[],
  side: "drop" | "rise" = "drop",
  runsPerAlarm = side === "drop" ? settings.dropRuns : settings.riseRuns,
): Tick[] {
  const rates = ticks.map(rateOf);
  const sumsOf = slidingSums(ticks);
  let evidence = 0;
  let muted = 0;
  return rates.map((rate, now) => {
    const learning: Tick = { rate, baseline: null, error: null, evidence: null, alarm: false };
    const end = now - settings.lag;
    const start = Math.max(0, end - settings.window);
    if (rate === null || end - start < settings.fewest) return learning;
    const seen = rates.slice(start, end).filter((one) => one !== null);
    if (seen.length < settings.fewest) return learning;
    const { level, error } = baselineOf(sumsOf(start, end), seen);
    const off = (side === "drop" ? level - rate : rate - level) - settings.margin;
    const wanted = (settings.wanted - settings.margin) / (2 * error);
    const allowance = Math.round(Math.min(2, Math.max(0.5, wanted)) * 10) / 10;
    if (muted > 0) {
      muted--;
      evidence = 0;
      return { ...learning, baseline: level, error, evidence };
    }
    evidence = Math.max(0, evidence + off / error - allowance);
    const alarm = evidence > thresholdOf(allowance, runsPerAlarm);
    if (alarm) {
      evidence = 0;
      muted = settings.muted;
    }
    return { rate, baseline: level, error, evidence, alarm };
  });
}
