/** What can be asked of the query door: narrowed, split, in buckets, and the breaks of a series. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Project, ProjectDefinition } from "../../src/domain.ts";
import { dimensions } from "../../src/measures/dimensions.ts";
import { measure, type MeasureQuery } from "../../src/measures/measures.ts";
import { bucketOf } from "../../src/measures/query.ts";
import { listAllAssistants, listBrands } from "../../src/store/index.ts";
import { applied, countDays, keepAnswers, type Wanted } from "../support/answers.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { assistant, brand, definition, prompt } from "../support/definition.ts";

const best = prompt("best", "Vilken är bäst?", { language: "sv", country: "SE", topic: "choice", tags: ["core"] });
const cheap = prompt("cheap", "Which is cheap?", { tags: ["core", "price"], segment: "b2b" });
const own = prompt("own", "Is Acme good?", { branded: true });
const wanted = definition({
  brands: [brand("Acme", { role: "own" }), brand("Bolt")],
  prompts: [best, cheap, own],
  assistants: [assistant("api"), assistant("app", { adapter: "import", surface: "ui" })],
});
const monday = "2026-03-02";
const dayAt = (i: number): string => new Date(Date.parse(monday) + i * 86_400_000).toISOString().slice(0, 10);

describe.each(databases)("the query door on %s", (_, open) => {
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
    void (project = await applied(fresh.store, { ...wanted, ...changed }, Date.parse(monday)));
  const ask = (query: Partial<MeasureQuery> = {}) =>
    measure(fresh.store.read, project, { from: monday, to: "2026-04-30", ...query });

  /** Hits of answers for Acme's visibility, per split and bucket. */
  async function seen(query: Partial<MeasureQuery> = {}): Promise<Record<string, string>> {
    const [acme] = await listBrands(fresh.store.read, project.id);
    const { rows } = await ask({ ...query, brands: [acme!.id], metrics: ["visibility"] });
    const slots = new Map((await listAllAssistants(fresh.store.read, project.id)).map(({ id, key }) => [id, key]));
    return Object.fromEntries(
      rows.map(({ split, bucket, measures: { visibility } }) => {
        const values = Object.values(split).map((value) => slots.get(value) ?? value);
        return [[...(bucket ? [bucket] : []), ...values].join(" "), `${visibility!.hits}/${visibility!.answers}`];
      }),
    );
  }

  const some: Wanted[] = [
    { prompt: "best", assistant: "api", servedModel: "m-1", named: ["Acme", "Bolt"] },
    { prompt: "cheap", assistant: "api", servedModel: "m-2", named: ["Bolt"] },
    { prompt: "own", assistant: "api", servedModel: "m-1", named: ["Acme"] },
    { prompt: "best", assistant: "app", named: ["Bolt"] },
  ];

  it("splits by whatever answers and questions have", async () => {
    await keep(monday, some);
    expect(await seen({ groupBy: ["assistant"] })).toEqual({ api: "2/3", app: "0/1" });
    expect(await seen({ groupBy: ["surface"] })).toEqual({ api: "2/3", ui: "0/1" });
    expect(await seen({ groupBy: ["topic"] })).toEqual({ choice: "1/2", "": "1/2" });
    expect(await seen({ groupBy: ["segment"] })).toEqual({ "": "2/3", b2b: "0/1" });
    expect(await seen({ groupBy: ["language", "country"] })).toEqual({ "sv SE": "1/2", "en ": "1/2" });
    expect(await seen({ groupBy: ["branded"] })).toEqual({ true: "1/1", false: "1/3" });
    expect(await seen({ groupBy: ["assistant", "servedModel"] })).toMatchObject({ "api m-1": "2/2", "api m-2": "0/1" });
    expect(Object.keys(await seen({ groupBy: ["prompt"] }))).toHaveLength(3);
  });

  it("counts a question with two tags in both, and once where nothing is split", async () => {
    await keep(monday, some);
    expect(await seen({ groupBy: ["tag"] })).toEqual({ core: "1/3", price: "0/1", "": "1/1" });
    expect(await seen({ filter: { tag: ["core", "price"] } })).toEqual({ "": "1/3" });
  });

  it("narrows numerator and denominator together", async () => {
    await keep(monday, some);
    expect(await seen({ filter: { surface: ["api"] } })).toEqual({ "": "2/3" });
    expect(await seen({ filter: { surface: ["api"], branded: ["false"] } })).toEqual({ "": "1/2" });
    expect(await seen({ filter: { servedModel: ["m-2"] } })).toEqual({ "": "0/1" });
    expect(await seen({ filter: { language: ["fi"] } })).toEqual({});
  });

  it("has a share of voice of all tracked brands also where rows of one are wanted", async () => {
    await keep(monday, some);
    const [acme] = await listBrands(fresh.store.read, project.id);
    const { rows } = await ask({ brands: [acme!.id], metrics: ["share-of-voice"] });
    expect(rows.map(({ measures }) => Object.keys(measures))).toEqual([["share-of-voice"]]);
    expect(rows[0]!.measures["share-of-voice"]!.value).toBeCloseTo(2 / 5, 12);
  });

  it("adds up weeks and months from their days", async () => {
    for (const day of ["2026-03-08", "2026-03-09", "2026-04-01"]) await keep(day, some.slice(0, 2));
    expect(await seen({ bucket: "day" })).toEqual({ "2026-03-08": "1/2", "2026-03-09": "1/2", "2026-04-01": "1/2" });
    expect(await seen({ bucket: "week" })).toEqual({ "2026-03-02": "1/2", "2026-03-09": "1/2", "2026-03-30": "1/2" });
    expect(await seen({ bucket: "month" })).toEqual({ "2026-03-01": "2/4", "2026-04-01": "1/2" });
  });

  it("tells from which day on a series has other questions", async () => {
    await keep(dayAt(0), some);
    await apply({ prompts: [{ ...best, text: "Vilken är allra bäst?" }, cheap, prompt("new", "What is new?")] });
    await keep(dayAt(1), [...some.slice(0, 2), { prompt: "new", assistant: "api" }]);
    expect((await ask({ bucket: "week" })).breaks).toEqual([
      { kind: "prompt_edited", day: dayAt(1), prompt: "best" },
      { kind: "panel_changed", day: dayAt(1), added: ["new"], removed: ["own"] },
    ]);
    expect((await ask()).breaks).toEqual([]);
  });

  it("takes no missing answer for a change of the questions", async () => {
    await keep(dayAt(0), some);
    await keep(dayAt(1), some.slice(0, 1));
    expect((await ask({ bucket: "day" })).breaks).toEqual([]);
  });

  it("tells of another model once it has stayed for three days", async () => {
    const served = ["m-1", "m-1", "m-2", "m-1", "m-2", "m-2", "m-2"];
    for (const [i, servedModel] of served.entries())
      await keep(dayAt(i), [
        { prompt: "best", assistant: "api", servedModel },
        { prompt: "cheap", assistant: "api", servedModel },
        { prompt: "own", assistant: "api", servedModel: "m-3" },
      ]);
    expect((await ask({ bucket: "day" })).breaks).toEqual([
      { kind: "model_changed", day: dayAt(4), assistant: "api", before: "m-1", after: "m-2" },
    ]);
    expect((await ask({ bucket: "day", to: dayAt(5) })).breaks).toEqual([]);
  });

  it.each([
    [{ metrics: ["visible"] }, 'metric: there is no "visible"; there are visibility, '],
    [{ groupBy: ["colour"] }, `group: there is no "colour"; there are ${Object.keys(dimensions).join(", ")}`],
    [{ filter: { colour: ["red"] } }, 'filter: there is no "colour"; there are '],
    [{ bucket: "hour" }, 'bucket: there is no "hour"; there are day, week, month'],
    [{ groupBy: ["tag", "topic", "phase", "prompt", "country"] }, "group: at most 4 at a time"],
    [{ from: "2026-03-09", to: monday }, "from: 2026-03-09 is after 2026-03-02"],
    [{ from: "2026-02-30" }, "from: write a day as YYYY-MM-DD"],
    [{ to: "soon" }, "to: write a day as YYYY-MM-DD"],
    [{ from: "1999-01-01" }, "from: at most 3660 days at a time, not 9982"],
  ])("refuses %j and says what there is", async (query, said) => {
    await expect(ask(query as Partial<MeasureQuery>)).rejects.toThrow(said);
  });
});

describe("a bucket", () => {
  it.each([
    ["2026-01-01", "week", "2025-12-29"],
    ["2026-03-01", "week", "2026-02-23"],
    ["2026-03-29", "week", "2026-03-23"],
    ["2028-02-29", "month", "2028-02-01"],
    ["2026-03-02", "day", "2026-03-02"],
  ] as const)("of %s by the %s begins on %s", (day, bucket, first) => {
    expect(bucketOf(day, bucket)).toBe(first);
  });
});
