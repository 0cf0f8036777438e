/** Metrics of whole answers through the query door, with numbers worked out by hand. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Citation, Measure, Mention, Project } from "../../src/domain.ts";
import { measure, measureAnswers, type MeasureQuery } from "../../src/measures/measures.ts";
import type { AnswerRow } from "../../src/measures/answers.ts";
import { labelsOf } from "../../src/measures/cells.ts";
import { readAnswers } from "../../src/measures/read-answers.ts";
import { freezeBefore, getProject, listAllAssistants, listBrands, listPrompts } from "../../src/store/index.ts";
import { applied, countDays, keepAnswers, type Wanted } from "../support/answers.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { assistant, brand, definition, prompt } from "../support/definition.ts";

const monday = "2026-03-02";
const names = ["Acme", "Bolt", "Cord"];
const wanted = definition({
  brands: [brand("Acme", { role: "own" }), brand("Bolt"), brand("Cord")],
  prompts: [
    prompt("early", "What is there?", { phase: "awareness" }),
    prompt("best", "Which is best?"),
    prompt("cheap", "Which is cheap?"),
  ],
  assistants: [
    assistant("one"),
    assistant("two"),
    assistant("overview", { adapter: "import", surface: "ui" }),
    assistant("local", { search: false }),
  ],
});
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
  const ask = (query: Partial<MeasureQuery> = {}) =>
    measureAnswers(fresh.store.read, project, { from: monday, to: "2026-03-31", ...query });

  /** Ids to keys. */
  async function keys(): Promise<Map<string, string>> {
    const { read } = fresh.store;
    const [brands, assistants, prompts] = [
      await listBrands(read, project.id),
      await listAllAssistants(read, project.id),
      await listPrompts(read, project.id),
    ];
    return new Map([...brands, ...assistants, ...prompts].map(({ id, key }) => [id, key]));
  }

  /** Measures by what they are of, such as `Acme`, `Acme Bolt` or `x.example`; split and bucket first. */
  async function measures(metric: string, query: Partial<MeasureQuery> = {}): Promise<Record<string, Measure>> {
    const keyOf = await keys();
    const nameOf = ({ split, bucket, brandId, rivalId, source }: AnswerRow) =>
      [bucket, ...Object.values(split), brandId, rivalId, source]
        .flatMap((part) => (part === undefined ? [] : [keyOf.get(part) ?? part]))
        .join(" ");
    const { rows } = await ask({ metrics: [metric], ...query });
    expect(rows.every((row) => row.metric === metric)).toBe(true);
    return Object.fromEntries(rows.map((row) => [nameOf(row), row.measure]));
  }
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
      const ids = [...(await keys())].filter(([, key]) => key === "Cord").map(([id]) => id);
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

  describe("narrowed and split", () => {
    const answers: Wanted[] = [
      { ...best, named: ["Acme"], ranked: ["Acme"], servedModel: "m-1" },
      { ...best, assistant: "overview", named: ["Bolt"], ranked: ["Bolt"], servedModel: null },
      { prompt: "early", assistant: "one", named: ["Acme", "Bolt"], ranked: ["Bolt", "Acme"], servedModel: "m-2" },
    ];
    const [met, lost, won] = ["Acme Bolt", 0, 1];

    it("keep numerator and denominator together", async () => {
      await keep(answers);
      const of = async (filter: NonNullable<MeasureQuery["filter"]>) =>
        (await measures("head-to-head", { filter }))[met];
      expect(await of({})).toMatchObject({ value: 0.25, answers: 3 });
      expect(await of({ surface: ["ui"] })).toMatchObject({ value: lost, answers: 1 });
      expect(await of({ surface: ["api"] })).toMatchObject({ value: 0.5, answers: 2, prompts: 2 });
      expect(await of({ phase: ["awareness"] })).toMatchObject({ value: lost, answers: 1 });
      expect(await of({ servedModel: ["m-1", ""] })).toMatchObject({ value: 0.5, answers: 2, prompts: 1 });
      expect(await of({ topic: ["no such"] })).toBeUndefined();
      const slots = [...(await keys())].filter(([, key]) => key === "one").map(([id]) => id);
      expect(await of({ assistant: slots, phase: ["consideration"] })).toMatchObject({ value: won, answers: 1 });
    });

    it("have one row for each group and week", async () => {
      await keep(answers);
      await keep(answers.slice(2), "2026-03-08");
      await keep(answers.slice(0, 1), "2026-03-09");
      const split = await values("head-to-head", { bucket: "week", groupBy: ["phase"] });
      const some = Object.entries(split).filter(([name]) => name.endsWith(met));
      expect(Object.fromEntries(some)).toEqual({
        [`2026-03-02 consideration ${met}`]: 0.5,
        [`2026-03-02 awareness ${met}`]: lost,
        [`2026-03-09 consideration ${met}`]: won,
      });
      expect((await ask({ bucket: "week" })).breaks).toEqual([]);
    });

    it("take all versions of a prompt for one", async () => {
      await keep(answers.slice(0, 2));
      project = await applied(fresh.store, { ...wanted, prompts: [prompt("best", "Which is the very best?")] });
      await keep(answers.slice(0, 1), "2026-03-03");
      expect((await measures("head-to-head"))[met]).toMatchObject({ value: about(2 / 3), answers: 3, prompts: 1 });
    });
  });

  it("leave out answers that are none, and those that were asked out of turn", async () => {
    const named = ["Acme"];
    await keep([
      { ...best, named },
      { ...best, named, outcome: "empty" },
    ]);
    await keepAnswers(fresh.store, project, Date.parse(monday), [{ ...best, named }], "adhoc");
    expect((await measures("head-to-head"))["Acme Bolt"]).toMatchObject({ answers: 1 });
  });

  it("are computed once until the day is counted again, and anew when a label changes", async () => {
    await keep([{ ...best, named: ["Acme"] }]);
    const query = { metrics: ["head-to-head"], filter: { phase: ["consideration"] } };
    const before = await ask(query);
    expect(await ask(query)).toBe(before);
    await keepAnswers(fresh.store, project, Date.parse(`${monday}T12:00:00Z`), [{ ...best, named: ["Bolt"] }]);
    expect(await ask(query)).toBe(before);
    await countDays(fresh.store, project, monday);
    expect((await ask(query)).rows[0]!.measure).toMatchObject({ value: 0.5, answers: 2 });
    project = await applied(fresh.store, {
      ...wanted,
      prompts: [prompt("best", "Which is best?", { phase: "purchase" })],
    });
    expect((await ask(query)).rows).toEqual([]);
  });

  it("say from which day on answers are kept", async () => {
    await keep([{ ...best, named: ["Acme"] }]);
    await keep([{ ...best, named: ["Bolt"] }], "2026-03-03");
    expect((await ask()).answersFrom).toBe(monday);
    await fresh.store.tx((tx) => freezeBefore(tx, project.id, "2026-03-03"));
    project = await getProject(fresh.store.read, project.id);
    expect((await ask()).answersFrom).toBe("2026-03-03");
    expect((await measures("head-to-head"))["Acme Bolt"]).toMatchObject({ value: 0, answers: 1 });
  });

  it("are refused with what there is, and counts are asked for on their own", async () => {
    await expect(ask({ metrics: ["tone"] })).rejects.toThrow('metric: there is no "tone"; there are share-of-voice-by');
    await expect(ask({ metrics: ["visibility"] })).rejects.toThrow(
      "metric: visibility is not asked for together with these: share-of-voice-by-words, ",
    );
    const counts = { from: monday, to: monday, metrics: ["head-to-head"] };
    await expect(measure(fresh.store.read, project, counts)).rejects.toThrow(
      "metric: head-to-head is not asked for together with these: visibility, ",
    );
    await expect(ask({ from: "soon" })).rejects.toThrow("from: write a day as YYYY-MM-DD");
  });

  it("are refused where more answers would have to be read, or more measures made, than fit", async () => {
    const tags = Array.from({ length: 600 }, (_, i) => `tag-${i}`);
    project = await applied(fresh.store, { ...wanted, prompts: [prompt("best", "Which is best?", { tags })] });
    await keep([best, best, best]);
    await expect(ask({ groupBy: ["tag"] })).rejects.toThrow(/^group: 600 groups with \d+ measures each are too many; /);
    const frame = {
      labels: await labelsOf(fresh.store.read, project.id),
      tracked: new Set<string>(),
      sentences: false,
    };
    const count = async (most: number) => {
      let read = 0;
      const query = { from: monday, to: monday };
      for await (const answer of readAnswers(fresh.store.read, project, query, frame, most)) read += Number(!!answer);
      return read;
    };
    expect(await count(3)).toBe(3);
    await expect(count(2)).rejects.toThrow(
      "from: more than 2 answers from 2026-03-02 to 2026-03-02, and these metrics read each of them; ask for a shorter",
    );
  });
});
