/** Trends: against the reference vectors, on made series, and in words that stay in the past. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { theilSen, trend, trendWords } from "../../src/metrics/series/trend.ts";
import { hasShared } from "../support/shared.ts";
import { expectClose, vectorsOf } from "./reference.ts";

const series = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 8, maxLength: 30 });
const rising = Array.from({ length: 12 }, (_, i) => 0.3 + 0.02 * i + (i % 2 ? 0.005 : -0.005));

describe("a trend", () => {
  it("is never seen in two points, nor in seven", () => {
    expect(trend([0.1, 0.9])).toBeNull();
    expect(trend(rising.slice(0, 7))).toBeNull();
    expect(trend([...rising.slice(0, 7), null, null])).toBeNull();
    expect(trend(rising.slice(0, 8))!.direction).toBe("up");
    expect(theilSen([1, 2, 3])).toBeNull();
  });

  it("is the slope per step, with the number of values it rests on", () => {
    const made = trend(rising)!;
    expect(made).toMatchObject({ direction: "up", points: 12 });
    expect(made.slope).toBeCloseTo(0.02, 2);
    expect(made.low).toBeGreaterThan(0);
  });

  it("does not bend over gaps: a step without a value is a step all the same", () => {
    const line = Array.from({ length: 20 }, (_, i) => (i % 3 === 1 ? null : 0.1 + 0.03 * i));
    const made = theilSen(line)!;
    expect(made.slope).toBeCloseTo(0.03, 12);
    expect(made.start).toBeCloseTo(0.1, 12);
  });

  it("is not moved by one wild value", () => {
    const wild = rising.map((value, i) => (i === 6 ? 0.99 : value));
    expect(trend(wild)!.slope).toBeCloseTo(trend(rising)!.slope, 2);
  });

  it("of a series that stands still is unclear, not stable", () => {
    expect(trend(Array.from({ length: 10 }, () => 0.4))).toMatchObject({ direction: "unclear", slope: 0 });
  });

  it("is surer of a line with lone wobbles than of one that wanders around it", () => {
    const wobbles = [1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1];
    const wanders = [1, 1, 1, -1, -1, -1, 1, 1, 1, -1, -1, -1];
    const width = (off: number[]) => {
      const { low, high } = trend(off.map((one, i) => 0.3 + 0.02 * i + one / 100))!;
      return high - low;
    };
    expect(width(wanders)).toBeGreaterThan(width(wobbles));
  });

  it("lies in its interval, and turns with the series", () => {
    fc.assert(
      fc.property(series, (values) => {
        const made = trend(values)!;
        expect(made.low <= made.slope + 1e-12 && made.slope <= made.high + 1e-12).toBe(true);
        expect(trend([...values].reverse())!.slope).toBeCloseTo(-made.slope, 9);
        expect(trend(values.map((value) => value + 3))!.slope).toBeCloseTo(made.slope, 9);
      }),
      { numRuns: 50 },
    );
  });

  it("is told as what has been, in both languages", () => {
    const said = [rising, [...rising].reverse(), rising.map(() => 0.4), []].map((values) =>
      trendWords(trend(values), "2026-03-02"),
    );
    expect(said.map(({ en }) => en)).toEqual([
      "Has risen since 2026-03-02",
      "Has fallen since 2026-03-02",
      "No clear trend since 2026-03-02",
      "Too few values to speak of a trend",
    ]);
    expect(said[0]!.sv).toBe("Har stigit sedan 2026-03-02");
    for (const { en, sv } of said) expect(`${en} ${sv}`).not.toMatch(/\bwill\b|kommer att/);
  });
});

interface Vector {
  id: string;
  fn: string;
  args: [number[], ...unknown[]];
  expected: unknown;
}

describe.skipIf(!hasShared)("the reference vectors of trends", () => {
  const vectors = hasShared ? vectorsOf<Vector>("forecast").filter(({ fn }) => /^(theil_sen|trend)$/.test(fn)) : [];

  it("are sixteen", () => expect(vectors).toHaveLength(16));

  it.each(vectors)("$id", ({ fn, args: [values], expected }) => {
    if (fn === "theil_sen") {
      const line = theilSen(values);
      return expectClose(line && [line.slope, line.low, line.high, line.start], expected);
    }
    const made = trend(values);
    const direction = { up: "up", down: "down", unclear: "flat/unknown" };
    expectClose(
      made
        ? { direction: direction[made.direction], slope: made.slope, lo: made.low, hi: made.high }
        : { direction: "too-short", slope: null, lo: null, hi: null },
      expected,
    );
  });
});
