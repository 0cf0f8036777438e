/** Detectors of change: on made series, and against every alarm and all evidence of the reference. */
import { describe, expect, it } from "vitest";
import { detect, thresholdOf, type TickCell } from "../../src/metrics/series/detector.ts";
import { detectRare } from "../../src/metrics/series/rare-detector.ts";
import { hasShared } from "../support/shared.ts";
import { expectClose, vectorsOf } from "./reference.ts";

const alarmsOf = (ticks: readonly { alarm: boolean }[]) => ticks.flatMap(({ alarm }, i) => (alarm ? [i] : []));

/** Forty prompts; those before `hitting(run)` hit, turning with the runs so that none is always alike. */
const panel = (runs: number, hitting: (run: number) => number): TickCell[][] =>
  Array.from({ length: runs }, (_, run) =>
    Array.from({ length: 40 }, (_, prompt) => ({ hits: Number((prompt + 7 * run) % 40 < hitting(run)), answers: 1 })),
  );

describe("the detector", () => {
  it("has the thresholds of the table", () => {
    const table = { 0.5: 6.84, 0.8: 4.43, 1: 3.53, 1.2: 2.9, 1.5: 2.24, 2: 1.53 };
    for (const [k, h] of Object.entries(table)) expect(thresholdOf(Number(k), 6000)).toBeCloseTo(h, 2);
  });

  it("learns for 21 runs, finds a drop within days, and is mute after its alarm", () => {
    const ticks = detect(panel(60, (run) => (run < 30 ? 16 : 8)));
    expect(ticks.findIndex(({ evidence }) => evidence !== null)).toBe(21);
    const [first, second] = alarmsOf(ticks);
    expect(first).toBeGreaterThanOrEqual(30);
    expect(first).toBeLessThan(37);
    expect(second ?? 60).toBeGreaterThan(first! + 7);
    expect(ticks[first!]!.baseline).toBeCloseTo(0.4, 9);
    expect(
      alarmsOf(
        detect(
          panel(60, (run) => (run < 30 ? 16 : 8)),
          "rise",
        ),
      ),
    ).toEqual([]);
    expect(
      alarmsOf(
        detect(
          panel(60, (run) => (run < 30 ? 8 : 16)),
          "rise",
        ),
      )[0],
    ).toBeGreaterThanOrEqual(30);
  });

  it("is calm while nothing changes, and takes no alarm from a run in which most prompts failed", () => {
    expect(alarmsOf(detect(panel(90, () => 16)))).toEqual([]);
    const failing = panel(60, () => 16).map((cells, run) =>
      run === 40 ? cells.map((_, prompt) => (prompt < 15 ? { hits: 0, answers: 1 } : null)) : cells,
    );
    const ticks = detect(failing);
    expect(ticks[40]).toMatchObject({ rate: null, evidence: null, alarm: false });
    expect(alarmsOf(ticks)).toEqual([]);
    expect(detect([])).toEqual([]);
  });

  it("of rare events does not cry at the first one, and finds when they become many", () => {
    const runs = (bad: (run: number) => number) =>
      Array.from({ length: 60 }, (_, run) => ({ hits: bad(run), answers: 30 }));
    expect(alarmsOf(detectRare(runs((run) => Number(run === 40))))).toEqual([]);
    const [first] = alarmsOf(detectRare(runs((run) => (run < 40 ? 0 : 6))));
    expect(first).toBeGreaterThanOrEqual(40);
    expect(first).toBeLessThan(47);
    expect(detectRare([{ hits: 0, answers: 0 }])).toEqual([{ evidence: null, alarm: false }]);
  });
});

interface Expected {
  id: string;
  expected_alarms?: number[];
  expected_S: [run: number, evidence: number][];
}

describe.skipIf(!hasShared)("the reference vectors of detectors", () => {
  const check = (made: { alarm: boolean; evidence: number | null }[], { expected_alarms, expected_S }: Expected) => {
    expect(alarmsOf(made)).toEqual(expected_alarms);
    for (const [run, evidence] of expected_S) expectClose(made[run]!.evidence, evidence);
  };

  it("of drops: 270 series", () => {
    const all = vectorsOf<Expected & { cells: string[]; repeats: number }>("change_dev");
    expect(all).toHaveLength(270);
    const expecting = all.filter(({ expected_alarms }) => expected_alarms);
    expect(expecting.length).toBeGreaterThan(200);
    for (const series of expecting) {
      const ticks = [...series.cells[0]!].map((_, run) =>
        series.cells.map((cell) => ({ hits: Number(cell[run]), answers: series.repeats })),
      );
      check(detect(ticks), series);
    }
  });

  it("of rare events: 120 series", () => {
    const all = vectorsOf<Expected & { k: number[]; n: number[] }>("change_rare");
    expect(all).toHaveLength(120);
    for (const series of all) check(detectRare(series.k.map((hits, i) => ({ hits, answers: series.n[i]! }))), series);
  });
});
