/** Due times by the clock on the wall over thirty years, two tickers for a day, and ten thousand projects. */
import { describe, expect, it } from "vitest";
import type { Project } from "../../src/domain.ts";
import { jitterMs, nextDueAt } from "../../src/schedule/due.ts";
import { timesOf, type GroupTimes } from "../../src/schedule/groups.ts";
import { runTicker, tick, type Due } from "../../src/schedule/ticker.ts";
import { applyDefinition, listProjects, newRun, openRun } from "../../src/store/index.ts";
import { StillClock } from "../support/clock.ts";
import { databases } from "../support/databases.ts";
import { definition } from "../support/definition.ts";
import { logInto } from "../support/log.ts";
import { holdAgainstTheWall, zones } from "../support/wall-clock.ts";

const decades = zones.flatMap((zone) => [2006, 2016, 2026].map((year): [string, number] => [zone, year]));

it.each(decades)(
  "is due by the clock on the wall in %s in the ten years from %i",
  (timezone, year) => holdAgainstTheWall(timezone, year, 1_000, 2),
  120_000,
);

const began = Date.parse("2026-10-24T22:00:00Z"); // midnight in Stockholm, before the day of 25 hours
const hours = 24;

/** Goes on by itself as soon as both tickers sleep. */
class RunningClock extends StillClock {
  #asleep = 0;
  override async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const slept = super.sleep(ms, signal);
    if (++this.#asleep === 2) {
      this.#asleep = 0;
      setImmediate(() => this.pass(300_000)); // long enough to sleep through many ticks
    }
    await slept;
  }
}

describe.each(databases)("two tickers for 24 hours on %s", (_, openDatabase) => {
  it("open every due run once, without knowing of each other", { timeout: 300_000 }, async () => {
    const fresh = await openDatabase();
    try {
      const clock = new RunningClock(began);
      const projects: Project[] = [];
      for (const [i, timezone] of zones.entries()) {
        const groups = [{ key: "often", schedule: { cron: "*/30 * * * *" }, prompts: { topics: ["news"] } }];
        const wanted = definition({ key: `p${i}`, timezone, schedule: { cron: "0 0,2,6 * * *" }, groups });
        projects.push((await fresh.store.tx((tx) => applyDefinition(tx, wanted, began))).project);
      }
      const ending = new AbortController();
      const opened: string[] = [];
      let tries = 0;
      const open = async ({ id, key }: Project, { group, dueAt }: Due) => {
        tries++;
        const run = newRun({ projectId: id, dueAt, day: "2026-10-25", purpose: "scheduled", promptGroup: group });
        if (await fresh.store.tx((tx) => openRun(tx, run, []))) opened.push(`${key} ${group} ${dueAt}`);
        return true;
      };
      const sweep = () => {
        if (clock.now() >= began + hours * 3_600_000) ending.abort();
        return Promise.resolve();
      };
      const options = { store: fresh.store, clock, log: logInto([]), open, sweep };
      await Promise.all([runTicker(options, ending.signal), runTicker(options, ending.signal)]);
      const wanted = projects.flatMap((project) =>
        timesOf(project).flatMap((times) => dueUntil(times, project, clock.now())),
      );
      expect(opened.toSorted()).toEqual(wanted.toSorted());
      expect(opened.length).toBeGreaterThan(400);
      expect(tries).toBeGreaterThan(opened.length); // both tried
    } finally {
      await fresh.remove();
    }
  });
});

/** The due times whose wait was over at `end`. */
function dueUntil(times: GroupTimes, { id, key }: Project, end: number): string[] {
  const due: string[] = [];
  for (let at = nextDueAt(times, began)!; at < end; at = nextDueAt(times, at)!)
    if (at + jitterMs(times, `${id} ${times.group}`, at) <= end) due.push(`${key} ${times.group} ${at}`);
  return due;
}

it("finds what is due among ten thousand projects in well under a second", { timeout: 300_000 }, async () => {
  const fresh = await databases[0]![1]();
  try {
    const began = Date.parse("2026-03-02T12:00:00Z");
    const clock = new StillClock(began);
    for (let i = 0; i < 10_000; i += 500)
      await fresh.store.tx(async (tx) => {
        for (let n = i; n < i + 500; n++) {
          const schedule = { cron: `${n % 60} ${n % 24} * * *` };
          await applyDefinition(
            tx,
            definition({ key: `p${n}`, schedule, brands: [], prompts: [], assistants: [] }),
            began,
          );
        }
      });
    const projects = await listProjects(fresh.store.read);
    clock.pass(36 * 3_600_000);
    let opened = 0;
    const open = async ({ id }: Project, { group, dueAt }: Due) => {
      opened++;
      const run = newRun({ projectId: id, dueAt, day: "2026-03-03", purpose: "scheduled", promptGroup: group });
      return fresh.store.tx((tx) => openRun(tx, run, []));
    };
    const options = { store: fresh.store, clock, log: logInto([]), open };
    await tick(options);
    clock.pass(600_000);
    await tick(options);
    expect(opened).toBeGreaterThanOrEqual(projects.length);
    const before = opened;
    const start = performance.now();
    await tick(options);
    const tookMs = performance.now() - start;
    console.log(`a tick over ${projects.length} projects, none due: ${Math.round(tookMs)} ms`);
    expect(opened).toBe(before);
    expect(tookMs).toBeLessThan(2_000); // shared machines are slow
  } finally {
    await fresh.remove();
  }
});
