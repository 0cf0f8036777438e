/** Intervals and quantiles: against closed forms and numbers worked out by hand. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { promptRate, shareOfVoice, tQuantile, wilson } from "../../src/metrics/statistics.ts";

const expit = (x: number): number => 1 / (1 + Math.exp(-x));
const logit = (p: number): number => Math.log(p / (1 - p));
const times = <T>(count: number, row: T): T[] => Array.from({ length: count }, () => row);
const about = (value: number) => expect.closeTo(value, 12) as number; // stands where a number stands
const prompt = (hits: number, answers: number) => ({ hits, answers });

describe("the quantile of Student's t", () => {
  it.each([0.6, 0.9, 0.975, 0.995, 0.9995])("at %d is that of the closed forms for 1, 2 and 4 degrees", (p) => {
    const alpha = 4 * p * (1 - p);
    const four = 2 * Math.sqrt(Math.cos(Math.acos(Math.sqrt(alpha)) / 3) / Math.sqrt(alpha) - 1);
    expect(tQuantile(p, 1) / Math.tan(Math.PI * (p - 0.5))).toBeCloseTo(1, 9);
    expect(tQuantile(p, 2) / ((2 * p - 1) * Math.sqrt(2 / alpha))).toBeCloseTo(1, 9);
    expect(tQuantile(p, 4) / four).toBeCloseTo(1, 9);
  });

  it("comes down to that of the normal distribution", () => {
    expect(tQuantile(0.975, Infinity)).toBeCloseTo(1.959963984540054, 12);
    expect(tQuantile(0.995, Infinity)).toBeCloseTo(2.5758293035489, 12);
    const falling = [1, 2, 5, 10, 40, 1000, Infinity].map((degrees) => tQuantile(0.975, degrees));
    expect(falling).toEqual([...falling].sort((a, b) => b - a));
  });

  it("is the same on the other side with the other sign, and nothing in the middle", () => {
    expect(tQuantile(0.025, 7)).toBeCloseTo(-tQuantile(0.975, 7), 9);
    expect(tQuantile(0.5, 7)).toBeCloseTo(0, 9);
  });

  it("gives the same when it is asked again", () => {
    expect(tQuantile(0.9, 33)).toBe(tQuantile(0.9, 33));
  });
});

describe("Wilson's interval", () => {
  const z = 1.959963984540054;

  it("of nothing in ten goes from nothing to z² / (10 + z²)", () => {
    const [low, high] = wilson(0, 10, z);
    expect(low).toBe(0);
    expect(high).toBeCloseTo((z * z) / (10 + z * z), 12);
    expect(wilson(1, 10, z)[0]).toBeCloseTo(10 / (10 + z * z), 12);
    expect(wilson(1, 10, z)[1]).toBeCloseTo(1, 12);
  });

  it("of a half is z / 2√(n + z²) to both sides", () => {
    const half = z / (2 * Math.sqrt(10 + z * z));
    const [low, high] = wilson(0.5, 10, z);
    expect([low, high]).toEqual([expect.closeTo(0.5 - half, 12), expect.closeTo(0.5 + half, 12)]);
  });
});

describe("the rate over prompts", () => {
  const t = (degrees: number) => tQuantile(0.975, degrees);

  it("is nothing without answers", () => {
    expect(promptRate([])).toBeNull();
    expect(promptRate([prompt(0, 0), prompt(0, 0)])).toBeNull();
    expect(promptRate([{ hits: 3, answers: 6, weight: 0 }])).toBeNull();
  });

  it("is the mean of the prompts' rates, however many answers each has", () => {
    // 1/1, 0/5, 3/12, 2/2, 0/1: (1 + 0 + 0.25 + 1 + 0) / 5
    const rate = promptRate([prompt(1, 1), prompt(0, 5), prompt(3, 12), prompt(2, 2), prompt(0, 1)]);
    expect(rate).toMatchObject({ value: 0.45, prompts: 5, answers: 21 });
  });

  it("takes only the number of prompts where all answers are alike: 0 of 720 on 40 prompts is 0 to 9 %", () => {
    const rate = promptRate(times(40, prompt(0, 18)))!;
    expect(rate).toMatchObject({ value: 0, low: about(0), prompts: 40, answers: 720 });
    expect(rate.high).toBeCloseTo(t(39) ** 2 / (40 + t(39) ** 2), 12);
    expect(rate.high).toBeCloseTo(0.0928, 4);
    const all = promptRate(times(40, prompt(18, 18)))!;
    expect([all.low, all.high]).toEqual([expect.closeTo(1 - rate.high, 12), expect.closeTo(1, 12)]);
  });

  it("is never surer than independent answers would make it: eight prompts of 3 in 6", () => {
    // no prompt differs from another; p(1-p)/48 is left, and the logit of a half is 0
    const spread = (t(7) * Math.sqrt(0.25 / 48)) / 0.25;
    const rate = promptRate(times(8, prompt(3, 6)))!;
    expect(rate.low).toBeCloseTo(expit(-spread), 12);
    expect(rate.high).toBeCloseTo(expit(spread), 12);
    expect(rate.high).toBeCloseTo(0.66432, 5);
  });

  it("is as unsure as the prompts differ: five of ten always, five never", () => {
    // V = 10/9 x sum of 10 x 0.01 x 0.25 = 1/36, so the standard error is a sixth
    const rate = promptRate([...times(5, prompt(6, 6)), ...times(5, prompt(0, 6))])!;
    expect(rate.low).toBeCloseTo(expit((-t(9) * (1 / 6)) / 0.25), 12);
    expect(rate.high).toBeCloseTo(expit((t(9) * (1 / 6)) / 0.25), 12);
    expect([rate.low, rate.high]).toEqual([expect.closeTo(0.1812, 4), expect.closeTo(0.8188, 4)]);
  });

  it("gets no surer by asking the same prompts more often when they differ", () => {
    const width = (repeats: number) => {
      const rate = promptRate([...times(10, prompt(repeats, repeats)), ...times(10, prompt(0, repeats))])!;
      return rate.high - rate.low;
    };
    expect(width(100)).toBeCloseTo(width(1), 12);
  });

  it("reaches as far as Wilson on prompts where fewer than five prompts hit, or miss", () => {
    const [low, high] = wilson(4 / 40, 40, t(39));
    const rare = promptRate([...times(4, prompt(6, 6)), ...times(36, prompt(0, 6))])!;
    expect(rare.low).toBeLessThanOrEqual(low);
    expect(rare.high).toBeGreaterThanOrEqual(high);
    // five hits need no help: the bare logit interval, V = 40/39 x (5 x 0.875² + 35 x 0.125²) / 1600
    const p = 0.125;
    const variance = ((40 / 39) * (5 * 0.875 ** 2 + 35 * 0.125 ** 2)) / 1600;
    const spread = (t(39) * Math.sqrt(variance)) / (p * (1 - p));
    const bare = promptRate([...times(5, prompt(6, 6)), ...times(35, prompt(0, 6))])!;
    expect([bare.low, bare.high]).toEqual([
      expect.closeTo(expit(logit(p) - spread), 12),
      expect.closeTo(expit(logit(p) + spread), 12),
    ]);
  });

  it("of one prompt speaks for its answers only", () => {
    const [low, high] = wilson(4 / 9, 9, 1.959963984540054);
    const rate = promptRate([prompt(4, 9)])!;
    expect(rate).toMatchObject({ value: 4 / 9, prompts: 1, answers: 9 });
    expect([rate.low, rate.high]).toEqual([expect.closeTo(low, 12), expect.closeTo(high, 12)]);
  });

  it("follows weights: a prompt of weight two counts as two", () => {
    const weighted = promptRate([
      { hits: 6, answers: 6, weight: 2 },
      { hits: 0, answers: 6 },
    ]);
    expect(weighted!.value).toBeCloseTo(2 / 3, 12);
    expect(weighted!.prompts).toBe(2);
  });

  it("is the unweighted one where all weights are alike", () => {
    fc.assert(
      fc.property(anyPrompts, fc.integer({ min: 1, max: 1000 }), (prompts, weight) => {
        const plain = promptRate(prompts)!;
        const weighted = promptRate(prompts.map((one) => ({ ...one, weight })))!;
        for (const name of ["value", "low", "high"] as const) expect(weighted[name]).toBeCloseTo(plain[name], 9);
      }),
    );
  });

  it("rises when a prompt hits once more", () => {
    fc.assert(
      fc.property(anyPrompts, fc.nat(), (prompts, which) => {
        const chosen = which % prompts.length;
        fc.pre(prompts[chosen]!.hits < prompts[chosen]!.answers);
        const more = prompts.map((one, i) => (i === chosen ? { ...one, hits: one.hits + 1 } : one));
        expect(promptRate(more)!.value).toBeGreaterThan(promptRate(prompts)!.value);
      }),
    );
  });

  const anyPrompts = fc.array(
    fc
      .integer({ min: 1, max: 12 })
      .chain((answers) => fc.record({ hits: fc.nat(answers), answers: fc.constant(answers) })),
    { minLength: 1, maxLength: 50 },
  );

  it("lies inside its interval, and the interval between 0 and 1", () => {
    fc.assert(
      fc.property(anyPrompts, (prompts) => {
        const { value, low, high } = promptRate(prompts)!;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(value + 1e-12);
        expect(value).toBeLessThanOrEqual(high + 1e-12);
        expect(high).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it("of misses is the mirror of that of hits, whatever the order of the prompts", () => {
    fc.assert(
      fc.property(anyPrompts, (prompts) => {
        const hits = promptRate(prompts)!;
        const misses = promptRate(prompts.map(({ hits, answers }) => prompt(answers - hits, answers)).reverse())!;
        expect(misses.value).toBeCloseTo(1 - hits.value, 9);
        expect(misses.low).toBeCloseTo(1 - hits.high, 7);
        expect(misses.high).toBeCloseTo(1 - hits.low, 7);
      }),
    );
  });
});

describe("the share of voice", () => {
  const anyMentions = fc.array(
    fc.nat(30).chain((total) => fc.record({ own: fc.nat(total), total: fc.constant(total) })),
    { minLength: 1, maxLength: 40 },
  );

  it("lies inside its interval, and the interval between 0 and 1, in whatever order the prompts come", () => {
    fc.assert(
      fc.property(anyMentions, (prompts) => {
        const share = shareOfVoice(prompts);
        fc.pre(share !== null);
        expect(share.low).toBeGreaterThanOrEqual(0);
        expect(share.low).toBeLessThanOrEqual(share.value + 1e-12);
        expect(share.value).toBeLessThanOrEqual(share.high + 1e-12);
        expect(share.high).toBeLessThanOrEqual(1 + 1e-12);
        const turned = shareOfVoice([...prompts].reverse())!;
        expect([turned.low, turned.high]).toEqual([expect.closeTo(share.low, 9), expect.closeTo(share.high, 9)]);
      }),
    );
  });

  it("of prompts that all agree does not mistake rounding for knowledge", () => {
    const [low, high] = wilson(1 / 3, 7, tQuantile(0.975, 6));
    const share = shareOfVoice([1, 2, 3, 5, 7, 11, 13].map((own) => ({ own, total: 3 * own })))!;
    expect([share.low, share.high]).toEqual([expect.closeTo(low, 9), expect.closeTo(high, 9)]);
  });

  it("is nothing where nobody is named", () => {
    expect(shareOfVoice([])).toBeNull();
    expect(shareOfVoice(times(4, { own: 0, total: 0 }))).toBeNull();
  });

  it("is the sum of the own by the sum of all, with the error of the ratio", () => {
    // s = 2/8; residuals (2-1)/4 and (0-1)/4; V = (1/16 + 1/16) / 2 = 1/16; t of one degree is 12.706
    const share = shareOfVoice([
      { own: 2, total: 4 },
      { own: 0, total: 4 },
    ])!;
    const spread = (tQuantile(0.975, 1) * 0.25) / (0.25 * 0.75);
    expect(share).toMatchObject({ value: 0.25, prompts: 2 });
    expect(share.low / expit(logit(0.25) - spread)).toBeCloseTo(1, 9);
    expect(share.high).toBeCloseTo(expit(logit(0.25) + spread), 9);
  });

  it("of prompts that all agree is as unsure as so many prompts", () => {
    const share = shareOfVoice(times(4, { own: 1, total: 2 }))!;
    const [low, high] = wilson(0.5, 4, tQuantile(0.975, 3));
    expect([share.low, share.high]).toEqual([expect.closeTo(low, 12), expect.closeTo(high, 12)]);
  });

  it("of a brand nobody names, or alone named, rests on the prompts that name anybody", () => {
    const never = shareOfVoice([...times(3, { own: 0, total: 5 }), { own: 0, total: 0 }])!;
    expect(never).toMatchObject({ value: 0, low: about(0) });
    expect(never.high).toBeCloseTo(wilson(0, 3, tQuantile(0.975, 2))[1], 12);
    expect(shareOfVoice(times(3, { own: 5, total: 5 }))!.low).toBeCloseTo(1 - never.high, 9);
  });
});
