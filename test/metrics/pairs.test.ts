/** The interval of a gap on one prompt: against published and closed forms, and its errors counted out. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairedGap, wilson } from "../../src/metrics/statistics.ts";

const z = 1.959963984540054;
const about = (value: number) => expect.closeTo(value, 12) as number; // stands where a number stands
const gap = (firstOnly: number, secondOnly: number, answers: number, level?: number) =>
  pairedGap({ firstOnly, secondOnly, answers }, level)!;

/** Every outcome of `answers` answers, with whatever is wanted of each. */
const outcomes = <T>(answers: number, of: (first: number, second: number) => T) =>
  Array.from({ length: answers + 1 }, (_, first) =>
    Array.from({ length: answers + 1 - first }, (__, second) => ({ first, second, of: of(first, second) })),
  ).flat();

/** How likely each outcome is where the first alone is in a share `p` of answers and the second alone in `q`. */
function likelihood(answers: number, p: number, q: number): (first: number, second: number) => number {
  const logs = [0];
  for (let i = 1; i <= answers; i++) logs.push(logs[i - 1]! + Math.log(i));
  const power = (share: number, count: number) => (count === 0 ? 0 : count * Math.log(Math.max(share, 1e-300)));
  return (first, second) => {
    const neither = answers - first - second;
    const ways = logs[answers]! - logs[first]! - logs[second]! - logs[neither]!;
    return Math.exp(ways + power(p, first) + power(q, second) + power(1 - p - q, neither));
  };
}

describe("the gap between two shares of the same answers", () => {
  it("is as published: airways of 21 children, 1 against 7 (Fagerland, Lydersen and Laake 2014)", () => {
    const { value, low, high } = gap(1, 7, 21);
    expect(value).toBeCloseTo(-6 / 21, 12);
    expect([low.toFixed(3), high.toFixed(3)]).toEqual(["-0.517", "-0.026"]);
  });

  it("of none against none is Wilson's interval for none, to both sides", () => {
    const limit = wilson(0, 10, z)[1];
    expect(gap(0, 0, 10)).toEqual({ value: 0, low: about(-limit), high: about(limit) });
  });

  it("of all against none goes from (n - z²) / (n + z²) to one", () => {
    for (const answers of [1, 4, 5, 30])
      expect(gap(answers, 0, answers)).toEqual({
        value: 1,
        low: about((answers - z * z) / (answers + z * z)),
        high: 1,
      });
  });

  it("of some against none is Wilson's interval for these", () => {
    const [low, high] = wilson(0.5, 40, z); // from .352, above 20 / (80 - 20)
    expect(gap(20, 0, 40)).toEqual({ value: 0.5, low: about(low), high: about(high) });
  });

  it("is above nothing exactly where McNemar's test is sure", () => {
    for (const answers of [5, 12, 25])
      for (const { first, second, of } of outcomes(answers, (one, other) => gap(one, other, answers)))
        expect(of.low > 0, `${first} against ${second} of ${answers}`).toBe(
          first > second && (first - second) / Math.sqrt(first + second) > z,
        );
  });

  it("holds the difference, stays within one, and turns with the two", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), fc.nat(200), (first, second, neither) => {
        const answers = first + second + neither;
        if (answers === 0) return;
        const there = gap(first, second, answers);
        const back = gap(second, first, answers);
        expect(there.low).toBeLessThanOrEqual(there.value);
        expect(there.high).toBeGreaterThanOrEqual(there.value);
        expect(Math.abs(there.low)).toBeLessThanOrEqual(1);
        expect(Math.abs(there.high)).toBeLessThanOrEqual(1);
        expect(back.low).toBeCloseTo(-there.high, 9);
        expect(gap(first, second, answers, 0.8).low).toBeGreaterThanOrEqual(there.low);
      }),
    );
  });

  it("is nothing without answers", () => {
    expect(pairedGap({ firstOnly: 0, secondOnly: 0, answers: 0 })).toBeNull();
  });

  it("calls a gap sure where there is none as seldom as it says", () => {
    const worst = (answers: number) => {
      const sure = outcomes(answers, (one, other) => gap(one, other, answers).low > 0).filter(({ of }) => of);
      const shares = Array.from({ length: 50 }, (_, i) => (i + 1) / 100);
      return Math.max(
        ...shares.map((share) => {
          const chance = likelihood(answers, share, share);
          return sure.reduce((sum, { first, second }) => sum + chance(first, second), 0);
        }),
      );
    };
    expect(worst(4)).toBeCloseTo(1 / 16, 9);
    for (const answers of [5, 6, 8, 11, 16, 21, 26, 40]) expect(worst(answers)).toBeLessThan(0.04);
    for (const answers of [10, 12, 20, 40]) expect(worst(answers)).toBeLessThan(0.027);
  });

  it("holds the truth in about 95 of 100 cases on the whole, and never in fewer than 91", () => {
    for (const answers of [6, 10, 20, 30]) {
      const intervals = outcomes(answers, (one, other) => gap(one, other, answers));
      const covered: number[] = [];
      for (let i = 0; i <= 20; i++)
        for (let j = 0; i + j <= 20; j++) {
          const [p, q] = [i / 20, j / 20];
          const chance = likelihood(answers, p, q);
          const holds = intervals.filter(({ of }) => of.low <= p - q + 1e-9 && of.high >= p - q - 1e-9);
          covered.push(holds.reduce((sum, { first, second }) => sum + chance(first, second), 0));
        }
      expect(Math.min(...covered)).toBeGreaterThan(0.91);
      expect(covered.reduce((sum, one) => sum + one, 0) / covered.length).toBeGreaterThan(0.95);
    }
  });
});
