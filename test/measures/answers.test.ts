/** Metrics of whole answers, with numbers worked out by hand. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Citation, Mention, Project } from "../../src/domain.ts";
import type { MeasureQuery } from "../../src/measures/measures.ts";
import { applied, countDays, keepAnswers, type Wanted } from "../support/answers.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { prompt } from "../support/definition.ts";
import { idsOf, measures as measuresOf, monday, wanted } from "./asked.ts";

const names = ["Acme", "Bolt", "Cord"];
const about = (number: number) => expect.closeTo(number, 9) as number;

/** An answer with every name in its text as a mention, and citations that each support a part of it. */
function written(text: string, cited: [supports: string, domain: string, marker?: string][] = []): Partial<Wanted> {
  const mentions = [...text.matchAll(/Acme|Bolt|Cord/g)].map(({ index, 0: name }): Mention => ({
    ...{ brand: name, start: index, end: index + name.length, text: name, form: name },
    ...{ via: "name", certainty: "certain" },
  }));
  const citations = cited.map(([supports, domain, marker]): Citation => {
    const [start, own] = [text.indexOf(supports), text.indexOf(marker ?? supports)];
    const url = `https://${domain}/`;
    return {
      ...{ url, canonicalUrl: url, host: domain, domain, owner: "other", kind: "inline" },
      ...{ start: own, end: own + (marker ?? supports).length },
      supports: { start, end: start + supports.length },
    };
  });
  return { text, findings: { mentions, citations } };
}

