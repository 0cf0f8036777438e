/** What every metric has, and what must hold for any answers. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allMetrics, findingsMetrics, metrics } from "../../src/metrics/index.ts";
import { definitionsPage } from "../../src/metrics/making/definitions.ts";
import { anyAnswer, anyAnswers, brands, find, measure, type Id } from "./answers.ts";

const ofAnswers = allMetrics
  .filter((metric) => metric.reads === "findings" || metric.reads === "counts")
  .map(({ id }) => id);

describe("what is known of every metric", () => {
  it("is said in both languages, once", () => {
    for (const metric of allMetrics) {
      for (const words of [metric.title, metric.definition, metric.denominator]) {
        expect(words.en.trim()).not.toBe("");
        expect(words.sv.trim()).not.toBe("");
        expect(words.en).not.toBe(words.sv);
      }
      expect(metric.source).toMatch(/^measures\.md \d/);
    }
    for (const language of ["en", "sv"] as const)
      expect(new Set(allMetrics.map(({ title }) => title[language])).size).toBe(allMetrics.length);
    expect(new Set(allMetrics.map(({ id }) => id)).size).toBe(allMetrics.length);
    expect(metrics.every((metric) => (allMetrics as readonly unknown[]).includes(metric))).toBe(true);
  });

  it("makes a page of definitions with every metric, its denominator and its formula", () => {
    for (const language of ["en", "sv"] as const) {
      const page = definitionsPage(allMetrics, metrics, language);
      for (const metric of allMetrics) {
        expect(page).toContain(`\n## ${metric.title[language]}\n\n${metric.definition[language]}.`);
        expect(page).toContain(`: ${metric.denominator[language]}\n`);
      }
      expect(page.match(/^## /gm)).toHaveLength(allMetrics.length);
    }
    const page = definitionsPage(allMetrics, metrics, "sv");
    expect(page).toContain("- Visas bara bredvid: Synlighet\n- Formel: measures.md 2, 3.5\n");
    expect(page.match(/Läses ur svaren ett för ett, på begäran\./g)).toHaveLength(allMetrics.length - metrics.length);
  });
});

describe("any answers", () => {
  it.each(ofAnswers)("give a %s inside its interval and its unit, with its answers, or null", (id) => {
    const { unit } = find(id);
    const [least, most] = { share: [0, 1], balance: [-1, 1], difference: [-1, 1], place: [1, 11] }[unit];
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const made = measure(id, answers);
        if (made.value === null) {
          expect(made).toMatchObject({ low: null, high: null, answers: 0, prompts: 0 });
          return;
        }
        expect(made.answers > 0 && made.answers <= answers.length).toBe(true);
        const [low, high] = made.low === null ? [made.value, made.value] : [made.low, made.high!];
        const tooFew = made.note === "too_few_prompts";
        expect([made.low === null, made.high === null]).toEqual([tooFew, tooFew]);
        const ordered = [least!, low, made.value, high, id === "average-rank" ? Infinity : most!];
        for (const [i, one] of ordered.slice(1).entries()) expect(one).toBeGreaterThanOrEqual(ordered[i]! - 1e-9);
      }),
      { numRuns: 30 },
    );
  });

  it.each(ofAnswers)("give the same %s in whatever order they come", (id) => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const [one, other] = [measure(id, answers), measure(id, [...answers].reverse())];
        for (const name of ["value", "low", "high", "hits", "answers"] as const)
          if (one[name] === null) expect(other[name]).toBeNull();
          else expect(other[name]).toBeCloseTo(one[name], 7);
      }),
      { numRuns: 20 },
    );
  });

  it("are read without their sentences by metrics that do not ask for them", () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const bare = answers.map((one) => ({ ...one, sentences: [] }));
        for (const { id, sentences } of findingsMetrics)
          if (!sentences) expect(measure(id, bare)).toEqual(measure(id, answers));
      }),
      { numRuns: 20 },
    );
  });

  it("share out all of what is shared", () => {
    const ids: Id[] = ["share-of-voice-by-rank", "share-of-voice-by-words", "citation-share", "prominence-in-words"];
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        for (const id of ids) {
          const shares = brands.map((brand) => measure(id, answers, brand).value);
          if (shares[0] !== null) expect(shares.reduce((sum: number, one) => sum + one!, 0)).toBeCloseTo(1, 9);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("have one winner in every meeting of two brands", () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const [own, rival] = [measure("head-to-head", answers), measure("head-to-head", answers, "globex")];
        if (own.value !== null) expect(own.value + rival.value!).toBeCloseTo(1, 9);
      }),
      { numRuns: 30 },
    );
  });

  it("that are repeated word for word make an assistant wholly consistent", () => {
    fc.assert(
      fc.property(anyAnswer, (one) => {
        for (const id of ["self-consistency", "self-overlap"] as const) {
          const { value } = measure(id, [one, one, one]);
          if (value !== null) expect(value).toBeCloseTo(1, 9);
        }
      }),
    );
  });
});
