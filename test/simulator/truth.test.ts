/** The town's truth: same world, same answers; and the share of answers naming a brand is what the truth says. */
import { describe, expect, it } from "vitest";
import type { WorldDefinition } from "../../src/simulator/index.ts";
import { startSimulator } from "../../src/simulator/index.ts";
import { dayAt, dayIndex } from "../../src/simulator/days.ts";
import { createModel } from "../../src/simulator/model.ts";
import { createQuestions } from "../../src/simulator/questions.ts";
import { createTown, type Town } from "../../src/simulator/town.ts";
import { askAll, openTown, prompts, sigmas, village } from "./village.ts";

const expit = (logit: number): number => 1 / (1 + Math.exp(-logit));
const from = "2026-03-01";
const dayOf = (offset: number): string => dayAt(dayIndex(from) + offset);

/** Shares of the answers that name each brand, over some days. */
function observe(town: Town, days: number, repeats: number): { count: number; shares: Record<string, number> } {
  const hits: Record<string, number> = {};
  let count = 0;
  for (let day = 0; day < days; day++) {
    town.setDay(dayOf(day));
    for (const { draw } of askAll(town, repeats)) {
      count++;
      for (const { brand } of draw.named) hits[brand.key] = (hits[brand.key] ?? 0) + 1;
    }
  }
  return { count, shares: Object.fromEntries(Object.entries(hits).map(([key, n]) => [key, n / count])) };
}

const sv = (world: WorldDefinition, text: string) => createQuestions(world).find(text);

describe("the truth of a world", () => {
  it("is the expit of strength and offsets when there is no spread", () => {
    const town = openTown();
    const truth = town.visibility({ brand: "vindil", from, to: from, assistant: "anthropic" });
    expect(truth.value).toBeCloseTo(expit(0.4 + 0.2), 12);
    expect(truth).toMatchObject({ prompts: 24, assistants: 1, days: 1 });
  });

  it.each(["none", "mid"] as const)("equals the observed share of named brands with spread %s", (spread) => {
    const town = openTown({ spread });
    const { count, shares } = observe(town, 12, 2);
    for (const { key } of town.world.brands) {
      const { value } = town.visibility({ brand: key, from, to: dayOf(11) });
      expect(sigmas(shares[key] ?? 0, value ?? -1, count), key).toBeLessThan(5);
    }
  });

  it("counts only the phase and the assistant asked for, and is null when nothing is left", () => {
    const brands = village().brands.map((brand) => ({ ...brand, perPhase: { awareness: -2 } }));
    const town = openTown({ brands });
    const awareness = town.visibility({ brand: "vindil", from, to: from, assistant: "openai", phase: "awareness" });
    expect(awareness.value).toBeCloseTo(expit(0.4 - 2), 12);
    expect(openTown({ prompts: [] }).visibility({ brand: "vindil", from, to: from }).value).toBeNull();
  });

  it("falls with an event from its day on, on its assistant only", () => {
    const town = openTown({ events: [{ kind: "drop", day: 5, brand: "vindil", assistant: "openai", logit: -2 }] });
    const on = (assistant: string, day: number): number =>
      town.visibility({ brand: "vindil", from: dayOf(day), to: dayOf(day), assistant }).value ?? -1;
    expect(on("openai", 4)).toBeCloseTo(expit(0.4), 12);
    expect(on("openai", 5)).toBeCloseTo(expit(-1.6), 12);
    expect(on("chat", 5)).toBeCloseTo(expit(0.2), 12);
  });

  it("gives almost every answer to a question that names a brand to that brand", () => {
    const text = "Är Rullvik ett bra märke?";
    const world = village({ prompts: [{ text, language: "sv", phase: "consideration", segment: null }] });
    const town = createTown(world, {});
    expect(town.visibility({ brand: "rullvik", from, to: from, assistant: "openai" }).value).toBeCloseTo(
      expit(3.5),
      12,
    );
  });

  it("answers for unknown brands and impossible periods with an error", () => {
    const town = openTown();
    expect(() => town.visibility({ brand: "nobody", from, to: from })).toThrow(/no brand nobody/);
    expect(() => town.visibility({ brand: "vindil", from, to: "2026-02-01" })).toThrow(/not 1 to/);
    expect(() => town.visibility({ brand: "vindil", from: "2026-02-30", to: from })).toThrow(/not a day/);
  });
});

