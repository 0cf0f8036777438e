/** The interval of a panel as it stands. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { panelRate, worstCaseRounds } from "../../src/metrics/statistics.ts";

const cell = (hits: number, answers: number) => ({ hits, answers });
const anyCells = fc.array(
  fc
    .integer({ min: 1, max: 6 })
    .chain((answers) => fc.integer({ min: 0, max: answers }).map((hits) => cell(hits, answers))),
  { minLength: 1, maxLength: 60 },
);

describe("the rate of a panel", () => {
  it("is the mean of its cells, as unsure as single answers vary", () => {
    // one half of ten cells with 5 of 10: variance .25 / 9 a cell, of ten cells .25 / 90; on the logit scale by .25
    const cells = Array.from({ length: 10 }, () => cell(5, 10));
    const half = (1.959963984540054 * Math.sqrt(0.25 / 90)) / 0.25;
    const expit = (v: number) => 1 / (1 + Math.exp(-v));
    const { value, low, high, answers } = panelRate(cells)!;
    expect([value, answers]).toEqual([0.5, 100]);
    expect([low, high]).toEqual([expect.closeTo(expit(-half), 9), expect.closeTo(expit(half), 9)]);
  });

  it("is not made unsure by cells that differ from each other, but by three in so many answers", () => {
    const split = Array.from({ length: 20 }, (_, i) => cell(i % 2 ? 10 : 0, 10));
    expect(panelRate(split)).toMatchObject({ value: 0.5, low: 0.5 - 3 / 200, high: 0.5 + 3 / 200 });
    expect(panelRate([cell(0, 30)])).toMatchObject({ value: 0, low: 0, high: 0.1 });
  });

  it("takes a cell with one answer for as unsure as the others", () => {
    const sure = Array.from({ length: 10 }, () => cell(2, 4));
    const { low } = panelRate([...sure, cell(1, 1)])!;
    expect(low).toBeLessThan(panelRate([...sure, cell(4, 4)])!.low);
  });

  it("lies in its interval between 0 and 1, leaves out cells without answers, and is null without any", () => {
    fc.assert(
      fc.property(anyCells, (cells) => {
        const { value, low, high } = panelRate([...cells, cell(0, 0)])!;
        expect(0 <= low && low <= value + 1e-12 && value <= high + 1e-12 && high <= 1).toBe(true);
        expect(panelRate(cells)).toEqual(panelRate([...cells, cell(0, 0)]));
      }),
    );
    expect(panelRate([cell(0, 0)])).toBeNull();
  });

  it("needs 385 answers of the worst kind for five points", () => {
    expect([worstCaseRounds(1, 0.05), worstCaseRounds(40, 0.05), worstCaseRounds(400, 0.05)]).toEqual([385, 10, 1]);
  });
});
