/** citera rollup as a process: kept days are counted again, also after a stop, and frozen ones are named. */
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { freezeBefore, markDirty, openStore, type Store } from "../../src/store/index.ts";
import { applied, countDays, keepAnswers } from "../support/answers.ts";
import { Desk } from "../support/cli.ts";
import { definition } from "../support/definition.ts";

const days = ["2026-03-02", "2026-03-03", "2026-03-04"] as const;
const desk = new Desk();
let projectId: string;

async function inStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(desk.path("citera.db"));
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const namedOn = (day: string) =>
  inStore(async ({ read }) => {
    const { rollups } = read.tables;
    return (await read.select().from(rollups).where(eq(rollups.day, day))).reduce((sum, { named }) => sum + named, 0);
  });

/** As if an earlier version had counted wrongly. */
const spoil = () =>
  inStore((store) => store.tx(async (inside) => void (await inside.update(inside.tables.rollups).set({ named: 7 }))));

beforeAll(() =>
  inStore(async (store) => {
    const project = await applied(store, definition());
    projectId = project.id;
    for (const day of days)
      await keepAnswers(store, project, Date.parse(`${day}T11:00:00Z`), [
        { prompt: "best", assistant: "chatgpt", named: ["Acme"] },
      ]);
    await countDays(store, project, ...days);
  }),
);
afterAll(() => desk.close());

it("counts all days again, or those of a period", { timeout: 60_000 }, async () => {
  await spoil();
  const some = await desk.run(["rollup", "--from", days[1], "--to", days[1]]);
  expect([some.stdout, some.code]).toEqual(["Days counted again: 1.\n", 0]);
  expect([await namedOn(days[0]), await namedOn(days[1])]).toEqual([14, 1]);
  const all = await desk.run(["rollup", "--lang", "sv"]);
  expect([all.stdout, all.code]).toEqual(["Dagar som räknats om: 3.\n", 0]);
  expect(all.stderr).toContain(`Räknade dagar: 3 av 3, nu ${days[2]}`);
  expect(await namedOn(days[0])).toBe(1);
});

it("goes on with what is marked, and says where nothing is", { timeout: 60_000 }, async () => {
  await spoil();
  await inStore((store) => store.tx((inside) => markDirty(inside, projectId, days[2])));
  expect((await desk.run(["rollup", "--resume"])).stdout).toBe("Days counted again: 1.\n");
  expect([await namedOn(days[0]), await namedOn(days[2])]).toEqual([14, 1]);
  expect((await desk.run(["rollup", "--resume"])).stdout).toBe("There are no days to count.\n");
});

it("names frozen days and leaves them", { timeout: 60_000 }, async () => {
  await spoil();
  await inStore((store) => store.tx((inside) => freezeBefore(inside, projectId, days[2])));
  const { stdout, stderr } = await desk.run(["rollup"]);
  expect(stderr).toContain(`no longer kept: days from ${days[0]} to ${days[1]} (2).`);
  expect(stdout).toBe("Days counted again: 1.\n");
  expect([await namedOn(days[0]), await namedOn(days[2])]).toEqual([14, 1]);
});

it("refuses a period that ends before it begins", async () => {
  const { stderr, code } = await desk.run(["rollup", "--from", days[1], "--to", days[0]]);
  expect(stderr).toContain(`--from ${days[1]} is after --to ${days[0]}`);
  expect(code).toBe(2);
});
