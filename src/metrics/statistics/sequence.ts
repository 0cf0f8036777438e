/** An interval that may be looked at every day: for experiments that end when somebody is convinced. */

/**
 * Always-valid interval of the mean of `days` paired daily differences with variance `variance`: normal mixture,
 * tightest near day `tightest`. Looking every day at a common 95 % interval finds a win in 27 % of 60-day experiments
 * where nothing happens; this one in 1-2 %. `null` before the first day. Source: measures.md 4.6 (mSPRT inverted).
 */
export function confidenceSequence(
  mean: number,
  variance: number,
  days: number,
  alpha = 0.05,
  tightest = 30,
): [low: number, high: number] | null {
  if (days < 1 || variance < 0) return null;
  const rho = tightest / (-2 * Math.log(alpha) + Math.log(1 - 2 * Math.log(alpha)));
  const half = (Math.sqrt(variance) * Math.sqrt((days + rho) * Math.log((days + rho) / (rho * alpha * alpha)))) / days;
  return [mean - half, mean + half];
}
