/** The interval of an estimate that is no mean: how it moves when each of its clusters is left out in turn. */
import { wilson } from "./rates.ts";
import { tQuantile } from "./student.ts";
import { sumOf } from "./sums.ts";

/**
 * An estimate from 0 to 1 of `clusters`, with the delete-one jackknife's standard error and t quantiles; where leaving
 * out changes nothing, Wilson on clusters, as a handful that agree is no proof. Null where there is no estimate; the
 * interval null where some cluster cannot be left out. Estimates above 1 count as 1. Time grows with the square of the
 * clusters. Source: Tukey 1958; Efron and Stein 1981.
 */
export function jackknife<T>(
  clusters: readonly T[],
  estimate: (clusters: readonly T[]) => number | null,
  level = 0.95,
): { value: number; interval: [low: number, high: number] | null } | null {
  const whole = estimate(clusters);
  if (whole === null) return null;
  const count = clusters.length;
  const within = (one: number) => Math.min(1, Math.max(0, one));
  const parts = clusters.map((_, i) => estimate(clusters.toSpliced(i, 1)));
  const told = parts.filter((part) => part !== null);
  if (told.length < count) return { value: within(whole), interval: null };
  const mean = sumOf(told, (part) => part) / count;
  const variance = ((count - 1) / count) * sumOf(told, (part) => (part - mean) ** 2);
  const t = tQuantile(0.5 + level / 2, count - 1);
  if (variance < 1e-15) return { value: within(whole), interval: wilson(within(whole), count, t) };
  const half = t * Math.sqrt(variance);
  return { value: within(whole), interval: [within(whole - half), within(whole + half)] };
}
