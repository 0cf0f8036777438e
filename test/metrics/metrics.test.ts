/** Each metric's numerator and denominator: what is a hit, what counts, and when there is no number at all. */
import { describe, expect, it } from "vitest";
import type { Counts } from "../../src/domain.ts";
import { metrics } from "../../src/metrics/index.ts";
import type { PromptCounts } from "../../src/metrics/metric.ts";
import { noCounts } from "../../src/store/matrix.ts";
import { promptRate, shareOfVoice, tQuantile } from "../../src/metrics/statistics.ts";

const none: PromptCounts = { ...noCounts(), all: noCounts() };
/** Counts of a brand, and how often all brands together have what shares are parts of. */
type Some = Partial<Counts> & { allNamed?: number; allCited?: number; allRanks?: number };
const counts = ({ allNamed = 0, allCited = 0, allRanks = 0, ...own }: Some): PromptCounts => ({
  ...none,
  ...own,
  all: { ...noCounts(), named: allNamed, cited: allCited, reciprocalRanks: allRanks },
});
const times = (count: number, more: Some) => Array.from({ length: count }, () => counts(more));
const about = (value: number) => expect.closeTo(value, 12) as number; // stands where a number stands
const measure = (id: string, prompts: PromptCounts[]) => metrics.find((metric) => metric.id === id)!.measure(prompts);

/** What all brands together have, so that no brand's nothing is nobody's. */
const asked = { answers: 10, ranked: 5, searched: 8, citing: 6, allNamed: 16, allCited: 10, allRanks: 7 };

/** Six prompts with ten answers each, in which every rate is another. */
const full = times(6, {
  ...asked,
  ...{ named: 8, top1: 1, top3: 2, reciprocalRanks: 1.5, cited: 2, ghosts: 1, uncited: 5 },
  ...{ judged: 7, positive: 4, negative: 2 },
});

/** What must be there for a metric to be able to hit. */
const neverHit: Record<string, Some> = {
  "negative-rate": { named: 7, judged: 7 },
  "ghost-citation-rate": { cited: 4 },
  "uncited-mention-rate": { cited: 4 },
};
const rates = metrics.filter(({ unit }) => unit === "share");

describe("every metric", () => {
  it.each(metrics.map((metric) => [metric.id, metric] as const))(
    "%s says in both languages what it is",
    (_, metric) => {
      for (const words of [metric.title, metric.definition, metric.denominator])
        for (const text of [words.en, words.sv]) expect(text.trim()).not.toBe("");
      expect(metric.title.en).not.toBe(metric.definition.en);
      expect(metric.source).toMatch(/measures\.md/);
    },
  );

  it.each(metrics.map(({ id }) => id))("%s is null and never zero when nothing was counted", (id) => {
    for (const prompts of [[], [none], times(9, {})])
      expect(measure(id, prompts)).toEqual({
        value: null,
        low: null,
        high: null,
        answers: 0,
        prompts: 0,
        hits: 0,
        note: "nothing",
      });
  });

  it.each(rates.map(({ id }) => id))("%s is a real zero when it was counted and never hit", (id) => {
    const measured = measure(id, times(6, { ...asked, ...neverHit[id] }));
    expect(measured).toMatchObject({ value: 0, low: about(0), hits: 0, prompts: 6, note: null });
    // t of five degrees, six prompts: the upper end is t² / (6 + t²), however many answers there are
    const t2 = tQuantile(0.975, 5) ** 2;
    expect(measured.high).toBeCloseTo(t2 / (6 + t2), 12);
  });

  it.each(rates.map(({ id }) => id))("%s has no interval below five prompts, and says why", (id) => {
    for (const prompts of [2, 3, 4]) {
      const measured = measure(id, full.slice(0, prompts));
      expect(measured).toMatchObject({ low: null, high: null, prompts, note: "too_few_prompts" });
      expect(measured.value).not.toBeNull();
    }
    expect(measure(id, full.slice(0, 5))).toMatchObject({ prompts: 5, note: null });
    expect(measure(id, full.slice(0, 1))).toMatchObject({ prompts: 1, note: "one_prompt" });
    expect(measure(id, full.slice(0, 1)).high).not.toBeNull();
  });
});

describe("visibility", () => {
  it("is answers that name the brand of all valid answers", () => {
    expect(measure("visibility", full)).toMatchObject({
      value: about(0.8),
      hits: 48,
      answers: 60,
      prompts: 6,
    });
  });

  it("has the canonical interval over prompts", () => {
    const prompts = [1, 0, 6, 2, 5, 3].map((named) => counts({ answers: 6, named }));
    const { low, high } = promptRate(prompts.map(({ named, answers }) => ({ hits: named, answers })))!;
    expect(measure("visibility", prompts)).toMatchObject({ low, high });
  });

  it("leaves prompts without a valid answer out instead of counting them as misses", () => {
    expect(measure("visibility", [...full, none, none])).toEqual(measure("visibility", full));
  });
});

describe("the top-3 rate", () => {
  it("is answers with the brand in place one to three of those that contain a ranking", () => {
    expect(measure("top3-rate", full)).toMatchObject({
      value: about(0.4),
      hits: 12,
      answers: 30,
      prompts: 6,
    });
  });

  it("does not look at prompts whose answers rank nobody", () => {
    const unranked = times(4, { answers: 10, named: 10 });
    expect(measure("top3-rate", [...full, ...unranked])).toEqual(measure("top3-rate", full));
    expect(measure("top3-rate", unranked)).toMatchObject({ value: null, note: "nothing" });
  });
});

describe("the citation rate", () => {
  it("is answers that cite the brand's own pages of those of assistants that were asked to search", () => {
    expect(measure("citation-rate", full)).toMatchObject({
      value: about(0.25),
      hits: 12,
      answers: 48,
      prompts: 6,
    });
  });

  it("is null with the reason for an assistant that cannot search", () => {
    expect(measure("citation-rate", times(6, { answers: 10, named: 8 }))).toMatchObject({
      value: null,
      low: null,
      high: null,
      note: "no_search",
    });
  });
});

describe("the share of voice", () => {
  it("is the brand's mentions of all mentions of tracked brands", () => {
    expect(measure("share-of-voice", full)).toMatchObject({ value: about(0.5), hits: 48, prompts: 6 });
  });

  it("weighs prompts by how much is named in them, and has the interval of the ratio", () => {
    const rows = [
      [1, 4],
      [3, 5],
      [0, 9],
      [2, 2],
      [1, 6],
    ] as const;
    const prompts = rows.map(([named, allNamed]) => counts({ answers: 10, named, allNamed }));
    const { low, high } = shareOfVoice(rows.map(([own, total]) => ({ own, total })))!;
    const measured = measure("share-of-voice", prompts);
    expect(measured.value).toBeCloseTo(7 / 26, 12);
    expect(measured).toMatchObject({ low, high, note: null });
  });

  it("of all brands together is one", () => {
    const named = [5, 3, 2];
    const shares = named.map(
      (one) => measure("share-of-voice", times(6, { answers: 10, named: one, allNamed: 10 })).value!,
    );
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it("is null where answers name none of the tracked brands", () => {
    expect(measure("share-of-voice", times(6, { answers: 10 }))).toMatchObject({ value: null, note: "nothing" });
  });
});
