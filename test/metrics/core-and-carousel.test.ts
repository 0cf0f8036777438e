/** Core and carousel on made series: what stays, what rotates, and what changed once is neither. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coreAndCarousel, type Standing } from "../../src/metrics/series/core-and-carousel.ts";

/** Answers from one line per domain: `x` cites it, `.` does not. */
function answersOf(lines: Record<string, string>): string[][] {
  const [any] = Object.values(lines);
  return [...any!].map((_, i) => Object.keys(lines).filter((domain) => lines[domain]![i] === "x"));
}
const standings = (lines: Record<string, string>): Record<string, Standing> =>
  Object.fromEntries(coreAndCarousel(answersOf(lines))!.domains.map(({ domain, standing }) => [domain, standing]));

describe("core and carousel", () => {
  it("tells what stays from what rotates, and what came or went once from both", () => {
    const lines = {
      "always.se": "xxxxxxxxxxxx",
      "nearly.se": "xxxxx.xxxxxx",
      "turns.se": "x..x..x..x..",
      "once.se": ".....x......",
      "came.se": "......xxx.xx",
      "went.se": "xxxxxx......",
      "half.se": "x.x.x.x.x.x.",
    };
    expect(standings(lines)).toEqual({
      "always.se": "core",
      "nearly.se": "core",
      "turns.se": "undecided",
      "once.se": "carousel",
      "came.se": "arrived",
      "went.se": "left",
      "half.se": "undecided",
    });
  });

  it("decides with more answers what few leave open", () => {
    const turns = "x..x..x..x..";
    expect(standings({ "turns.se": turns })).toEqual({ "turns.se": "undecided" });
    expect(standings({ "turns.se": turns + turns + turns })).toEqual({ "turns.se": "carousel" });
  });

  it("is nothing below eight answers, and needs eight out of eight for a core", () => {
    expect(coreAndCarousel(answersOf({ "a.se": "xxxxxxx" }))).toBeNull();
    expect(standings({ "a.se": "xxxxxxxx" })).toEqual({ "a.se": "core" });
    expect(standings({ "a.se": "xxxxxx.x" })).toEqual({ "a.se": "core" });
    expect(standings({ "a.se": "xx.xxx.x" })).toEqual({ "a.se": "undecided" });
  });

  it("says how much goes to the core and how much changes from one answer to the next", () => {
    const made = coreAndCarousel(answersOf({ "a.se": "xxxxxxxx", "b.se": "x.......", "c.se": ".x.x...." }))!;
    expect(made.coreShare).toBeCloseTo(8 / 11, 12);
    // seven steps: 2 + 2 + 1 + 2 + 1 + 1 + 1 domains, of which b once and c twice are gone
    expect(made.turnover).toBeCloseTo(3 / 10, 12);
    expect(made.domains[0]).toMatchObject({ domain: "a.se", hits: 8, answers: 8, value: 1 });
    expect(made.domains.map(({ domain }) => domain)).toEqual(["a.se", "c.se", "b.se"]);
  });

  it("of answers that cite nobody has no domains and no turnover", () => {
    expect(coreAndCarousel(Array.from({ length: 9 }, () => []))).toEqual({
      domains: [],
      coreShare: null,
      turnover: null,
      answers: 9,
    });
  });

  it("takes a domain that is cited twice in an answer once, and every value lies in its interval", () => {
    const answers = fc.array(fc.array(fc.constantFrom("a.se", "b.se", "c.se"), { maxLength: 5 }), {
      minLength: 8,
      maxLength: 30,
    });
    fc.assert(
      fc.property(answers, (made) => {
        const result = coreAndCarousel(made)!;
        expect(result).toEqual(coreAndCarousel(made.map((domains) => [...new Set(domains)])));
        for (const { low, value, high, hits } of result.domains) {
          expect(low <= value + 1e-12 && value <= high + 1e-12).toBe(true);
          expect(hits).toBeGreaterThan(0);
        }
        const backwards = coreAndCarousel([...made].reverse())!;
        const turned: Partial<Record<Standing, Standing>> = { arrived: "left", left: "arrived" };
        for (const { domain, standing } of result.domains)
          expect(backwards.domains.find((one) => one.domain === domain)!.standing).toBe(turned[standing] ?? standing);
      }),
      { numRuns: 50 },
    );
  });
});