describe("the variance model", () => {
  it("has the total spread it is asked for and drifts with correlation 0.9 from day to day", () => {
    const world = village({ spread: "high", prompts: prompts(300) });
    const model = createModel(world);
    const [brand] = world.brands;
    const [assistant] = world.assistants;
    if (!brand || !assistant) throw new Error("the village is empty");
    const logit = (p: number): number => Math.log(p / (1 - p));
    const series = world.prompts.map(({ text }) =>
      [...model.overDays(brand, sv(world, text), assistant, 0, 40)].map(logit),
    );
    const starts = series.map((days) => days[0] ?? 0);
    const mean = starts.reduce((sum, x) => sum + x, 0) / starts.length;
    const variance = starts.reduce((sum, x) => sum + (x - mean) ** 2, 0) / starts.length;
    expect(Math.sqrt(variance)).toBeGreaterThan(2.9);
    expect(Math.sqrt(variance)).toBeLessThan(4.1);
    const steps = series.flatMap((days) => days.slice(1).map((x, place) => x - (days[place] ?? 0)));
    const stepVariance = steps.reduce((sum, x) => sum + x * x, 0) / steps.length;
    const expected = 2 * (1 - 0.9) * 0.8 ** 2 + 2 * 0.2 ** 2;
    expect(stepVariance / expected).toBeGreaterThan(0.85);
    expect(stepVariance / expected).toBeLessThan(1.15);
  });

  it("gives the same truth whatever was asked before", () => {
    const first = openTown({ spread: "mid" });
    const second = openTown({ spread: "mid" });
    observe(second, 3, 1);
    const filter = { brand: "pedalus", from, to: dayOf(20) };
    expect(second.visibility(filter)).toEqual(first.visibility(filter));
  });
});

describe("a rerun of a world", () => {
  it("gives identical answers, in any order of questions", () => {
    const world = { spread: "mid", habits: {} } as const;
    const once = askAll(openTown(world), 2);
    const again = openTown(world);
    for (const answer of once.toReversed())
      expect(again.answer({ ...answer.draw }, "auto", false).pieces).toEqual(answer.pieces);
  });

  it("differs from repeat to repeat, from day to day and from seed to seed", () => {
    const textOn = (town: Town, day: number, repeat: number): string => {
      town.setDay(dayOf(day));
      return askAll(town, repeat + 1)
        .map(({ pieces }) => pieces.map((piece) => piece.text).join(""))
        .join("\n");
    };
    const texts = [textOn(openTown(), 0, 0), textOn(openTown(), 1, 0), textOn(openTown({ seed: 8 }), 0, 0)];
    expect(new Set(texts).size).toBe(3);
    const [first, second] = askAll(openTown(), 2);
    expect(first?.pieces).not.toEqual(second?.pieces);
  });

  it("starts the count of repeats anew each day", async () => {
    const simulator = await startSimulator(village());
    const ask = async (): Promise<void> => {
      const body = JSON.stringify({ model: "m", messages: [{ role: "user", content: "Vilken elcykel?" }] });
      const headers = { authorization: "Bearer k" };
      await (await fetch(`${simulator.url}/v1/chat/completions`, { method: "POST", headers, body })).text();
    };
    await ask();
    await ask();
    simulator.setDay("2026-03-02");
    await ask();
    expect(simulator.answers().map(({ day, nth }) => [day, nth])).toEqual([
      ["2026-03-01", 0],
      ["2026-03-01", 1],
      ["2026-03-02", 0],
    ]);
    await simulator.close();
  });
});

describe("a definition that cannot work", () => {
  it("is refused with everything that is wrong in it", () => {
    const world = village({
      startDay: "2026-13-01",
      events: [{ kind: "drop", day: 1, brand: "nobody", logit: -1 }],
      habits: { refusal: 2 },
    });
    expect(() => createTown(world, {})).toThrow(/2026-13-01[^]*nobody[^]*refusal/);
  });
});
