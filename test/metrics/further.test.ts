/** Metrics that read answers, outcomes or two periods, each worked out by hand. */
import { describe, expect, it } from "vitest";
import { allMetrics } from "../../src/metrics/index.ts";
import { jaccard, rankBiasedOverlap } from "../../src/metrics/making/lists.ts";
import { answer, measure, type Id, type Told } from "./answers.ts";

const told = (...all: Told[]) => all.map((one) => answer(one));
const value = (id: Id, ...all: Told[]) => measure(id, told(...all)).value;
const about = (number: number) => expect.closeTo(number, 12) as number;

describe("ranks", () => {
  it("count only where there is a ranking, and absence from it as a miss", () => {
    const all: Told[] = [
      { ranking: ["acme", "globex"] },
      { ranking: ["globex", "-", "-", "acme"] },
      { ranking: ["globex"], named: ["globex", "acme"] },
      { named: ["acme"] },
    ];
    expect(measure("top1-rate", told(...all))).toMatchObject({ value: about(1 / 3), hits: 1, answers: 3 });
    expect(measure("prominence", told(...all))).toMatchObject({ value: about(1.25 / 3), answers: 3 });
    // 1, 4, 11 and 11
    expect(measure("restricted-mean-rank", told(...all))).toMatchObject({ value: about(6.75), hits: 2, answers: 4 });
    expect(measure("average-rank", told(...all))).toMatchObject({ value: 2.5, answers: 2, low: null });
  });

  it("show why an average rank misleads: the brand drops out where it stood last, and only the average gets better", () => {
    const before = ["p", "q", "r", "s", "t"].map((prompt, i) => ({
      prompt,
      ranking: i < 2 ? ["acme"] : ["-", "-", "-", "-", "acme"],
    }));
    const after = before.map((one, i) => (i < 2 ? one : { ...one, ranking: ["-"] }));
    expect(value("average-rank", ...after)!).toBeLessThan(value("average-rank", ...before)!);
    expect(value("prominence", ...after)!).toBeLessThan(value("prominence", ...before)!);
    expect(value("restricted-mean-rank", ...after)!).toBeGreaterThan(value("restricted-mean-rank", ...before)!);
  });

  it("put a place beyond ten with absence", () => {
    const late = [...Array.from({ length: 11 }, () => "-"), "acme"];
    expect(value("restricted-mean-rank", { ranking: late })).toBeCloseTo(11, 12);
  });

  it("decide between two brands, then presence, else nobody", () => {
    const meetings: [Told, number | null][] = [
      [{ ranking: ["acme", "globex"] }, 1],
      [{ ranking: ["globex", "acme"] }, 0],
      [{ named: ["acme"] }, 1],
      [{ named: ["globex"] }, 0],
      [{ named: ["globex", "acme"] }, 0.5],
      [{ ranking: ["acme"], named: ["globex", "acme"] }, 1],
      [{ named: ["initech"] }, null],
    ];
    for (const [one, expected] of meetings) expect(value("head-to-head", one)).toBe(expected);
  });
});

describe("citations and names", () => {
  const all: Told[] = [
    { cited: ["acme"], named: ["acme"] },
    { cited: ["acme"], named: [] },
    { cited: ["acme", "globex"], named: ["globex"] },
    { cited: ["globex"], named: ["acme"] },
    { named: ["acme"] },
    { named: ["acme"], searched: false },
  ];

  it("are ghosts of the answers that cite, uncited of those that name, and shares of those that were searched", () => {
    expect(measure("ghost-citation-rate", told(...all))).toMatchObject({ value: about(2 / 3), hits: 2, answers: 3 });
    expect(measure("uncited-mention-rate", told(...all))).toMatchObject({ value: about(2 / 3), hits: 2, answers: 3 });
    expect(measure("citing-answers-rate", told(...all))).toMatchObject({ value: about(3 / 4), answers: 4 });
    expect(measure("citation-share", told(...all))).toMatchObject({ value: about(3 / 5), hits: 3, answers: 5 });
  });

  it("are null with the reason where no assistant was asked to search", () => {
    const ids = [
      "ghost-citation-rate",
      "uncited-mention-rate",
      "citing-answers-rate",
      "citation-share",
      "source-impression",
    ] as const;
    for (const id of ids) {
      expect(measure(id, told({ searched: false, named: ["acme"] }))).toMatchObject({ value: null, note: "no_search" });
      expect(measure(id, [])).toMatchObject({ value: null, note: "nothing" });
    }
  });
});

