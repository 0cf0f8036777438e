/** The query door: what is counted, over which period, and how it is split, with numbers worked out by hand. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Measure, Outcome, Project, Purpose } from "../../src/domain.ts";
import { measure, metrics, type MeasureQuery } from "../../src/measures/measures.ts";
import type { Dimension } from "../../src/measures/dimensions.ts";
import { listAllAssistants, listBrands } from "../../src/store/index.ts";
import { applied, countDays, keepAnswers, type Wanted } from "../support/answers.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { assistant, brand, definition, prompt } from "../support/definition.ts";

const [first, second, third] = ["2026-03-02", "2026-03-03", "2026-03-04"] as const;
const at = (day: string): number => Date.parse(`${day}T11:00:00Z`);

const wanted = definition({
  brands: [brand("Acme", { role: "own" }), brand("Bolt"), brand("Cord")],
  prompts: [
    prompt("early", "What is there?", { phase: "awareness" }),
    prompt("best", "Which is best?", { phase: "consideration" }),
    prompt("cheap", "Which is cheap?", { phase: "consideration" }),
  ],
  assistants: [assistant("searching"), assistant("local", { adapter: "openai-compatible", search: false })],
});

describe.each(databases)("measures on %s", (_, open) => {
  let fresh: FreshStore;
  let project: Project;
  beforeEach(async () => {
    fresh = await open();
    project = await applied(fresh.store, wanted);
  });
  afterEach(() => fresh.remove());

  const keep = async (day: string, answers: Wanted[], purpose: Purpose = "scheduled") => {
    await keepAnswers(fresh.store, project, at(day), answers, purpose);
    await countDays(fresh.store, project, day);
  };

  /** Rows with keys instead of ids. */
  async function rows(query: Omit<MeasureQuery, "from" | "to"> = {}, from: string = first, to: string = third) {
    const brands = new Map((await listBrands(fresh.store.read, project.id)).map(({ id, key }) => [id, key]));
    const slots = new Map((await listAllAssistants(fresh.store.read, project.id)).map(({ id, key }) => [id, key]));
    return (await measure(fresh.store.read, project, { from, to, ...query })).rows.map(({ split, ...row }) => ({
      ...row,
      ...split,
      brand: brands.get(row.brandId),
      assistant: slots.get(split.assistant ?? ""),
    }));
  }
  const of = async (key: string, metric = "visibility", split: Partial<Record<Dimension, string>> = {}) => {
    const found = (await rows({ groupBy: Object.keys(split) as Dimension[] })).find(
      (row) =>
        row.brand === key && Object.entries(split).every(([name, value]) => row[name as keyof typeof row] === value),
    );
    return found?.measures[metric];
  };

  /** On the first day: of six answers Acme is named in three, Bolt in two; Cord in none. */
  const week: Wanted[] = [
    { prompt: "early", assistant: "searching", named: ["Acme"], cited: [{ domain: "acme.example", owner: "own" }] },
    { prompt: "early", assistant: "local", search: false, cited: [{ domain: "acme.example", owner: "own" }] },
    { prompt: "best", assistant: "searching", named: ["Acme", "Bolt"], ranked: ["Bolt", "Acme"] },
    { prompt: "best", assistant: "local", search: false, named: ["Bolt"], ranked: ["Bolt"] },
    { prompt: "cheap", assistant: "searching" },
    { prompt: "cheap", assistant: "local", search: false, named: ["Acme"] },
  ];

  it("has one row for each brand with every metric", async () => {
    await keep(first, week);
    const all = await rows();
    expect(all.map((row) => row.brand).sort()).toEqual(["Acme", "Bolt", "Cord"]);
    for (const { measures } of all) expect(Object.keys(measures)).toEqual(metrics.map(({ id }) => id));
  });

  it("gives each prompt the same weight and says how much a number rests on", async () => {
    await keep(first, week);
    // prompts: early 1/2, best 1/2, cheap 1/2; Bolt: 0, 2/2, 0
    expect(await of("Acme")).toMatchObject({ value: 0.5, hits: 3, answers: 6, prompts: 3, note: "too_few_prompts" });
    expect((await of("Bolt"))!.value).toBeCloseTo(1 / 3, 12);
    expect(await of("Cord")).toMatchObject({ value: 0, hits: 0, answers: 6 });
  });

  it("takes for each metric the answers that belong in its denominator", async () => {
    await keep(first, week);
    expect(await of("Acme", "share-of-voice")).toMatchObject({ value: 3 / 5, hits: 3 });
    expect(await of("Acme", "top3-rate")).toMatchObject({ value: 0.5, hits: 1, answers: 2, prompts: 1 });
    expect(await of("Cord", "top3-rate")).toMatchObject({ value: 0, hits: 0, answers: 2 });
    expect(await of("Acme", "citation-rate")).toMatchObject({ hits: 1, answers: 3, prompts: 3 });
  });

  it("counts a fourth place in a ranking as a miss", async () => {
    const ranked = ["Bolt", "Cord"];
    await keep(first, [
      { prompt: "best", assistant: "searching", named: [...ranked, "Acme"], ranked: [...ranked, null, "Acme"] },
    ]);
    expect(await of("Cord", "top3-rate")).toMatchObject({ value: 1 });
    expect(await of("Acme", "top3-rate")).toMatchObject({ value: 0, answers: 1 });
  });

  it("splits by assistant, and has the reason where an assistant cannot search", async () => {
    await keep(first, week);
    expect(await rows({ groupBy: ["assistant"] })).toHaveLength(6);
    expect(await of("Acme", "visibility", { assistant: "searching" })).toMatchObject({ hits: 2, answers: 3 });
    expect(await of("Acme", "visibility", { assistant: "local" })).toMatchObject({ hits: 1, answers: 3 });
    expect(await of("Acme", "citation-rate", { assistant: "searching" })).toMatchObject({ hits: 1, answers: 3 });
    const none: Partial<Measure> = { value: null, low: null, high: null, note: "no_search" };
    expect(await of("Acme", "citation-rate", { assistant: "local" })).toMatchObject(none);
  });

  it("splits by phase", async () => {
    await keep(first, week);
    expect(await of("Acme", "visibility", { phase: "awareness" })).toMatchObject({ hits: 1, answers: 2, prompts: 1 });
    expect(await of("Acme", "visibility", { phase: "consideration" })).toMatchObject({
      hits: 2,
      answers: 4,
      prompts: 2,
    });
    expect(await of("Acme", "visibility", { phase: "purchase" })).toBeUndefined();
    expect(await of("Bolt", "share-of-voice", { phase: "consideration" })).toMatchObject({ value: 0.5, hits: 2 });
  });

  it("splits by several things at once", async () => {
    await keep(first, week);
    await keep(second, week.slice(0, 2));
    const split = await rows({ groupBy: ["assistant", "phase"], bucket: "day" });
    expect(split).toHaveLength(3 * (4 + 2));
    const one = split.find(
      (row) =>
        row.brand === "Acme" && row.assistant === "local" && row.phase === "consideration" && row.bucket === first,
    );
    expect(one!.measures["visibility"]).toMatchObject({ hits: 1, answers: 2, prompts: 2 });
  });

  it("keeps to the period, first and last day included", async () => {
    await keep(first, week.slice(0, 2));
    await keep(second, week.slice(0, 4));
    await keep(third, week);
    const answers = async (from: string, to: string) => (await rows({}, from, to))[0]?.measures["visibility"]?.answers;
    expect(await answers(first, third)).toBe(12);
    expect(await answers(second, third)).toBe(10);
    expect(await answers(second, second)).toBe(4);
    expect(await answers("2026-03-05", "2026-03-09")).toBeUndefined();
    expect((await rows({ bucket: "day" })).filter((row) => row.brand === "Acme")).toHaveLength(3);
  });

  it("adds up the days, models and repeats of a prompt before it takes its rate", async () => {
    const best = { prompt: "best", assistant: "searching" };
    await keep(first, [
      { ...best, servedModel: "m-1", named: ["Acme"] },
      { ...best, servedModel: "m-2" },
      { ...best, servedModel: null },
    ]);
    await keep(second, [
      { ...best, named: ["Acme"] },
      { prompt: "cheap", assistant: "searching" },
    ]);
    // best 2 of 4, cheap 0 of 1
    expect(await of("Acme")).toMatchObject({ value: 0.25, hits: 2, answers: 5, prompts: 2 });
  });

  it("counts answers that were answered, searched for or not, and nothing else", async () => {
    const outcomes: Outcome[] = ["answered", "no_search", "empty", "no_surface", "refused", "blocked", "failed"];
    const named = { prompt: "best", assistant: "searching", named: ["Acme"] };
    await keep(
      first,
      outcomes.map((outcome) => ({ ...named, outcome })),
    );
    expect(await of("Acme")).toMatchObject({ value: 1, hits: 2, answers: 2 });
    await keep(
      second,
      outcomes.slice(2).map((outcome) => ({ ...named, outcome })),
    );
    expect((await rows({ bucket: "day" })).map(({ bucket }) => bucket)).not.toContain(second);
  });

  it.each(["adhoc", "audit", "confirm"] as const)("leaves %s answers out", async (purpose) => {
    await keep(first, week);
    const before = await rows({ groupBy: ["assistant", "phase"], bucket: "day" });
    await keep(first, [{ prompt: "early", assistant: "local", named: ["Cord"], ranked: ["Cord"] }], purpose);
    expect(await rows({ groupBy: ["assistant", "phase"], bucket: "day" })).toEqual(before);
    await keep(second, week, purpose);
    expect(await rows({}, second, second)).toEqual([]);
  });

  it("keeps the history of a prompt that was archived, and of an edited one as the same prompt", async () => {
    await keep(first, week);
    project = await applied(fresh.store, {
      ...wanted,
      prompts: [prompt("best", "Which is the very best?", { phase: "purchase" })],
    });
    await keep(second, [{ prompt: "best", assistant: "searching", named: ["Acme"] }]);
    expect(await of("Acme")).toMatchObject({ hits: 4, answers: 7, prompts: 3 });
    // labels apply to history: both versions of `best` are asked in the purchase phase now
    expect(await of("Acme", "visibility", { phase: "purchase" })).toMatchObject({ hits: 2, answers: 3, prompts: 1 });
    expect(await of("Acme", "visibility", { phase: "consideration" })).toMatchObject({ answers: 2, prompts: 1 });
  });
});
