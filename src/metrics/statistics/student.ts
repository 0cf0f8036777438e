/** The quantile of Student's t, from which every interval takes its width. */

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
