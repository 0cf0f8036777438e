/** Habits over questions: means of what was worked out for each, and on how many a domain stands how. */
import { describe, expect, it } from "vitest";
import { coreAndCarousel, habitsOver } from "../../src/metrics/index.ts";

/** A question answered eight times, always with these domains. */
const always = (...domains: string[]) => coreAndCarousel(Array.from({ length: 8 }, () => domains))!;
const turns = coreAndCarousel([["a.se"], [], [], ["a.se"], [], [], [], [], [], [], [], []])!;

describe("habits over questions", () => {
  it("count on how many questions a domain stands how, most core first, then most cited", () => {
    expect(habitsOver([always("a.se", "b.se"), always("b.se"), turns, always()]).domains).toEqual([
      { domain: "b.se", questions: { core: 2, carousel: 0, arrived: 0, left: 0, undecided: 0 }, hits: 16 },
      { domain: "a.se", questions: { core: 1, carousel: 1, arrived: 0, left: 0, undecided: 0 }, hits: 10 },
    ]);
  });

  it("give means in which every question counts the same, with an interval from five questions on", () => {
    const four = habitsOver([always("a.se"), always("a.se"), always("a.se"), turns]);
    expect(four.coreShare).toMatchObject({ value: 0.75, low: null, high: null, prompts: 4, note: "too_few_prompts" });
    expect(four.turnover).toMatchObject({ value: 0.25, prompts: 4, answers: 36 });
    const { coreShare } = habitsOver([...Array.from({ length: 5 }, () => always("a.se")), turns]);
    expect(coreShare).toMatchObject({ prompts: 6, answers: 52, hits: 40, note: null });
    // 5/6 plus and minus t of five degrees, 2.5706, times 1/6; kept below 1
    expect([coreShare.value, coreShare.low, coreShare.high]).toEqual([5 / 6, expect.closeTo(0.4049, 4), 1]);
  });

  it("are of nothing where nothing is cited", () => {
    const none = { value: null, low: null, high: null, answers: 0, prompts: 0, hits: 0, note: "nothing" };
    expect(habitsOver([always(), always()])).toEqual({ coreShare: none, turnover: none, domains: [] });
    expect(habitsOver([])).toEqual({ coreShare: none, turnover: none, domains: [] });
  });
});
