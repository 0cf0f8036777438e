/** The ticker: opens each due run once, however often and by however many it is asked, and outlives what goes wrong. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Project, ProjectDefinition } from "../../src/domain.ts";
import { runTicker, tick, type Due, type TickerOptions } from "../../src/schedule/ticker.ts";
import { applyDefinition, newRun, openRun, setPaused, type Store } from "../../src/store/index.ts";
import { StillClock } from "../support/clock.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { definition } from "../support/definition.ts";
import { logInto } from "../support/log.ts";

const began = Date.parse("2026-03-02T04:00:00Z"); // five in the morning in Stockholm
const hourMs = 3_600_000;
const daily = { cron: "0 6 * * *" };
/** A run is opened at most ten minutes after its due time. */
const waitMs = 600_000;
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
  async function open(project: Project, { group, dueAt }: Due): Promise<boolean> {
    const day = new Date(dueAt).toISOString().slice(0, 10);
    const run = newRun({ projectId: project.id, dueAt, day, purpose: "scheduled", promptGroup: group });
    await fresh.store.tx((tx) => openRun(tx, run, []));
    return true;
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
    return runs.map((run) => [run.promptGroup, new Date(run.dueAt).toISOString()].join(" ").trim());
  };

  it("opens a run when its time has come, and not again", async () => {
    await apply();
    await tick(options());
    expect(await dueTimes()).toEqual([]);
    clock.pass(hourMs + waitMs);
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
    clock.pass(hourMs + waitMs);
    await Promise.all([tick(options()), tick(options()), tick(options())]);
    expect(await dueTimes()).toEqual(["2026-03-02T05:00:00.000Z"]);
  });

  it("waits a little with each run, at most ten minutes, and keeps its due time", async () => {
    for (let i = 0; i < 12; i++) await apply({ key: `project-${i}` });
    const openedBy: number[] = [];
    clock.pass(hourMs);
    for (let minutes = 0; minutes <= 10; minutes += 2, clock.pass(2 * 60_000)) {
      await tick(options());
      openedBy.push((await dueTimes()).length);
    }
    expect(openedBy[0]).toBeLessThan(12);
    expect(new Set(openedBy).size).toBeGreaterThan(2);
    expect(openedBy.at(-1)).toBe(12);
    expect(new Set(await dueTimes())).toEqual(new Set(["2026-03-02T05:00:00.000Z"]));
  });

  it("opens groups of prompts at their own times, apart from the rest", async () => {
    const groups = [
      { key: "often", schedule: { cron: "0 */12 * * *" }, prompts: { topics: ["news"] } },
      { key: "rare", schedule: { cron: "0 7 * * 2" }, prompts: { topics: ["price"] } },
    ];
    await apply({ groups });
    for (let hour = 0; hour < 30; hour++, clock.pass(hourMs)) await tick(options());
    expect(await dueTimes()).toEqual([
      "2026-03-02T05:00:00.000Z",
      "often 2026-03-02T11:00:00.000Z",
      "often 2026-03-02T23:00:00.000Z",
      "2026-03-03T05:00:00.000Z",
      "rare 2026-03-03T06:00:00.000Z",
    ]);
    clock.pass(9 * 24 * hourMs);
    await tick(options());
    expect((await dueTimes()).slice(5)).toEqual(
      ["rare 2026-03-10T06:00:00.000Z", "2026-03-12T05:00:00.000Z", "often 2026-03-11T23:00:00.000Z"].sort(
        (one, other) => one.slice(-24).localeCompare(other.slice(-24)),
      ),
    );
  });

  it("does not ask a new group at once what was just asked with the rest", async () => {
    await apply();
    clock.pass(hourMs + waitMs);
    await tick(options());
    await apply({ groups: [{ key: "new", schedule: { cron: "0 5,20 * * *" }, prompts: { phases: ["purchase"] } }] });
    await tick(options());
    expect(await dueTimes()).toEqual(["2026-03-02T05:00:00.000Z"]);
    clock.pass(15 * hourMs);
    await tick(options());
    expect(await dueTimes()).toEqual(["2026-03-02T05:00:00.000Z", "new 2026-03-02T19:00:00.000Z"]);
  });

  it("opens nothing for a paused project, and catches up once when it goes on", async () => {
    const { project } = await apply();
    await fresh.store.tx((tx) => setPaused(tx, project.id, clock.now()));
    clock.pass(3 * 24 * hourMs);
    await tick(options());
    expect(await dueTimes()).toEqual([]);
    await fresh.store.tx((tx) => setPaused(tx, project.id, null));
    await tick(options());
    await tick(options());
    expect(await dueTimes()).toEqual(["2026-03-04T05:00:00.000Z"]);
  });

  it("opens nothing on quiet days", async () => {
    await apply({ quiet: [{ from: "2026-03-02", to: "2026-03-03" }] });
    for (let hour = 0; hour < 60; hour++, clock.pass(hourMs)) await tick(options());
    expect(await dueTimes()).toEqual(["2026-03-04T05:00:00.000Z"]);
  });

  it("tries again where there was nothing to ask, and says that it does", async () => {
    await apply();
    clock.pass(hourMs + waitMs);
    const tries: boolean[] = [];
    const ending = new AbortController();
    const nothing = (_: Project, { again }: Due) => Promise.resolve(tries.push(again) < 0);
    const ticking = runTicker(options({ open: nothing }), ending.signal);
    await soon(() => {
      clock.pass(20_000);
      expect(tries.length).toBeGreaterThan(2);
    });
    expect(tries.slice(0, 3)).toEqual([false, true, true]);
    await soon(() => {
      clock.pass(hourMs);
      expect(tries.lastIndexOf(false)).toBeGreaterThan(0);
    });
    ending.abort();
    await ticking;
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
    clock.pass(hourMs + waitMs);
    let failing = true;
    const opening = options({
      open: async (project, due) => {
        if (project.key === "b-failing" && failing) throw new Error("no price");
        return open(project, due);
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
    clock.pass(hourMs + waitMs);
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
