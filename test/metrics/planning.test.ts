/** Changes, plans, likeness of answers and always-valid intervals: by hand, and what must hold for any numbers. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  confidenceSequence,
  estimateRhos,
  panelHalfWidth,
  planHalfWidth,
  planPrompts,
  promptChange,
  promptMean,
  tQuantile,
} from "../../src/metrics/statistics.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });
const anyPairs = fc.array(fc.record({ before: share, after: share }), { minLength: 2, maxLength: 60 });

describe("the change on the same prompts", () => {
  it("is the mean of after minus before, as unsure as the prompts' changes differ", () => {
    // changes .2, .4 and 0: mean .2, sd .2, error .2 / sqrt 3
    const pairs = [
      { before: 0.2, after: 0.4 },
      { before: 0.1, after: 0.5 },
      { before: 0.9, after: 0.9 },
    ];
    const change = promptChange(pairs)!;
    const half = (tQuantile(0.975, 2) * 0.2) / Math.sqrt(3);
    expect(change).toMatchObject({ value: expect.closeTo(0.2, 12) as number, prompts: 3 });
    expect([change.low, change.high]).toEqual([expect.closeTo(0.2 - half, 9), expect.closeTo(0.2 + half, 9)]);
  });

  it("does not care how much prompts differ from each other", () => {
    const near = [0.1, 0.12, 0.14, 0.13].map((before, i) => ({ before, after: before + i / 10 }));
    const far = [0, 0.2, 0.5, 0.7].map((before, i) => ({ before, after: before + i / 10 }));
    expect(promptChange(far)!.high).toBeCloseTo(promptChange(near)!.high, 12);
  });

  it("is nothing below two prompts", () => {
    expect(promptChange([])).toBeNull();
    expect(promptChange([{ before: 0, after: 1 }])).toBeNull();
  });

  it("of prompts that all moved alike is still unsure by three in so many, rounding or not", () => {
    const alike = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map((before) => ({ before, after: before + 0.1 }));
    const { low, high } = promptChange(alike)!;
    expect([low, high]).toEqual([expect.closeTo(0.1 - 0.5, 9), expect.closeTo(0.1 + 0.5, 9)]);
    const still = promptChange(Array.from({ length: 20 }, () => ({ before: 0.3, after: 0.3 })))!;
    expect(still).toEqual({ value: 0, low: -0.15, high: 0.15, prompts: 20 });
  });

  it("lies in its interval, between -1 and 1, and is its own mirror backwards, in whatever order", () => {
    fc.assert(
      fc.property(anyPairs, (pairs) => {
        const { value, low, high } = promptChange(pairs)!;
        expect(-1 <= low && low <= value + 1e-12 && value <= high + 1e-12 && high <= 1).toBe(true);
        const back = promptChange(pairs.map(({ before, after }) => ({ before: after, after: before })).reverse())!;
        expect(back.value).toBeCloseTo(-value, 9);
        expect(back.low).toBeCloseTo(-high, 9);
        expect(back.high).toBeCloseTo(-low, 9);
      }),
    );
  });

  it("narrows with the level that is asked for", () => {
    fc.assert(
      fc.property(anyPairs, (pairs) => {
        const width = (level: number) => promptChange(pairs, level)!.high - promptChange(pairs, level)!.low;
        expect(width(0.8)).toBeLessThanOrEqual(width(0.95) + 1e-12);
      }),
    );
  });
});

describe("the mean over prompts", () => {
  it("stays inside the bounds of its unit", () => {
    const mean = promptMean([1, 1, 2, 9], [1, 11])!;
    expect(mean.value).toBe(3.25);
    expect(mean.low).toBe(1);
    expect(promptMean([1], [1, 11])).toBeNull();
  });
});

describe("the plan", () => {
  it("of ten points at 40 % is the table everybody quotes", () => {
    const needed = [
      [1, 1],
      [1, 3],
      [6, 1],
      [6, 3],
    ].map(([assistants, repeats]) => [
      planPrompts(0.4, 0.1, assistants!, repeats!),
      planPrompts(0.4, 0.05, assistants!, repeats!),
    ]);
    expect(needed).toEqual([
      [95, 372],
      [63, 241],
      [34, 129],
      [29, 107],
    ]);
  });

  it("is the first number of prompts that is narrow enough", () => {
    const inputs = fc.record({
      p: fc.double({ min: 0.02, max: 0.98, noNaN: true }),
      half: fc.double({ min: 0.03, max: 0.4, noNaN: true }),
      assistants: fc.integer({ min: 1, max: 8 }),
      repeats: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(inputs, ({ p, half, assistants, repeats }) => {
        const prompts = planPrompts(p, half, assistants, repeats)!;
        expect(planHalfWidth(p, prompts, assistants, repeats)).toBeLessThanOrEqual(half);
        if (prompts > 3) expect(planHalfWidth(p, prompts - 1, assistants, repeats)).toBeGreaterThan(half);
        else expect(prompts).toBe(3);
      }),
      { numRuns: 40 },
    );
  });

  it("says that more repeats help less than more prompts", () => {
    expect(planHalfWidth(0.4, 48, 6, 1)!).toBeLessThan(planHalfWidth(0.4, 40, 6, 3)! * 1.01);
  });

  it("is surer of these very prompts than of all like them, and follows a project's own answers", () => {
    expect(panelHalfWidth(0.4, 40, 1, 1)!).toBeLessThan(planHalfWidth(0.4, 40, 1, 1)!);
    const alike = { prompt: 0.9, cell: 0.95 };
    expect(planHalfWidth(0.4, 40, 6, 3, 1, alike)!).toBeGreaterThan(planHalfWidth(0.4, 40, 6, 3)!);
    expect(panelHalfWidth(0.4, 40, 6, 3, 1, alike)!).toBeLessThan(panelHalfWidth(0.4, 40, 6, 3)!);
  });

  it("of what cannot be had is null, not a huge number", () => {
    expect(planPrompts(0.5, 0.0001, 1, 1)).toBeNull();
    expect(planPrompts(0.5, 0, 1, 1)).toBeNull();
    for (const bad of [-0.1, 1.1, NaN]) expect(planHalfWidth(bad, 40, 1, 1)).toBeNull();
    for (const bad of [0, 1, NaN, Infinity]) expect(planHalfWidth(0.4, bad, 1, 1)).toBeNull();
    expect(planHalfWidth(0.4, 40, 0, 1)).toBeNull();
    expect(panelHalfWidth(0.4, 40, 1, 0)).toBeNull();
  });
});

describe("the likeness of answers", () => {
  const cell = (prompt: string, assistant: string, hits: number, answers = 10) => ({
    prompt,
    assistant,
    hits,
    answers,
  });

  it("is one where a cell always says the same and prompts decide all", () => {
    const cells = ["a", "b", "c", "d"].flatMap((prompt, i) => [
      cell(prompt, "x", i % 2 ? 10 : 0),
      cell(prompt, "y", i % 2 ? 10 : 0),
    ]);
    expect(estimateRhos(cells)).toEqual({ prompt: 1, cell: 1, mean: 0.5 });
  });

  it("is none where every cell is a coin", () => {
    const cells = ["a", "b", "c", "d"].flatMap((prompt) => [cell(prompt, "x", 5), cell(prompt, "y", 5)]);
    expect(estimateRhos(cells)).toEqual({ prompt: 0, cell: 0, mean: 0.5 });
  });

  it("needs four cells with two answers each, some hits and some misses, and two assistants for the prompt's", () => {
    const three = ["a", "b", "c"].map((prompt, i) => cell(prompt, "x", i));
    expect(estimateRhos([...three, cell("d", "x", 1, 1)])).toBeNull();
    expect(estimateRhos(["a", "b", "c", "d"].map((prompt) => cell(prompt, "x", 0)))).toBeNull();
    expect(estimateRhos([...three, cell("d", "x", 9)])!.prompt).toBeNull();
  });
});

describe("the interval that may be looked at every day", () => {
  it("is wider than one for a single look, and narrows with time", () => {
    const half = (days: number) => confidenceSequence(0, 0.04, days)![1];
    expect(half(30)).toBeGreaterThan((1.96 * 0.2) / Math.sqrt(30));
    expect([1, 5, 30, 100].map(half)).toEqual([1, 5, 30, 100].map(half).sort((a, b) => b - a));
    expect(confidenceSequence(0, 0.04, 0)).toBeNull();
  });
});
