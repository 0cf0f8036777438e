/** What can be asked of metrics of whole answers: narrowed, split, in bounds, and computed once. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Project } from "../../src/domain.ts";
import { labelsOf } from "../../src/measures/cells.ts";
import { measure, type MeasureQuery } from "../../src/measures/measures.ts";
import { readAnswers } from "../../src/measures/read-answers.ts";
import { freezeBefore, getProject } from "../../src/store/index.ts";
import { applied, countDays, keepAnswers, type Wanted } from "../support/answers.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { prompt } from "../support/definition.ts";
import { ask as askOf, idsOf, measures as measuresOf, monday, wanted } from "./asked.ts";

const about = (number: number) => expect.closeTo(number, 9) as number;

describe.each(databases)("asking for metrics of whole answers on %s", (_, open) => {
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
  const ask = (query: Partial<MeasureQuery> = {}) => askOf(fresh.store, project, query);
  const measures = (metric: string, query: Partial<MeasureQuery> = {}) =>
    measuresOf(fresh.store, project, metric, query);
  const values = async (metric: string, query: Partial<MeasureQuery> = {}) =>
    Object.fromEntries(Object.entries(await measures(metric, query)).map(([name, { value }]) => [name, value]));

  const best = { prompt: "best", assistant: "one" };

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
      const slots = await idsOf(fresh.store, project, "one");
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
