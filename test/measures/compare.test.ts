/** What changed from one period to another: the same questions asked of the same assistants, with numbers by hand. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Measure, Project, ProjectDefinition } from "../../src/domain.ts";
import { measure, type MeasureQuery } from "../../src/measures/measures.ts";
import { promptChange } from "../../src/metrics/statistics.ts";
import { listBrands } from "../../src/store/index.ts";
import { applied, countDays, keepAnswers, type Wanted } from "../support/answers.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { assistant, brand, definition, prompt } from "../support/definition.ts";

const keys = ["a", "b", "c", "d", "e", "f"];
const wanted = definition({
  brands: [brand("Acme", { role: "own" }), brand("Bolt")],
  prompts: keys.map((key) => prompt(key, `Which ${key} is best?`)),
  assistants: [assistant("first"), assistant("second"), assistant("app", { adapter: "import", surface: "ui" })],
});
const [before, after] = ["2026-03-02", "2026-03-09"] as const;
const days = (day: string) => ({ from: day, to: day });

describe.each(databases)("a comparison on %s", (_, open) => {
  let fresh: FreshStore;
  let project: Project;
  beforeEach(async () => {
    fresh = await open();
    project = await applied(fresh.store, wanted);
  });
  afterEach(() => fresh.remove());

  const keep = async (day: string, answers: Wanted[]) => {
    await keepAnswers(fresh.store, project, Date.parse(`${day}T11:00:00Z`), answers);
    await countDays(fresh.store, project, day);
  };
  const apply = async (changed: Partial<ProjectDefinition>) =>
    void (project = await applied(fresh.store, { ...wanted, ...changed }, 1));

  /** Two answers to each prompt, of which so many name Acme; Bolt is always named. */
  const answers = (named: number[], slot = "first"): Wanted[] =>
    named.flatMap((count, i) =>
      [0, 1].map((place) => ({
        prompt: keys[i]!,
        assistant: slot,
        named: place < count ? ["Acme", "Bolt"] : ["Bolt"],
      })),
    );

  const ask = (query: Partial<MeasureQuery> = {}) =>
    measure(fresh.store.read, project, { ...days(after), compareTo: days(before), ...query });
  const changed = async (metric = "visibility", query: Partial<MeasureQuery> = {}): Promise<Measure | undefined> => {
    const acme = (await listBrands(fresh.store.read, project.id)).find(({ key }) => key === "Acme")!;
    return (await ask(query)).rows.find(({ brandId }) => brandId === acme.id)?.changes?.[metric];
  };

  it("is the mean difference of the same prompts, with the paired interval", async () => {
    await keep(before, answers([0, 0, 1, 1, 2, 2]));
    await keep(after, answers([1, 0, 2, 1, 2, 2]));
    const paired = promptChange(
      [
        [0, 0.5],
        [0, 0],
        [0.5, 1],
        [0.5, 0.5],
        [1, 1],
        [1, 1],
      ].map(([was, is]) => ({ before: was!, after: is! })),
    )!;
    expect(paired.value).toBeCloseTo(1 / 6, 12);
    expect(await changed()).toEqual({
      value: expect.closeTo(1 / 6, 12) as number,
      low: expect.closeTo(paired.low, 12) as number,
      high: expect.closeTo(paired.high, 12) as number,
      hits: 2,
      answers: 24,
      prompts: 6,
      note: null,
    });
  });

  it("of a share of voice is the difference of the shares", async () => {
    await keep(before, answers([0, 0, 1, 1, 2, 2])); // 6 of 18 mentions
    await keep(after, answers([1, 1, 2, 1, 2, 2])); // 9 of 21
    const measured = (await changed("share-of-voice"))!;
    expect(measured.value).toBeCloseTo(9 / 21 - 6 / 18, 12);
    expect(measured.low).toBeLessThan(measured.value!);
    expect(measured).toMatchObject({ prompts: 6, answers: 24, hits: 3 });
  });

  it("leaves out questions that were asked in one period only, or reworded in between", async () => {
    await keep(before, answers([0, 0, 0, 0, 0]));
    await apply({
      prompts: wanted.prompts.map((one) => (one.key === "a" ? { ...one, text: "Which a is cheap?" } : one)),
    });
    await keep(after, answers([2, 0, 0, 0, 0, 2]));
    expect(await changed()).toMatchObject({ value: 0, prompts: 4, hits: 0, answers: 16, note: "too_few_prompts" });
  });

  it("leaves out assistants that answered in one period only", async () => {
    await keep(before, answers([1, 1, 1, 1, 1, 1]));
    await keep(after, [...answers([1, 1, 1, 1, 1, 1]), ...answers([2, 2, 2, 2, 2, 2], "second")]);
    expect(await changed()).toMatchObject({ value: 0, prompts: 6, hits: 0, answers: 24 });
    expect((await ask()).rows[0]!.measures["visibility"]).toMatchObject({ answers: 24, hits: 18 });
  });

  it("narrows and splits both periods alike", async () => {
    await keep(before, [...answers([2, 2], "first"), ...answers([0, 0], "app")]);
    await keep(after, [...answers([0, 2], "first"), ...answers([2, 2], "app")]);
    expect(await changed("visibility", { filter: { surface: ["api"] } })).toMatchObject({ value: -0.5, hits: 1 });
    expect(await changed("visibility", { filter: { surface: ["ui"] } })).toMatchObject({ value: 1, hits: 2 });
    const { rows } = await ask({ groupBy: ["surface"], metrics: ["visibility"] });
    expect(rows.map(({ split, changes }) => [split.surface, changes!["visibility"]!.value])).toEqual(
      expect.arrayContaining([
        ["api", -0.5],
        ["ui", 1],
      ]),
    );
  });

  it("with a period without answers is null and never zero", async () => {
    await keep(after, answers([1, 1, 1, 1, 1, 1]));
    expect(await changed()).toMatchObject({ value: null, low: null, high: null, note: "nothing" });
  });

  it("comes with what is not the same before and after", async () => {
    await keep(before, answers([1, 1]));
    await apply({
      prompts: wanted.prompts.map((one) => (one.key === "a" ? { ...one, text: "Which a is cheap?" } : one)),
    });
    await keep(after, answers([1, 1]));
    expect((await ask()).breaks).toContainEqual({ kind: "prompt_edited", day: after, prompt: "a" });
  });

  it("is refused where the periods overlap, are no days, or are split into buckets", async () => {
    const problems = (query: Partial<MeasureQuery>) => ask(query).then(String, String);
    expect(await problems({ compareTo: { from: before, to: after } })).toContain(
      `compareTo: it must end before ${after}`,
    );
    expect(await problems({ compareTo: { from: "yesterday", to: before } })).toContain("compareTo: from: write a day");
    expect(await problems({ bucket: "week" })).toContain("compareTo: leave out bucket");
  });
});
