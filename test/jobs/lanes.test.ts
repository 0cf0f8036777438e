/** Lanes of a provider that fails: who waits, who finds out that it answers again, and that nothing bursts. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nameLanes } from "../../src/jobs/index.ts";
import { listLaneHealth } from "../../src/store/index.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { soon, startProject, type StartedProject } from "../support/started.ts";

describe.each(databases)("a provider that fails, on %s", (_, open) => {
  let fresh: FreshStore;
  let started: StartedProject;
  beforeEach(async () => void (fresh = await open()));
  afterEach(async () => {
    await started.home.close();
    await fresh.remove();
  });

  const health = async () => (await listLaneHealth(fresh.store.read))[0];
  const requests = () => started.home.town.calls().requests;
  const pass = (ms: number) => started.home.clock.pass(ms);

  /** Lets everything that can go on go on while time stands still. */
  async function settled(): Promise<void> {
    const { queue } = started.home.house;
    await soon(async () => expect(started.home.town.calls().underway).toBe(0));
    await queue.add([{ name: "reparse", key: "barrier", lane: "barrier", payload: { projectId: started.project.id } }]);
    await soon(async () => expect((await queue.depths()).some(({ lane }) => lane === "barrier")).toBe(false));
  }

  it("is left alone after five failures in a row, then asked by one question, and later and later", async () => {
    started = await startProject(fresh, 24, {}, { concurrency: 4 });
    started.home.town.setFaults({ rates: { server_error: 1 } });
    await started.home.house.work();
    for (let passed = 0; !(await health())?.pausedUntil && passed < 60; passed++) {
      await settled();
      pass(1_000);
    }
    await settled();
    const before = requests();
    const paused = (await health())!;
    expect(paused).toMatchObject({ concurrency: 1, failures: 5, reason: "server" });
    pass(10_000);
    await settled();
    expect(requests()).toBe(before);
    pass(paused.pausedUntil - started.home.clock.now());
    for (let passed = 0; requests() === before && passed < 60; passed++) {
      await settled(); // the questions sent before wait each for its own time
      pass(1_000);
    }
    await settled(); // the probe
    await soon(async () => expect((await health())!.failures).toBe(6));
    await settled();
    expect(requests()).toBe(before + 1);
    const again = (await health())!;
    expect(again.pausedUntil - started.home.clock.now()).toBeGreaterThan(29_000);
    expect(started.home.lines.filter((line) => line.includes("lane paused"))).toHaveLength(2);
  });

  it("comes back by one question at a time more, over restarts, too", async () => {
    started = await startProject(fresh, 24, {}, { concurrency: 4 });
    const { home } = started;
    home.town.setFaults({ rates: { server_error: 1 } });
    await home.house.work();
    for (let passed = 0; !(await health())?.pausedUntil && passed < 60; passed++) {
      await settled();
      pass(1_000);
    }
    await home.house.queue.stop(0);
    home.town.setFaults({ rates: {} });
    await home.reopen();
    const named: number[] = [];
    const { queue } = home.house;
    const real = queue.lane.bind(queue);
    queue.lane = (name, concurrency, perMinute) => {
      if (name.startsWith("ask-")) named.push(concurrency);
      real(name, concurrency, perMinute);
    };
    const { pausedUntil } = (await health())!;
    const stoppedAt = home.clock.now();
    expect(pausedUntil).toBeGreaterThan(stoppedAt);
    await home.finish();
    const calls = await fresh.store.read.select().from(fresh.store.read.tables.calls);
    expect(calls.filter(({ startedAt }) => startedAt > stoppedAt && startedAt < pausedUntil)).toEqual([]);
    expect(named).toEqual([1, 2, 3, 4]);
    expect(await listLaneHealth(fresh.store.read)).toEqual([]);
    expect(await started.states()).toEqual({ done: 24 });
  });

  it("is left alone by all its questions for as long as it says", async () => {
    started = await startProject(fresh, 6, {}, { concurrency: 1 });
    started.home.town.setFaults({ rates: { rate_limit: 1 }, retryAfterSeconds: 40 });
    await started.home.house.work();
    await soon(async () => expect((await health())?.pausedUntil).toBe(started.home.clock.now() + 40_000));
    started.home.town.setFaults({ rates: {} });
    pass(39_000);
    await settled();
    expect(requests()).toBe(1);
    await started.home.finish();
    expect(await started.states()).toEqual({ done: 6 });
    expect(requests()).toBe(7);
  });

  it("has the limits of its assistants: the larger number at once, the smaller a minute", async () => {
    started = await startProject(fresh, 1, {}, { concurrency: 3, requestsPerMinute: 600 });
    const { home } = started;
    const settings = { apiKey: "${KEY}", baseUrl: `${home.town.url}/v1` };
    const slot = { title: "x", adapter: "openai", model: "town-gpt", surface: "api", search: true, settings } as const;
    await home.apply({
      assistants: [
        { ...slot, key: "one", concurrency: 5, requestsPerMinute: null },
        { ...slot, key: "two", concurrency: 2, requestsPerMinute: 90 },
        { ...slot, key: "three", concurrency: 2, requestsPerMinute: 120 },
      ],
    });
    const named: unknown[] = [];
    home.house.queue.lane = (name, ...limits) => void (name.startsWith("ask-") && named.push(limits));
    await nameLanes(home.house);
    expect(named).toEqual([[5, 90]]);
  });
});
