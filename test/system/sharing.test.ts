/** Many workers on Postgres and Redis: together they never pass a cap, and a small project does not wait for a big one. */
import { eq } from "drizzle-orm";
import { expect, it, type TestContext } from "vitest";
import { readConfig } from "../../src/config.ts";
import type { Project, ProjectDefinition } from "../../src/domain.ts";
import { planRun, startRun } from "../../src/jobs/index.ts";
import { openHouse, readNewly, type OpenHouse } from "../../src/service.ts";
import { demoTown, startSimulator, type Simulator } from "../../src/simulator/index.ts";
import { applyDefinition, countQuestions, spentIn } from "../../src/store/index.ts";
import { definitionOf } from "../bench/project.ts";
import { emptyPostgres } from "../support/databases.ts";
import { startRedis } from "../support/redis.ts";

interface Workers {
  houses: OpenHouse[];
  town: Simulator;
  /** Opens a run of a project with so many questions, and gives both. */
  begin(
    questions: number,
    places: number,
    more?: Partial<ProjectDefinition>,
  ): Promise<{ project: Project; id: string }>;
}

async function workersFor({ onTestFinished }: Pick<TestContext, "onTestFinished">, count: number): Promise<Workers> {
  const town = await startSimulator(demoTown("2026-01-01"));
  onTestFinished(() => town.close());
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const { url, drop } = await emptyPostgres();
  onTestFinished(drop);
  const places = { DATABASE_URL: url, REDIS_URL: redis.url, CITERA_CONNECTIONS: "4" };
  const config = readConfig({ ...places, KEY: "k", CITERA_ALLOW_HOSTS: "127.0.0.1", CITERA_LOG_LEVEL: "silent" });
  const houses: OpenHouse[] = [];
  for (let i = 0; i < count; i++) houses.push(await openHouse({ config }));
  onTestFinished(async () => void (await Promise.all(houses.map((house) => house.close(0)))));
  const [first] = houses;
  return {
    houses,
    town,
    begin: async (questions, atOnce, more = {}) => {
      const definition = { ...definitionOf(`${town.url}/v1`, questions, atOnce), ...more };
      const { project } = await first!.store.tx((tx) => applyDefinition(tx, definition, Date.now()));
      await readNewly(first!, project);
      const run = await startRun(first!, await planRun(first!, project), Date.now(), "scheduled");
      return { project, id: run!.id };
    },
  };
}

const work = async (houses: OpenHouse[]): Promise<void> => {
  await Promise.all(houses.map((house) => house.work()));
};
const rest = (houses: OpenHouse[]) =>
  Promise.race([Promise.all(houses.map(({ queue }) => queue.idle())), ...houses.map(({ broken }) => broken)]);

it("eight workers and a cap for 100 calls of 1,000 questions", { timeout: 180_000 }, async (test) => {
  const { houses, town, ...workers } = await workersFor(test, 8);
  // an answer has two searches at most, and nothing else costs: none costs more than was set aside for it
  const [search, each] = [10_000, 20_000];
  const price = { since: "2020-01-01", inputPerMillionUsd: 0, outputPerMillionUsd: 0, searchPerThousandUsd: 10 };
  const capMicroUsd = 100 * each;
  const { project, id } = await workers.begin(1_000, 64, {
    prices: ["town", "gpt"].map((model) => ({ model, ...price })),
    budget: { perRunMicroUsd: capMicroUsd, perDayMicroUsd: null, perMonthMicroUsd: null },
  });
  const { store } = houses[0]!;
  await store.tx((tx) => tx.update(tx.tables.questions).set({ estimateMicroUsd: each }));
  await work(houses);
  await rest(houses);
  const states = Object.fromEntries(
    (await countQuestions(store.read, id)).map(({ state, questions }) => [state, questions]),
  );
  const { spent, reserved } = await spentIn(store.read, project.id, `run-${id}`);
  expect(reserved).toBe(0);
  expect(spent).toBeLessThanOrEqual(capMicroUsd);
  expect(spent).toBeGreaterThan(capMicroUsd - each);
  const { requests, answered } = town.calls();
  expect([requests, answered]).toEqual([states["done"], states["done"]]);
  expect(states).toEqual({ done: answered, skipped_budget: 1_000 - answered });
  expect(answered).toBeLessThanOrEqual(capMicroUsd / search);
});

it("ten questions beside 50,000 of another project", { timeout: 180_000 }, async (test) => {
  const { houses, ...workers } = await workersFor(test, 2);
  const { store } = houses[0]!;
  await workers.begin(50_000, 5, { key: "big" });
  await work(houses);
  const { questions, calls } = store.read.tables;
  while ((await store.read.$count(calls)) < 100) await new Promise((resolve) => setImmediate(resolve));
  const small = await workers.begin(10, 5, { key: "small" });
  const begun = await store.read.$count(calls);
  expect(await store.read.$count(questions, eq(questions.runId, small.id))).toBe(10);
  const left = async () =>
    (await countQuestions(store.read, small.id)).some(({ state }) => state === "waiting" || state === "asking");
  while (await left()) await new Promise((resolve) => setImmediate(resolve));
  const others = (await store.read.$count(calls)) - begun - 10;
  // ten at five places are two rounds of their own; the other project's jobs that were there before and its turns
  // in between are to make it no more than three times that
  expect(others).toBeLessThanOrEqual(2 * 10 + 5);
});
