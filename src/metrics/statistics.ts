/** Intervals for rates that come from clusters of answers: prompts are the sample, answers are not. */

/** An estimate with its interval and what it rests on. */
export interface Interval {
  value: number;
  low: number;
  high: number;
  prompts: number;
  answers: number;
}

/** One prompt's share in a rate. */
export interface PromptCount {
  hits: number;
  answers: number;
  /** Default 1: every prompt counts the same. */
  weight?: number;
}

/** Continued fraction of the incomplete beta function (Lentz), converged to 1e-15. */
function betaFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  const guard = (value: number) => (Math.abs(value) > tiny ? value : tiny);
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < 400; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    for (const step of [even, odd]) {
      d = 1 / guard(1 + step * d);
      c = guard(1 + step / c);
      h *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return h;
}

/** ln Gamma by Lanczos (g = 7, n = 9), relative error below 1e-14 for the half-integers used here. */
function logGamma(x: number): number {
  const coefficients = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  const z = x - 1;
  const t = z + 7.5;
  const sum = coefficients.slice(1).reduce((total, value, i) => total + value / (z + i + 1), coefficients[0]!);
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(a, b, x)) / a : 1 - (front * betaFraction(b, a, 1 - x)) / b;
}

function tDistribution(t: number, degrees: number): number {
  const tail = 0.5 * incompleteBeta(degrees / 2, 0.5, degrees / (degrees + t * t));
  return t > 0 ? 1 - tail : tail;
}

/** Normal distribution by Marsaglia's series, exact to 1e-15 for the |z| < 8 that levels ask for. */
function normalDistribution(z: number): number {
  let term = z;
  let sum = z;
  for (let i = 3; sum !== sum + term; i += 2) sum += term *= (z * z) / i;
  return 0.5 + sum * Math.exp(-0.5 * z * z - 0.5 * Math.log(2 * Math.PI));
}

const quantiles = new Map<string, number>();

/** Quantile of Student's t by bisection; `probability` 0 to 1, `degrees` > 0 (more than a million count as normal). */
export function tQuantile(probability: number, degrees: number): number {
  const key = `${probability} ${degrees}`;
  const known = quantiles.get(key);
  if (known !== undefined) return known;
  const normal = degrees > 1e6;
  const upper = Math.max(probability, 1 - probability);
  let low = 0;
  let high = normal ? 8 : 1e4;
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if ((normal ? normalDistribution(middle) : tDistribution(middle, degrees)) < upper) low = middle;
    else high = middle;
  }
  const quantile = probability < 0.5 ? -(low + high) / 2 : (low + high) / 2;
  if (quantiles.size < 10_000) quantiles.set(key, quantile); // degrees are counts of prompts: few differ
  return quantile;
}

/** Wilson's interval for a share `p` of `n` trials with quantile `z`. */
export function wilson(p: number, n: number, z: number): [low: number, high: number] {
  const d = 1 + (z * z) / n;
  const centre = (p + (z * z) / (2 * n)) / d;
  const half = (z / d) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}

function logitInterval(p: number, standardError: number, t: number): [number, number] {
  const logit = Math.log(p / (1 - p));
  const spread = (t * standardError) / (p * (1 - p));
  const expit = (v: number) => 1 / (1 + Math.exp(-v));
  return [expit(logit - spread), expit(logit + spread)];
}

const sumOf = <T>(rows: T[], value: (row: T) => number): number => rows.reduce((total, row) => total + value(row), 0);

/**
 * The canonical interval: what would all prompts like these give? Mean over prompts of the prompt's rate, on the logit
 * scale, clustered by prompt with t quantiles; united with Wilson on prompts where fewer than five prompts hit or miss.
 * Source: measures.md 3.4 (market question; coverage 92.9-99 % in simulation where Wilson on answers has 55-98 %).
 */
export function promptRate(prompts: PromptCount[], level = 0.95): Interval | null {
  const used = prompts.filter(({ answers, weight = 1 }) => answers > 0 && weight > 0);
  const count = used.length;
  if (count === 0) return null;
  const answers = sumOf(used, (prompt) => prompt.answers);
  const total = sumOf(used, ({ weight = 1 }) => weight);
  const rows = used.map((prompt) => ({
    rate: prompt.hits / prompt.answers,
    weight: (prompt.weight ?? 1) / total,
    answers: prompt.answers,
  }));
  const p = sumOf(rows, (row) => row.weight * row.rate);
  const result = (low: number, high: number) => ({ value: p, low, high, prompts: count, answers });
  if (count === 1) return result(...wilson(p, answers, tQuantile(0.5 + level / 2, Infinity)));
  const effective = 1 / sumOf(rows, (row) => row.weight ** 2);
  const t = tQuantile(0.5 + level / 2, Math.max(1, effective - 1));
  const between = (count / (count - 1)) * sumOf(rows, (row) => (row.weight * (row.rate - p)) ** 2);
  const within = p * (1 - p) * sumOf(rows, (row) => row.weight ** 2 / row.answers); // never better than independent answers
  const variance = Math.max(between, within);
  const [wilsonLow, wilsonHigh] = wilson(Math.min(Math.max(p, 0), 1), effective, t);
  if (p <= 1e-12 || p >= 1 - 1e-12 || variance <= 1e-15) return result(wilsonLow, wilsonHigh);
  const [low, high] = logitInterval(p, Math.sqrt(variance), t);
  const rare = rows.filter((row) => row.rate > 0).length < 5 || rows.filter((row) => row.rate < 1).length < 5;
  return rare ? result(Math.min(low, wilsonLow), Math.max(high, wilsonHigh)) : result(low, high);
}

/** Quantile for a share that only one prompt speaks for: t with one degree of freedom at 97.5 %. */
const onePromptQuantile = 12.706204736432095;

/**
 * Share of all mentions: sum of the brand's over sum of everybody's, linearised ratio on the logit scale, clustered by
 * prompt. Source: measures.md 3.4 (coverage 95-96 % where Wilson has 67-99 %).
 */
export function shareOfVoice(
  prompts: { own: number; total: number }[],
  level = 0.95,
): { value: number; low: number; high: number; prompts: number } | null {
  const count = prompts.length;
  const total = sumOf(prompts, (prompt) => prompt.total);
  if (total <= 0) return null;
  const share = sumOf(prompts, (prompt) => prompt.own) / total;
  const result = ([low, high]: [number, number]) => ({ value: share, low, high, prompts: count });
  if (count < 2 || share <= 0 || share >= 1) {
    const speaking = Math.max(1, prompts.filter((prompt) => prompt.total > 0).length);
    const t = speaking > 1 ? tQuantile(0.5 + level / 2, speaking - 1) : onePromptQuantile;
    return result(wilson(share, speaking, t));
  }
  const mean = total / count;
  const variance = sumOf(prompts, ({ own, total: all }) => ((own - share * all) / mean) ** 2) / (count * (count - 1));
  const t = tQuantile(0.5 + level / 2, count - 1);
  return result(variance > 0 ? logitInterval(share, Math.sqrt(variance), t) : wilson(share, count, t));
}
