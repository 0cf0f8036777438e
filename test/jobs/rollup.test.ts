/** Roll-ups are what the answers say, whatever came between: held against a plain count of the raw rows. */
import fc from "fast-check";
import { and, eq, gte } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { countMarked, handlersOf, markToCount, sweepDirtyDays, type House } from "../../src/jobs/index.ts";
import { rollupNow, rollupSoon } from "../../src/jobs/rollup.ts";
import type { NewJob } from "../../src/queue/queue.ts";
import { openHouse } from "../../src/service.ts";
import { freezeBefore, listDirtyDays, markDirty } from "../../src/store/index.ts";
import { gate, soon } from "../queue/implementations.ts";
import { StillClock } from "../support/clock.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { days, histories, Lived } from "../support/histories.ts";
import { logInto } from "../support/log.ts";
import { kept, keptRows, recomputed } from "../support/recomputed.ts";

/** Postgres has the same statements and is slower to ask. */
const runs: Record<string, number> = { SQLite: 25, Postgres: 5 };

const named = { brand: "Acme", start: 0, end: 1, text: "x", form: "x", via: "name", certainty: "certain" } as const;
const answer = { prompt: "best", assistant: "searching", findings: { mentions: [named] } };

describe.each(databases)("roll-ups on %s", (name, open) => {
  let fresh: FreshStore;
  let house: House;
  let projects = 0;
  beforeAll(async () => {
    fresh = await open();
    house = await openHouse({ config: readConfig({}), store: fresh.store, clock: new StillClock(), log: logInto() });
  });
  afterAll(() => fresh.remove());
  const begin = () => Lived.begin(house, `project-${projects++}`);

  it(
    "equal a count of the raw rows after any history, and to the last bit when all is counted again",
    { timeout: 60_000 },
    async () => {
      const holds = fc.asyncProperty(histories, async (history) => {
        const lived = await begin();
        await lived.live(history);
        await lived.countAll();
        expect(await kept(house.store, lived.projectId)).toEqual(await recomputed(house.store, lived.projectId));
        const before = await keptRows(house.store, lived.projectId);
        await markToCount(house, lived.projectId, days[0], days.at(-1)!);
        await lived.countAll();
        expect(await keptRows(house.store, lived.projectId)).toEqual(before);
      });
      await fc.assert(holds, { numRuns: runs[name]!, seed: 20_260_302 });
    },
  );

  it("follow a verdict, and the correction that takes its place", async () => {
    const lived = await begin();
    await lived.keep(days[0], [answer]);
    const tones = async () => {
      await lived.countAll();
      const { rollups } = await keptRows(house.store, lived.projectId);
      return rollups
        .filter(({ named }) => named > 0)
        .map(({ judged, negative, positive }) => [judged, negative, positive]);
    };
    expect(await tones()).toEqual([[0, 0, 0]]);
    await lived.judge(0, { Acme: "negative", Bolt: "positive" });
    expect(await tones()).toEqual([[1, 1, 0]]);
    await lived.judge(0, { Acme: "positive" });
    expect(await tones()).toEqual([[1, 0, 1]]);
  });

  it("stay as they are where the day's answers are no longer kept, and the mark goes", async () => {
    const lived = await begin();
    const { projectId } = lived;
    for (const day of days) await lived.keep(day, [answer]);
    await lived.countAll();
    const before = await kept(house.store, projectId);
    await house.store.tx(async (tx) => {
      await freezeBefore(tx, projectId, days[1]);
      const { answers } = tx.tables;
      await tx.delete(answers).where(eq(answers.projectId, projectId));
      for (const day of days.slice(0, 2)) await markDirty(tx, projectId, day);
    });
    await lived.countAll();
    expect(await listDirtyDays(house.store.read, projectId)).toEqual([]);
    const after = await kept(house.store, projectId);
    for (const table of ["rollups", "surfaces", "outcomes"] as const)
      // the first day is frozen, the second was counted anew and is empty, nobody touched the third
      expect(after[table]).toEqual(before[table].filter((line) => !line.includes(days[1])));
  });

  it("are made again where they were lost, and only where answers are kept", async () => {
    const lived = await begin();
    const { projectId } = lived;
    for (const day of days) await lived.keep(day, [answer]);
    await lived.countAll();
    const before = await kept(house.store, projectId);
    await house.store.tx(async (tx) => {
      await freezeBefore(tx, projectId, days[1]);
      const { rollups, surfaceDays, outcomeRollups } = tx.tables;
      for (const table of [rollups, surfaceDays, outcomeRollups])
        await tx.delete(table).where(and(eq(table.projectId, projectId), gte(table.day, days[1])));
    });
    expect(await markToCount(house, projectId, days[0], days.at(-1)!)).toEqual([days[0]]);
    await lived.countAll();
    expect(await kept(house.store, projectId)).toEqual(before);
  });

  it("can be made again in part: what is left stays marked for the next time", async () => {
    const lived = await begin();
    for (const day of days) await lived.keep(day, [answer]);
    const stopping = new AbortController();
    const counted: unknown[] = [];
    for await (const day of countMarked(house, lived.projectId, stopping.signal)) {
      counted.push(day);
      stopping.abort();
    }
    expect(counted).toEqual([{ day: days[0], done: 1, all: 3, overtaken: false }]);
    const left = await listDirtyDays(house.store.read, lived.projectId);
    expect(left.map(({ day }) => day)).toEqual(days.slice(1));
  });
});