describe("tones", () => {
  const tone = (one: Told["tones"]): Told => ({ named: ["acme"], ...(one && { tones: one }) });

  it("are those of judged answers that name the brand; mixed is neither good nor bad", () => {
    const all = [
      tone({ acme: "negative" }),
      tone({ acme: "negative" }),
      tone({ acme: "positive" }),
      tone({ acme: "mixed" }),
      tone({ globex: "negative" }),
      tone(undefined),
      { tones: { acme: "negative" } } as const,
    ];
    expect(measure("negative-rate", told(...all))).toMatchObject({ value: 0.5, hits: 2, answers: 4 });
    expect(measure("net-tone", told(...all))).toMatchObject({ value: -0.25, hits: 1, answers: 4 });
  });

  it("that nobody judged are unjudged, not neutral", () => {
    for (const id of ["negative-rate", "net-tone"] as const) {
      expect(measure(id, told(tone(undefined)))).toMatchObject({ value: null, note: "unjudged" });
      expect(measure(id, told({}))).toMatchObject({ value: null, note: "nothing" });
    }
  });
});

describe("words", () => {
  it("of an early sentence weigh more, and those of a sentence with two brands count for both", () => {
    const one: Told = {
      named: ["acme", "globex"],
      sentences: [
        [10, ["acme"]],
        [10, []],
        [10, ["globex", "acme"]],
      ],
    };
    const late = 10 / Math.E;
    expect(value("prominence-in-words", one)).toBeCloseTo((10 + late) / (10 + 2 * late), 12);
    expect(value("share-of-voice-by-words", one)).toBeCloseTo(20 / 30, 12);
  });

  it("behind a source are those of the sentences that cite it, divided among all they cite", () => {
    const one: Told = {
      sentences: [
        [8, [], ["x.se", "y.se"]],
        [10, [], ["y.se", "y.se"]],
      ],
    };
    expect(value("source-impression", one)).toBeCloseTo(4 / (8 + 10 / Math.E), 12);
    expect(value("source-impression", { sentences: [[8, [], ["y.se"]]] })).toBeCloseTo(0, 12);
    expect(value("source-impression", { sentences: [[8, []]] })).toBeNull();
  });
});

