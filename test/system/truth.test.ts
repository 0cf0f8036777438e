/**
 * The promise of the interval, kept in many small worlds: asked a sample of prompts, it covers the truth of all prompts
 * like these as often as it says.
 *
 * The promise (market question): a level with its 95 % interval stands for all questions like those that were asked,
 * put to these assistants in this time. So each world has far more prompts than the project tracks, and its truth is
 * the mean over all of them. Worlds differ by their seed only, the numbers 1 to 120; nothing was chosen by its result.
 * Bounds are exact tails of the binomial: an interval that keeps its promise passes with any other 120 seeds, too,
 * except once in a million times.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays } from "../../src/jobs/index.ts";
import { measure } from "../../src/measures/measures.ts";
import { wilson } from "../../src/metrics/statistics.ts";
import { applyDefinition } from "../../src/store/index.ts";
import { prompts, village } from "../simulator/village.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { projectIn } from "../support/house.ts";
import { askWorld, trackedIn } from "../support/worlds.ts";

const worlds = 120;
const population = prompts(150);
const tracked = 12;
const repeats = 3;
const spreads = ["low", "mid", "high"] as const;
const oneInAMillion = 1e-6;

/** One brand's visibility in one world, as measured and as it is. */
interface Meeting {
  truth: number;
  value: number;
  low: number;
  high: number;
  answers: number;
}

const logit = (p: number): number => Math.log(p / (1 - p));

/** Probability of each count of hits in `n` trials of probability `p`. */
function binomial(n: number, p: number): number[] {
  const logs = [n * Math.log1p(-p)];
  for (let k = 1; k <= n; k++) logs.push(logs[k - 1]! + Math.log((n - k + 1) / k) + logit(p));
  return logs.map(Math.exp);
}

/** The least count that is not too few: fewer happen less than once in a million. */
function fewest(n: number, p: number): number {
  let tail = 0;
  return binomial(n, p).findIndex((chance) => (tail += chance) >= oneInAMillion);
}

/** The greatest count that is not too many. */
const most = (n: number, p: number): number => n - fewest(n, 1 - p);

const covered = (meetings: Meeting[], interval: (meeting: Meeting) => readonly [number, number]): number =>
  meetings.filter((meeting) => {
    const [low, high] = interval(meeting);
    return low <= meeting.truth && meeting.truth <= high;
  }).length;

/** The interval with both ends half as far from the value, on the scale it was made on. */
function halved({ value, low, high }: Meeting): [number, number] {
  const towards = (end: number) => 1 / (1 + Math.exp(-(logit(value) + logit(end)) / 2));
  return value <= 0 || value >= 1 ? [(value + low) / 2, (value + high) / 2] : [towards(low), towards(high)];
}

describe("measured visibility in many worlds", () => {
  let fresh: FreshStore;
  const meetings: Meeting[] = [];
  let misread = 0;

  /** Meets all brands of one world; the world's day is one day of the project. */
  async function meet(seed: number, world: ReturnType<typeof village>, project: Awaited<ReturnType<typeof begin>>) {
    const day = addDays("2026-01-01", seed);
    const asked = await askWorld(fresh.store, project, world, day, repeats);
    misread += asked.misread;
    const { rows } = await measure(fresh.store.read, project.project, { from: day, to: day });
    for (const { id, key } of project.brands) {
      const { value, low, high, answers } = rows.find(({ brandId }) => brandId === id)!.measures["visibility"]!;
      const { value: truth } = asked.town.visibility({ brand: key, from: world.startDay, to: world.startDay });
      meetings.push({ truth: truth!, value: value!, low: low!, high: high!, answers });
    }
  }

  const worldOf = (seed: number) =>
    village({
      seed,
      spread: spreads[seed % spreads.length]!,
      prompts: population,
      assistants: village().assistants.slice(0, 2),
    });

  async function begin() {
    const definition = projectIn({ ...worldOf(0), prompts: population.slice(0, tracked) }, "http://town.example");
    const { project } = await fresh.store.tx((tx) => applyDefinition(tx, definition, 0));
    return trackedIn(fresh.store, project);
  }

  beforeAll(async () => {
    const [, open] = databases.find(([name]) => name === "SQLite")!;
    fresh = await open();
    const project = await begin();
    for (let seed = 1; seed <= worlds; seed++) await meet(seed, worldOf(seed), project);
  }, 180_000);
  afterAll(() => fresh.remove());

  it("rests on answers that the parser read as the town wrote them, every one", () => {
    expect(meetings).toHaveLength(worlds * 4);
    expect(new Set(meetings.map(({ answers }) => answers))).toEqual(new Set([tracked * 2 * repeats]));
    expect(misread).toBe(0);
  });

  it("covers the truth as often as a 95 % interval promises", () => {
    const hits = covered(meetings, ({ low, high }) => [low, high]);
    expect(hits).toBeGreaterThanOrEqual(fewest(meetings.length, 0.95));
  });

  it("is not bought with width: intervals half as wide miss as often as they should", () => {
    // half of a 95 % interval covers about 70 % with so few prompts, half of a 99 % interval 80 %
    expect(covered(meetings, halved)).toBeLessThanOrEqual(most(meetings.length, 0.8));
  });

  it("errs to neither side", () => {
    const errors = meetings.map(({ value, truth }) => value - truth);
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const variance = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / (errors.length - 1);
    expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(variance / errors.length));
  });

  it("would be found out if it counted answers where it should count prompts", () => {
    const naive = covered(meetings, ({ value, answers }) => wilson(value, answers, 1.96));
    expect(naive).toBeLessThan(fewest(meetings.length, 0.95));
  });

  it("would be found out if it were twice as wide", () => {
    expect(covered(meetings, ({ low, high }) => [low, high])).toBeGreaterThan(most(meetings.length, 0.8));
  });
});

describe("the bounds themselves", () => {
  it("leave less than one in a million outside, and are not wider than that", () => {
    const chances = binomial(600, 0.95);
    const below = (k: number) => chances.slice(0, k).reduce((sum, chance) => sum + chance, 0);
    expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 9);
    expect(below(fewest(600, 0.95))).toBeLessThan(oneInAMillion);
    expect(below(fewest(600, 0.95) + 1)).toBeGreaterThanOrEqual(oneInAMillion);
    expect(most(10, 0.5)).toBe(10); // ten of ten fair coins are no news at one in a million
    expect(fewest(40, 0.5)).toBe(6); // P(5 or fewer of 40) is 0.69 in a million, P(6 or fewer) 4.2
  });
});