describe("a day's place in line", () => {
  it("is asked for once for many answers, and again where the queue could not take it", async () => {
    const added: NewJob[] = [];
    let away = true;
    const queue = {
      add: (jobs: NewJob[]) => (away ? Promise.reject(new Error("the queue is away")) : void added.push(...jobs)),
    };
    const house = { queue } as unknown as House;
    await expect(rollupSoon(house, "project", "2026-03-01")).rejects.toThrow("the queue is away");
    away = false;
    await rollupSoon(house, "project", "2026-03-01");
    await rollupSoon(house, "project", "2026-03-01");
    expect(added.map(({ key }) => key)).toEqual(["rollup-project-2026-03-01"]);
  });
});

describe.each(databases)("a sweep for days to count on %s", (_, open) => {
  let fresh: FreshStore;
  let clock: StillClock;
  let house: House;
  let lived: Lived;
  beforeEach(async () => {
    fresh = await open();
    clock = new StillClock();
    house = await openHouse({ config: readConfig({}), store: fresh.store, clock, log: logInto() });
    lived = await Lived.begin(house, "project");
    await lived.keep(days[0], [answer]);
  });
  afterEach(async () => {
    await house.queue.stop(0);
    await fresh.remove();
  });

  const jobs = () => fresh.store.read.select().from(fresh.store.read.tables.jobs);
  const key = () => `rollup-${lived.projectId}-${days[0]}`;

  /** Has the day counted, up to where its counts are to be written; they are when `end` is called. */
  async function countSlowly() {
    const [reached, door] = [gate(), gate()];
    const counted: string[] = [];
    const tx: House["store"]["tx"] = async (work) => {
      reached.open();
      await door.opened;
      return fresh.store.tx(work);
    };
    const { rollup, ...others } = handlersOf({ ...house, store: { ...fresh.store, tx } });
    await house.queue.start({
      ...others,
      rollup: async (payload, signal) => {
        counted.push(payload.day);
        await rollup(payload, signal);
      },
    });
    await rollupNow(house, lived.projectId, days[0]);
    await reached.opened;
    return { counted, end: door.open };
  }

  it("lets one that is being counted have its rest before it is counted again", async () => {
    const { counted, end } = await countSlowly();
    await lived.keep(days[0], [answer]);
    clock.pass(7_000);
    await sweepDirtyDays(house);
    end();
    await soon(async () =>
      expect(await jobs()).toMatchObject([{ key: key(), leaseUntil: 0, runAt: clock.now() + 60_000 }]),
    );
    await sweepDirtyDays(house); // nor is its rest cut short
    expect(await jobs()).toMatchObject([{ key: key(), leaseUntil: 0, runAt: clock.now() + 60_000 }]);
    clock.pass(60_000);
    await house.queue.idle();
    expect(counted).toHaveLength(2);
    expect(await listDirtyDays(fresh.store.read)).toEqual([]);
  });

  it("has none counted once more that is being counted for the last time", async () => {
    const { counted, end } = await countSlowly();
    await sweepDirtyDays(house);
    end();
    await house.queue.idle();
    expect(counted).toHaveLength(1);
    expect(await jobs()).toEqual([]);
  });

  it("soon brings back one that this process believes in line while another one has done its job", async () => {
    await rollupSoon(house, lived.projectId, days[0]);
    await house.queue.start(handlersOf({ ...house })); // another house has a line of its own
    clock.pass(1_000);
    await house.queue.idle();
    await lived.keep(days[0], [answer]);
    await rollupSoon(house, lived.projectId, days[0]);
    expect(await jobs()).toEqual([]);
    await sweepDirtyDays(house);
    expect(await jobs()).toMatchObject([{ key: key(), runAt: clock.now() + 1_000 }]);
    clock.pass(1_000);
    await house.queue.idle();
    expect(await listDirtyDays(fresh.store.read)).toEqual([]);
  });
});
