/** The ticker: opens each due run once, however often and by however many it is asked, and outlives what goes wrong. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Project, ProjectDefinition, Run } from "../../src/domain.ts";
import { runTicker, tick, type TickerOptions } from "../../src/schedule/ticker.ts";
import { applyDefinition, newId, openRun, type Store } from "../../src/store/index.ts";
import { StillClock } from "../support/clock.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { definition } from "../support/definition.ts";
import { logInto } from "../support/log.ts";

const began = Date.parse("2026-03-02T04:00:00Z"); // five in the morning in Stockholm
const hourMs = 3_600_000;
const daily = { cron: "0 6 * * *" };
const soon = (so: () => Promise<void> | void) => vi.waitFor(so, { interval: 2, timeout: 10_000 });

describe.each(databases)("the ticker on %s", (_, openDatabase) => {
  let fresh: FreshStore;
  let clock: StillClock;
  let lines: string[];
  let swept: number;
  beforeEach(async () => {
    fresh = await openDatabase();
    clock = new StillClock(began);
    lines = [];
    swept = 0;
  });
  afterEach(() => fresh.remove());

  const apply = (more: Partial<ProjectDefinition> = {}) =>
    fresh.store.tx((tx) => applyDefinition(tx, definition({ schedule: daily, ...more }), clock.now()));

  /** Opens runs without questions, as the house opens those with. */
  async function open(project: Project, dueAt: number): Promise<void> {
    const run: Run = {
      id: newId(),
      projectId: project.id,
      dueAt,
      day: new Date(dueAt).toISOString().slice(0, 10),
      purpose: "scheduled",
      state: "running",
    };
    await fresh.store.tx((tx) => openRun(tx, run, []));
  }

  const options = (more: Partial<TickerOptions> = {}): TickerOptions => ({
    store: fresh.store,
    clock,
    log: logInto(lines),
    open,
    sweep: async () => void swept++,
    ...more,
  });

  const dueTimes = async (): Promise<string[]> => {
    const { read } = fresh.store;
    const runs = await read.select().from(read.tables.runs).orderBy(read.tables.runs.dueAt);
    return runs.map((run) => new Date(run.dueAt).toISOString());
  };

  it("opens a run when its time has come, and not again", async () => {
    await apply();
    await tick(options());
    expect(await dueTimes()).toEqual([]);
    clock.pass(hourMs);
    await tick(options());
    await tick(options());
    clock.pass(12 * hourMs);
    await tick(options());
    expect(await dueTimes()).toEqual(["2026-03-02T05:00:00.000Z"]);
  });

  it("opens one run for everything missed while nobody was there", async () => {
    await apply();
    clock.pass(10 * 24 * hourMs);
    await tick(options());
    await tick(options());
    expect(await dueTimes()).toEqual(["2026-03-11T05:00:00.000Z"]);
  });

  it("opens one run where two tickers wake at the same time", async () => {
    await apply();
    clock.pass(hourMs);
    await Promise.all([tick(options()), tick(options()), tick(options())]);
    expect(await dueTimes()).toEqual(["2026-03-02T05:00:00.000Z"]);
  });

  it("leaves projects without a schedule alone", async () => {
    await apply({ schedule: null });
    clock.pass(48 * hourMs);
    await tick(options());
    expect(await dueTimes()).toEqual([]);
  });

  it("goes by each project's own time zone", async () => {
    await apply();
    await apply({ key: "tokyo", timezone: "Asia/Tokyo" });
    clock.pass(20 * hourMs); // midnight in London
    await tick(options());
    expect(await dueTimes()).toEqual(["2026-03-02T05:00:00.000Z", "2026-03-02T21:00:00.000Z"]);
  });

  it("opens the runs of the others when one project cannot be run, says so, and tries again", async () => {
    await apply({ key: "a-broken", schedule: { cron: "61 * * * *" } });
    await apply({ key: "b-failing" });
    await apply({ key: "c-sound" });
    clock.pass(hourMs);
    let failing = true;
    const opening = options({
      open: async (project, dueAt) => {
        if (project.key === "b-failing" && failing) throw new Error("no price");
        await open(project, dueAt);
      },
    });
    await tick(opening);
    expect(await dueTimes()).toHaveLength(1);
    expect(lines.filter((line) => line.includes('"level":50'))).toHaveLength(2);
    expect(lines.join("")).toMatch(/a-broken[^]*b-failing[^]*no price/);
    failing = false;
    await tick(opening);
    expect(await dueTimes()).toHaveLength(2);
  });

  it("wakes by itself until it is told to end", async () => {
    await apply();
    const ending = new AbortController();
    const ticking = runTicker(options(), ending.signal);
    await soon(async () => {
      clock.pass(600_000);
      expect(await dueTimes()).toHaveLength(1);
    });
    expect(swept).toBeGreaterThan(0);
    ending.abort();
    await expect(ticking).resolves.toBeUndefined();
    clock.pass(48 * hourMs);
    expect(await dueTimes()).toHaveLength(1);
  });

  it("goes on when the database could not be read for a while", async () => {
    await apply();
    clock.pass(hourMs);
    let failures = 3;
    const { store } = fresh;
    const unsteady: Store = {
      ...store,
      get read() {
        if (failures-- > 0) throw new Error("the connection was lost");
        return store.read;
      },
    };
    const ending = new AbortController();
    const ticking = runTicker(options({ store: unsteady }), ending.signal);
    await soon(async () => {
      clock.pass(20_000);
      expect(await dueTimes()).toHaveLength(1);
    });
    ending.abort();
    await expect(ticking).resolves.toBeUndefined();
    expect(lines.filter((line) => line.includes("the connection was lost"))).toHaveLength(3);
  });
});
