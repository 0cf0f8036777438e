/** Strengths of brands: by hand, and against the reference vectors. */
import { describe, expect, it } from "vitest";
import { strengths } from "../../src/metrics/making/strength.ts";
import { hasShared } from "../support/shared.ts";
import { expectClose, vectorsOf } from "./reference.ts";

describe("strengths", () => {
  it("of two brands are their wins, with half a win each before anything is seen", () => {
    const made = strengths([["acme", "globex"], ["acme"], ["globex", "acme"]], ["acme", "globex"]);
    expect(made[0]).toBeCloseTo(2.5 / 4, 9);
    expect(made[1]).toBeCloseTo(1.5 / 4, 9);
  });

  it("are equal where nothing is known, and leave out brands that nobody asked about", () => {
    expect(strengths([], ["acme", "globex"])).toEqual([0.5, 0.5]);
    expect(strengths([["hooli", "acme"]], ["acme", "globex"])).toEqual(strengths([["acme"]], ["acme", "globex"]));
    expect(strengths([["acme"]], ["acme"])).toEqual([1]);
    expect(strengths([["acme"]], [])).toEqual([]);
  });
});

interface Vector {
  type: string;
  id: string;
  lists: string[][];
  items: string[];
  alpha: number;
  absent_below: boolean;
  expected: Record<string, number>;
}

describe.skipIf(!hasShared)("the reference vectors of strengths", () => {
  const vectors = hasShared ? vectorsOf<Vector>("rank_metrics").filter(({ type }) => type === "pl") : [];

  it("are six, all with absent brands below those that are ranked", () => {
    expect(vectors.map(({ absent_below }) => absent_below)).toEqual(Array.from({ length: 6 }, () => true));
  });

  it.each(vectors)("$id", ({ lists, items, alpha, expected }) => {
    const made = strengths(lists, items, alpha);
    expectClose(Object.fromEntries(items.map((item, i) => [item, made[i]])), expected, 1e-7);
  });
});