describe.each(databases)("metrics of whole answers on %s", (_, open) => {
  let fresh: FreshStore;
  let project: Project;
  beforeEach(async () => {
    fresh = await open();
    project = await applied(fresh.store, wanted);
  });
  afterEach(() => fresh.remove());

  const keep = async (answers: Wanted[], day = monday) => {
    await keepAnswers(fresh.store, project, Date.parse(`${day}T11:00:00Z`), answers);
    await countDays(fresh.store, project, day);
  };
  const measures = (metric: string, query: Partial<MeasureQuery> = {}) =>
    measuresOf(fresh.store, project, metric, query);
  const values = async (metric: string, query: Partial<MeasureQuery> = {}) =>
    Object.fromEntries(Object.entries(await measures(metric, query)).map(([name, { value }]) => [name, value]));

  const best = { prompt: "best", assistant: "one" };

  describe("made of words", () => {
    it("take sentences with their names: the brand's words, early ones weighing more", async () => {
      // 4, 3 and 5 words; the decay over three sentences is 1, e^-0.5, e^-1
      await keep([{ ...best, ...written("Acme is very good. It is cheap.\n- Bolt and Acme are slow") }]);
      const [early, late] = [4, 5 / Math.E];
      expect(await values("prominence-in-words")).toEqual({
        Acme: about((early + late) / (early + 2 * late)),
        Bolt: about(late / (early + 2 * late)),
        Cord: 0,
      });
      expect(await measures("share-of-voice-by-words")).toMatchObject({
        Acme: { value: about(9 / 14), answers: 1 },
        Bolt: { value: about(5 / 14) },
        Cord: { value: 0 },
      });
    });

    it("leave preamble and markers out, and give a marker after the full stop to the sentence before", async () => {
      const text = "Acme is safe ([x.example](https://x.example/a)). Bolt is quick and small. [2]\n1. See Cord【3†y】";
      await keep([
        {
          ...best,
          ...written(text, [
            ["Acme is safe ([x.example](https://x.example/a)).", "x.example", "[x.example](https://x.example/a)"],
            ["Bolt is quick and small.", "y.example", "[2]"],
            ["Bolt is quick and small.", "z.example", "[2]"],
          ]),
        },
      ]);
      // 3, 5 and 2 words
      expect(await values("share-of-voice-by-words")).toEqual({ Acme: 0.3, Bolt: 0.5, Cord: 0.2 });
      const [x, half] = [3, (5 * Math.exp(-1 / 2)) / 2];
      expect(await values("source-impression")).toEqual({
        "x.example": about(x / (x + 2 * half)),
        "y.example": about(half / (x + 2 * half)),
        "z.example": about(half / (x + 2 * half)),
      });
    });

    it("give a source every sentence that its citation spans, and no list of sources", async () => {
      const text = "Acme is good. It lasts. Bolt is not.\n\nSources:\n- [A long title](https://y.example/)";
      const cited = written(text, [["Acme is good. It lasts.", "x.example"]]);
      const [listed] = written(text, [["[A long title](https://y.example/)", "y.example"]]).findings!.citations!;
      delete listed!.supports;
      cited.findings!.citations!.push(listed!);
      await keep([{ ...best, ...cited }]);
      expect(await values("source-impression")).toEqual({ "x.example": 1, "y.example": 0 });
    });

    it("count words where nothing stands between them", async () => {
      project = await applied(fresh.store, { ...wanted, prompts: [prompt("best", "どれ？", { language: "ja" })] });
      await keep([{ ...best, ...written("Acmeは良い。Boltは安くて小さい。") }]);
      const { Acme, Bolt } = await values("share-of-voice-by-words");
      expect(Acme!).toBeGreaterThan(0.2);
      expect(Bolt!).toBeGreaterThan(Acme!);
    });
  });

  describe("made of places", () => {
    beforeEach(() =>
      keep([
        { ...best, named: names, ranked: ["Bolt", "Acme", null, "Cord"] },
        { ...best, named: ["Acme"], ranked: ["Acme"] },
        { ...best, named: ["Bolt", "Acme"] },
        { prompt: "cheap", assistant: "one", named: ["Cord"] },
      ]),
    );

    it("take whole rankings, and absence as place 11 or not at all", async () => {
      // best: (2 + 1 + 11) / 3, cheap: 11
      expect((await measures("restricted-mean-rank"))["Acme"]).toMatchObject({
        value: about((14 / 3 + 11) / 2),
        answers: 4,
        prompts: 2,
        hits: 2,
      });
      expect(await values("average-rank")).toEqual({ Acme: 1.5, Bolt: 1, Cord: 4 });
    });

    it("compare the own brand with each rival", async () => {
      // against Bolt: lost, won, neither; against Cord: won, won, won, and lost where only Cord is named
      expect(await measures("head-to-head")).toMatchObject({
        "Acme Bolt": { value: 0.5, hits: 1.5, answers: 3, prompts: 1 },
        "Acme Cord": { value: 0.5, hits: 3, answers: 4, prompts: 2 },
      });
      const ids = await idsOf(fresh.store, project, "Cord");
      expect(Object.keys(await measures("head-to-head", { brands: ids }))).toEqual(["Acme Cord"]);
      expect(Object.keys(await measures("average-rank", { brands: ids }))).toEqual(["Cord"]);
    });
  });

  it("say how alike answers are, of one assistant and of several", async () => {
    await keep([
      { ...best, named: ["Acme", "Bolt"], ranked: ["Acme", "Bolt"] },
      { ...best, named: ["Acme"], ranked: ["Acme"] },
      { ...best, assistant: "two", named: ["Cord"], ranked: ["Cord"] },
      { ...best, assistant: "two", named: ["Cord"], ranked: ["Cord"] },
    ]);
    // one: {A, B} and {A} share half, two: all; between them nothing
    expect((await measures("self-overlap"))[""]).toMatchObject({ value: about(0.75), answers: 4, prompts: 1 });
    expect(await values("cross-overlap")).toEqual({ "": 0 });
    // extrapolated overlap of [A, B] and [A], p = 0.8, is (0.2 / 0.8)(0.8 + 0.32 + 0.32) + 0.64 = 1
    expect(await values("self-consistency")).toEqual({ "": about(1) });
    expect(await values("cross-consistency")).toEqual({ "": 0 });
    expect(await values("self-overlap", { groupBy: ["assistant"] })).toEqual({ one: about(0.5), two: 1 });
    // v: 1 and 0
    expect(await values("touchpoint-consistency")).toEqual({ Acme: 0, Bolt: 0, Cord: 0 });
  });

  it("say of a touchpoint how often assistants agree", async () => {
    const named = ["Acme"];
    await keep([
      { ...best, named },
      { ...best, assistant: "two", named },
      { ...best, assistant: "two" },
    ]);
    // 2 x 1 x 0.5 by 1.5
    expect((await measures("touchpoint-consistency"))["Acme"]).toMatchObject({ value: about(2 / 3), answers: 3 });
  });

  it("say how often a surface shows an answer at all, of all replies that could", async () => {
    const shown = { ...best, assistant: "overview" };
    await keep([
      shown,
      { ...shown, outcome: "no_search" },
      { ...shown, outcome: "no_surface" },
      { ...shown, outcome: "failed" },
      { ...shown, prompt: "cheap", outcome: "no_surface" },
      { ...shown, prompt: "early", assistant: "local", outcome: "failed" },
    ]);
    expect(await measures("surface-rate")).toMatchObject({
      "": { value: about(1 / 3), hits: 2, answers: 4, prompts: 2 },
    });
    expect(await values("surface-rate", { groupBy: ["prompt"] })).toEqual({ best: about(2 / 3), cheap: 0 });
    expect(await values("surface-rate", { filter: { surface: ["api"] } })).toEqual({});
    expect(await values("surface-rate", { bucket: "week" })).toEqual({ [`${monday}`]: about(1 / 3) });
  });
});
