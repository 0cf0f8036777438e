/** How much to ask: the ways to a width, what they rest on, and how they are told. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { planData, planText, type ShownPlan } from "../../src/cli/plan-text.ts";
import { halfWidth, levelOf } from "../../src/cli/width.ts";
import { styles } from "../../src/cli/command.ts";
import { addDays } from "../../src/measures/days.ts";
import { planBasis, planWays, type PlanBasis, type Wish } from "../../src/measures/planning.ts";
import { defaultRhos, estimateRhos, panelHalfWidth, planHalfWidth, planPrompts } from "../../src/metrics/statistics.ts";
import { listAssistants, type Store } from "../../src/store/index.ts";
import { applied, countDays, keepAnswers, type Wanted } from "../support/answers.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { assistant, definition, prompt } from "../support/definition.ts";

const wish: Wish = { width: 0.05, level: 0.95, mostDays: 28 };
const basis: PlanBasis = {
  ...{ rate: 0.4, rateFrom: "answers", rhos: defaultRhos, rhosFrom: "defaults", days: 3, answers: 720 },
  period: { from: "2026-03-02", to: "2026-03-04" },
};
const present = { prompts: 40, assistants: 6, repeats: 1 };

describe("the ways to a width", () => {
  it("are those of the planner, the panel as it is first", () => {
    const { ways } = planWays(wish, basis, present);
    expect(ways.map(({ kind, prompts, repeats, days }) => [kind, prompts, repeats, days])).toEqual([
      ["now", 40, 1, 1],
      ["more_prompts", 129, 1, 1],
      ["more_prompts", planPrompts(0.4, 0.05, 6, 2), 2, 1],
      ["more_prompts", 107, 3, 1],
      ["more_prompts", planPrompts(0.4, 0.05, 6, 1, 7), 1, 7],
      ["more_prompts", planPrompts(0.4, 0.05, 6, 1, 28), 1, 28],
    ]);
    for (const way of ways) {
      expect(way.halfWidth).toBe(planHalfWidth(0.4, way.prompts, 6, way.repeats, way.days));
      expect(way.panelHalfWidth).toBe(panelHalfWidth(0.4, way.prompts, 6, way.repeats, way.days));
      expect(way.answersPerRun).toBe(way.prompts * 6 * way.repeats);
      expect(way.reaches).toBe(way.kind !== "now");
    }
  });

  it("put days of the present questions together where that is enough, the fewest of them", () => {
    const plan = planWays({ ...wish, width: 0.085 }, basis, present);
    const [, longer] = plan.ways;
    expect(longer).toMatchObject({ kind: "more_days", prompts: 40, reaches: true, days: plan.daysWithThese });
    expect(planHalfWidth(0.4, 40, 6, 1, longer!.days - 1)).toBeGreaterThan(0.085);
  });

  it("say what no number of days reaches, in numbers that are finite", () => {
    const { leastWithThese, daysWithThese } = planWays(wish, basis, present);
    expect(daysWithThese).toBeNull();
    expect(leastWithThese).toBeCloseTo(planHalfWidth(0.4, 40, 6, 1, 1e9)!, 12);
    expect(leastWithThese).toBeGreaterThan(0.05);
    const none = planWays({ ...wish, width: 0.001 }, basis, { prompts: 1, assistants: 1, repeats: 1 });
    expect(none).toMatchObject({ leastWithThese: null, daysWithThese: null, ways: [{ kind: "now", halfWidth: null }] });
    expect(JSON.stringify([none, planWays(wish, { ...basis, rate: 0 }, present)])).not.toMatch(/NaN|Infinity/);
  });

  it("plan no nearer to the edge than five per cent", () => {
    expect(planWays(wish, { ...basis, rate: 0 }, present)).toEqual(planWays(wish, { ...basis, rate: 0.05 }, present));
    expect(planWays(wish, { ...basis, rate: 1 }, present).rate).toBe(0.95);
  });
});

describe("the plan told", () => {
  const shown = (more: Partial<ShownPlan> = {}): ShownPlan => ({
    project: { key: "acme", name: "Acme" },
    metric: "visibility",
    ...{ wish, basis, plan: planWays(wish, basis, present), costOfOne: 10_000, unpriced: [] },
    ...more,
  });
  const text = (more: Partial<ShownPlan> = {}, language: "en" | "sv" = "en") =>
    planText(shown(more), language, styles(false)).join("\n");

  it("names both widths, the costs, the cheapest way and why repeats are poor value", () => {
    const lines = text().split("\n");
    expect(lines[0]).toBe("Visibility of Acme within ±5 percentage points, at 95 %");
    // 40 questions to six assistants at 0.01 USD for one question to all of them
    expect(lines[2]).toMatch(
      /^as it is now +40 +6 +1 +1 +240 +9\.2 +4\.5 +0\.4000 USD +0\.4000 USD +12\.00 USD +not enough$/,
    );
    expect(lines.filter((line) => line.endsWith("cheapest"))).toHaveLength(1);
    expect(lines[3]).toMatch(/^more questions +129 .*cheapest$/);
    // 107 x 3 answers to an assistant instead of 129
    expect(text()).toContain("asking each question three times takes 149 % more answers than once");
    expect(text()).toContain("With 40 questions no number of days is enough: it stays at ±7.9 percentage points");
    expect(text()).toContain("agree by 0.21 between assistants and by 0.47 when one is asked again, as published");
  });

  it("says in Swedish the same", () => {
    expect(text({}, "sv")).toContain("Synlighet för Acme inom ±5 procentenheter, med 95 %");
  });

  it("tells a price that is not known as unknown, and then takes the fewest answers for the cheapest", () => {
    const told = text({ costOfOne: null, unpriced: ["Local model"] });
    expect(told).toContain("unknown");
    expect(told).toContain("Costs are without Local model");
    expect(told).not.toContain("USD");
    const { ways } = planData(shown({ costOfOne: null })) as { ways: { cheapest: boolean; costMicroUsd: object }[] };
    expect(ways.map(({ cheapest }) => cheapest)).toEqual([false, true, false, false, false, false]);
    expect(ways[0]!.costMicroUsd).toEqual({ run: null, all: null, month: null });
  });

  it("says that nothing is known yet, and that nothing is enough", () => {
    expect(text({ basis: { ...basis, rateFrom: "worst_case", period: null } })).toContain("the worst case");
    const plan = planWays({ ...wish, width: 0.001 }, basis, { prompts: 1, assistants: 1, repeats: 1 });
    expect(text({ plan })).toContain("No plan with up to 100,000 questions is that sure");
    expect(text({ plan })).toContain("Fewer than 5 questions have no interval");
  });
});

describe("a width on the command line", () => {
  it("is points, per cent or a share, with point or comma", () => {
    expect(["5pp", "5 %", "0.05", "±5pp", "0,05", "5,0 pp"].map(halfWidth)).toEqual(Array(6).fill(0.05));
    expect(["0.9", "90%"].map(levelOf)).toEqual([0.9, 0.9]);
  });

  it("is refused with the forms that are taken", () => {
    for (const bad of ["0", "200pp", "5", "", "x", "-5pp", "NaN", "50pp", "0pp"])
      expect(() => halfWidth(bad)).toThrow("write it as 5pp, 5% or 0.05");
    for (const bad of ["2", "1", "0", "95"]) expect(() => levelOf(bad)).toThrow("write it as 0.95 or 95%");
  });
});

describe.each(databases)("what a plan rests on, on %s", (_, open) => {
  let fresh: FreshStore;
  beforeEach(async () => void (fresh = await open()));
  afterEach(() => fresh.remove());

  const keys = ["a", "b"];
  const slots = ["first", "second"];
  const asked = (store: Store, id: string) => listAssistants(store.read, id);

  it("is the project's own spread once fourteen days have answers, and published figures before", async () => {
    const { store } = fresh;
    const wanted = definition({
      prompts: keys.map((key) => prompt(key, `Which ${key}?`)),
      assistants: slots.map((key) => assistant(key)),
    });
    const project = await applied(store, wanted);
    const look = async () =>
      planBasis(store.read, project, {
        ...{ metric: "visibility", surface: "api" },
        assistants: await asked(store, project.id),
      });
    expect(await look()).toMatchObject({ rate: 0.5, rateFrom: "worst_case", rhosFrom: "defaults", period: null });
    // the first always names it for "a", alone on the first eleven days; for "b" both do on the 13th day
    const named = (key: string, slot: string, day: number) => (key === "a" ? slot === "first" : day === 12);
    const answers = (day: number): Wanted[] =>
      keys
        .flatMap((key) => slots.map((slot) => ({ prompt: key, assistant: slot })))
        .slice(0, day < 11 ? 1 : 4)
        .map((cell) => ({ ...cell, named: named(cell.prompt, cell.assistant, day) ? ["Acme"] : [] }));
    const ask = async (day: number) => {
      const local = addDays("2026-03-02", day);
      await keepAnswers(store, project, Date.parse(`${local}T11:00:00Z`), answers(day));
      await countDays(store, project, local);
    };
    for (let day = 0; day < 13; day++) await ask(day);
    expect(await look()).toMatchObject({ rateFrom: "answers", days: 13, rhos: defaultRhos, rhosFrom: "defaults" });
    await ask(13);
    const cells = [
      { prompt: "a", assistant: "first", hits: 14, answers: 14 },
      { prompt: "a", assistant: "second", hits: 0, answers: 3 },
      { prompt: "b", assistant: "first", hits: 1, answers: 3 },
      { prompt: "b", assistant: "second", hits: 1, answers: 3 },
    ];
    const { prompt: between, cell } = estimateRhos(cells)!;
    expect(await look()).toEqual({
      ...{
        rate: expect.closeTo((14 / 17 + 2 / 6) / 2, 12) as number,
        rateFrom: "answers",
        rhosFrom: "answers",
        days: 14,
        answers: 23,
      },
      rhos: { prompt: expect.closeTo(between!, 9) as number, cell: expect.closeTo(cell, 9) as number },
      period: { from: "2026-02-16", to: "2026-03-15" },
    });
  });
});