describe("consistency", () => {
  it("of lists weighs first places most, and a list of nobody is like no other", () => {
    expect(rankBiasedOverlap(["a", "b", "c"], ["a", "c", "b"])!).toBeGreaterThan(
      rankBiasedOverlap(["a", "b", "c"], ["b", "a", "c"])!,
    );
    expect(rankBiasedOverlap([], ["a"])).toBe(0);
    expect(rankBiasedOverlap([], [])).toBeNull();
    expect(jaccard(["a", "b"], ["b", "c"])).toBeCloseTo(1 / 3, 12);
    expect(jaccard([], [])).toBeNull();
  });

  it("of one assistant is over its own answers to one question, that of several over those of different ones", () => {
    const all: Told[] = [
      { assistant: "a", named: ["acme"] },
      { assistant: "a", named: ["acme"] },
      { assistant: "a", named: ["globex"] },
      { assistant: "b", named: ["globex"] },
      { assistant: "b", named: ["globex"], prompt: "q" },
    ];
    // pairs of a: alike, unlike, unlike
    expect(measure("self-overlap", told(...all))).toMatchObject({ value: about(1 / 3), answers: 3, prompts: 1 });
    // b with each of a: unlike, unlike, alike
    expect(measure("cross-overlap", told(...all))).toMatchObject({ value: about(1 / 3), answers: 4, prompts: 1 });
  });

  it("leaves answers without a ranking out of the likeness of rankings", () => {
    const all: Told[] = [{ ranking: ["acme"] }, { named: ["acme"] }, { ranking: ["acme"] }, { ranking: ["-"] }];
    expect(measure("self-consistency", told(...all))).toMatchObject({ value: about(1 / 3), answers: 3 });
  });

  it("of several assistants is no more than their own noise allows, and not known where one was asked once", () => {
    const [x, y, z] = [["acme"], ["globex"], ["initech"]];
    const asked = (prompt: string, a: (string[] | undefined)[], b: (string[] | undefined)[]): Told[] => [
      ...a.map((ranking) => ({ prompt, assistant: "a", ...(ranking && { ranking }) })),
      ...b.map((ranking) => ({ prompt, assistant: "b", ...(ranking && { ranking }) })),
    ];
    // a and b waver alike: across 1/2, each by itself 1/3, which would be 3/2
    expect(value("corrected-consistency", ...asked("p", [x, x, y, y], [x, x, y, y]))).toBe(1);
    // p: across 1/2, a by itself 1, b 1/3; q: across 1/6, a and b 1/3: their means and not their ratios are taken
    const two = [...asked("p", [x, x], [x, x, y, y]), ...asked("q", [x, x, y, y], [x, z, z])];
    expect(value("corrected-consistency", ...two)).toBeCloseTo((1 / 2 + 1 / 6) / Math.sqrt((4 / 3) * (2 / 3)), 9);
    const one = [asked("p", [x, x], [x]), asked("p", [x, x], [x, undefined]), asked("p", [x, y], [x, x])];
    for (const answers of one) expect(value("corrected-consistency", ...answers)).toBeNull();
  });

  it("that is corrected has the jackknife's interval from five prompts on, and no certainty where all agree", () => {
    const [x, y] = [["acme"], ["globex"]];
    const panel = (across: number[]) =>
      across.flatMap((same, i): Told[] => {
        const prompt = `p${i}`;
        return [x, x, same ? x : y, same ? x : y].map((ranking, j) => ({
          prompt,
          assistant: j < 2 ? "a" : "b",
          ranking,
        }));
      });
    // selves are 1, so it is a mean of zeros and ones, whose jackknife is the usual standard error
    const [mean, error, t] = [0.6, Math.sqrt(0.24 / 9), 2.2621571627];
    expect(measure("corrected-consistency", told(...panel([1, 1, 1, 0, 0, 1, 1, 1, 0, 0])))).toMatchObject({
      value: about(mean),
      low: expect.closeTo(mean - t * error, 8) as number,
      high: expect.closeTo(mean + t * error, 8) as number,
      prompts: 10,
      answers: 40,
      note: null,
    });
    const agreed = measure("corrected-consistency", told(...panel([1, 1, 1, 1, 1])));
    expect(agreed).toMatchObject({ value: 1, high: 1 });
    expect(agreed.low!).toBeLessThan(0.6);
    expect(measure("corrected-consistency", told(...panel([1, 0, 1, 1])))).toMatchObject({
      low: null,
      note: "too_few_prompts",
    });
  });

  it("of a touchpoint is agreement on naming: 2vw by v + w over pairs of assistants", () => {
    const all: Told[] = [
      { assistant: "a", named: ["acme"] },
      { assistant: "b", named: ["acme"] },
      { assistant: "b", named: [] },
      { assistant: "c", named: [] },
    ];
    // v: 1, .5, 0: pairs 2 x .5 + 0 + 0 by 1.5 + 1 + .5
    expect(measure("touchpoint-consistency", told(...all))).toMatchObject({ value: about(1 / 3), hits: 2, answers: 4 });
    expect(value("touchpoint-consistency", { assistant: "a" }, { assistant: "b" })).toBeNull();
    expect(value("touchpoint-consistency", { named: ["acme"] })).toBeNull();
  });
});

describe("what reads no findings", () => {
  it("is the surface rate: answers of all that could have been shown", () => {
    const metric = allMetrics.find(({ id }) => id === "surface-rate")!;
    if (metric.reads !== "outcomes") throw new Error("the surface rate reads outcomes");
    const prompts = [1, 2, 3, 4, 5].map((answered) => ({ answered, noSurface: 5 - answered }));
    expect(metric.measure(prompts)).toMatchObject({ value: about(0.6), hits: 15, answers: 25, note: null });
    expect(metric.measure([{ answered: 0, noSurface: 0 }])).toMatchObject({ value: null, note: "nothing" });
  });

  it("is the change: prompts of both periods only, with how many of them moved", () => {
    const metric = allMetrics.find(({ id }) => id === "change")!;
    if (metric.reads !== "pairs") throw new Error("the change reads pairs");
    const of = (before: number, after: number) => ({
      before: { hits: before, answers: 10 },
      after: { hits: after, answers: 10 },
    });
    const pairs = [of(2, 4), of(5, 5), of(0, 4), of(9, 9), of(3, 4)];
    const gone = { before: { hits: 10, answers: 10 }, after: { hits: 0, answers: 0 } };
    const change = metric.measure([...pairs, gone]);
    expect(change).toMatchObject({ value: about(0.14), hits: 3, prompts: 5, answers: 100, note: null });
    expect(change.low).toBeLessThan(0);
    expect(metric.measure(pairs.slice(0, 4))).toMatchObject({ low: null, note: "too_few_prompts" });
    expect(metric.measure(pairs.slice(0, 1))).toMatchObject({ value: about(0.2), low: null, note: "too_few_prompts" });
    expect(metric.measure([gone])).toMatchObject({ value: null, note: "nothing" });
  });
});
