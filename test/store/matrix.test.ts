/** Packed counts: what goes in comes out, whatever its size, and days of other prompts and brands add up. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Counts } from "../../src/domain.ts";
import { addCounts, countNames, CountSums, noCounts, packCounts } from "../../src/store/matrix.ts";

const widths = { "one byte": 255, "two bytes": 65_535, "four bytes": 4_000_000_000 };

const countsUpTo = (greatest: number): fc.Arbitrary<Counts> =>
  fc.array(fc.nat({ max: greatest }), { minLength: 16, maxLength: 16 }).map((numbers) => {
    const counts = noCounts();
    for (const [i, name] of countNames.entries()) counts[name] = numbers[i]!;
    counts.reciprocalRanks /= 3;
    return counts;
  });

describe("packed counts", () => {
  it.each(Object.entries(widths))("of %s each come out as they went in", (_, greatest) => {
    fc.assert(
      fc.property(fc.array(countsUpTo(greatest), { minLength: 1, maxLength: 12 }), (cells) => {
        const sums = new CountSums();
        const brands = cells.map((_cell, i) => `brand ${i}`);
        sums.add({ promptVersions: ["prompt"], brands }, packCounts(cells));
        const expected = cells.map((cell, i) => ({ ...cell, promptVersionId: "prompt", brandId: `brand ${i}` }));
        expect(sums.take()).toEqual(expected);
        expect(sums.take()).toEqual([]);
      }),
    );
  });

  it("takes as few bytes as its greatest count needs", () => {
    const bytes = [1, 255, 256, 65_536].map((answers) => packCounts([{ ...noCounts(), answers }]).length);
    expect(bytes).toEqual([31, 31, 46, 76]);
  });

  it("adds up days whose prompts and brands differ, each where it belongs", () => {
    const frames = [
      { promptVersions: ["p", "q"], brands: ["a", "b"] },
      { promptVersions: ["q", "r"], brands: ["b", "c"] },
      { promptVersions: ["p", "q"], brands: ["a", "b"] },
    ];
    fc.assert(
      fc.property(fc.array(countsUpTo(1_000), { minLength: 12, maxLength: 12 }), (cells) => {
        const sums = new CountSums();
        const expected: Record<string, Counts> = {};
        for (const [day, frame] of frames.entries()) {
          const ofDay = cells.slice(day * 4, day * 4 + 4);
          sums.add(frame, packCounts(ofDay));
          for (const [i, cell] of ofDay.entries()) {
            const key = frame.promptVersions[i >> 1]! + frame.brands[i & 1]!;
            addCounts((expected[key] ??= noCounts()), cell);
          }
        }
        const found = sums.take().map(({ promptVersionId, brandId, ...counts }) => [promptVersionId + brandId, counts]);
        expect(Object.fromEntries(found)).toEqual(expected);
        expect(found).toHaveLength(Object.keys(expected).length);
      }),
    );
  });
});
