/** What every queue promises, on every implementation. */
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RetryLater } from "../../src/errors.ts";
import type { Queue } from "../../src/queue/queue.ts";
import { askJob, gate, implementations, noteCalls, passUntil, soon, type Bench, type Work } from "./implementations.ts";

describe.each(implementations)("%s", (_, open) => {
  let bench: Bench;
  let queue: Queue;
  beforeEach(async () => {
    bench = await open();
    queue = await bench.queue();
  });
  afterEach(() => bench.close());

  const startNoting = (work?: Work) => noteCalls(queue, work);

  it("hands every job with its payload to the handler of its name", async () => {
    const told: unknown[] = [];
    await queue.add([
      askJob("q1"),
      { name: "rollup", key: "rollup-p-2026-03-02", lane: "rollup", payload: { projectId: "p", day: "2026-03-02" } },
      { name: "reparse", key: "reparse-å", lane: "reparse", payload: { projectId: "åäö 🎉" } },
    ]);
    await queue.start({
      ask: async (payload) => void told.push(["ask", payload]),
      rollup: async (payload) => void told.push(["rollup", payload]),
      redirects: async (payload) => void told.push(["redirects", payload]),
      reparse: async (payload) => void told.push(["reparse", payload]),
    });
    await queue.idle();
    expect(told).toHaveLength(3);
    expect(told).toContainEqual(["ask", { questionId: "q1" }]);
    expect(told).toContainEqual(["rollup", { projectId: "p", day: "2026-03-02" }]);
    expect(told).toContainEqual(["reparse", { projectId: "åäö 🎉" }]);
  });

  it("does a job once, also when it is added after the start", async () => {
    const called = await startNoting();
    await queue.add([askJob("q1")]);
    await queue.idle();
    await queue.add([askJob("q2")]);
    await queue.idle();
    expect(called).toEqual(["q1", "q2"]);
  });

  it("takes many jobs at once and does each of them once", async () => {
    queue.lane("lane", 20);
    const called = await startNoting();
    await queue.add(Array.from({ length: 350 }, (_, i) => askJob(`q${i}`)));
    await queue.idle();
    expect(called).toHaveLength(350);
    expect(new Set(called).size).toBe(350);
  });

  it("is idle at once when there is nothing to do", async () => {
    await startNoting();
    await expect(queue.idle()).resolves.toBeUndefined();
  });

  it("takes two jobs with one key for one job", async () => {
    queue.lane("lane", 5);
    await queue.add([askJob("q1"), askJob("q1", { delayMs: 60_000 }), askJob("q1")]);
    await queue.add([askJob("q1")]);
    const called = await startNoting();
    await queue.idle();
    expect(called).toEqual(["q1"]);
  });

  it("never has one key under way twice, and runs a key added meanwhile once more", async () => {
    queue.lane("lane", 5);
    const [first, second] = [gate(), gate()];
    const doors = [second, first];
    let underWay = 0;
    let most = 0;
    const called = await startNoting(async (id) => {
      if (id !== "q1") return;
      most = Math.max(most, ++underWay);
      await doors.pop()?.opened;
      underWay--;
    });
    await queue.add([askJob("q1")]);
    await soon(() => expect(called).toHaveLength(1));
    for (let i = 0; i < 3; i++) await queue.add([askJob("q1"), askJob(`barrier${i}`, { lane: "other" })]);
    await soon(() => expect(called.filter((id) => id.startsWith("barrier"))).toHaveLength(3));
    expect(called.filter((id) => id === "q1")).toHaveLength(1);
    first.open();
    await soon(() => expect(called.filter((id) => id === "q1")).toHaveLength(2));
    second.open();
    await queue.idle();
    expect(called.filter((id) => id === "q1")).toHaveLength(2);
    expect(most).toBe(1);
  });

  it("runs a job at its time and not before", async () => {
    queue.lane("lane", 5);
    const called = await startNoting();
    await queue.add([askJob("late", { delayMs: 5_000 }), askJob("now")]);
    await soon(() => expect(called).toEqual(["now"]));
    await bench.pass(4_999);
    await queue.add([askJob("barrier")]);
    await soon(() => expect(called).toEqual(["now", "barrier"]));
    await bench.pass(1);
    await queue.idle();
    expect(called).toEqual(["now", "barrier", "late"]);
  });

  it("brings a waiting key forward but never puts it off", async () => {
    const called = await startNoting();
    await queue.add([askJob("sooner", { delayMs: 3_600_000 }), askJob("kept", { delayMs: 1_000 })]);
    await queue.add([askJob("sooner"), askJob("kept", { delayMs: 3_600_000 })]);
    await soon(() => expect(called).toEqual(["sooner"]));
    await bench.pass(1_000);
    await queue.idle();
    expect(called).toEqual(["sooner", "kept"]);
  });

  it("keeps every lane at its concurrency, one where none was named", async () => {
    queue.lane("two", 2);
    const most: Record<string, number> = {};
    const underWay: Record<string, number> = {};
    const called = await startNoting(async (id) => {
      const lane = id.split("-")[0]!;
      underWay[lane] = (underWay[lane] ?? 0) + 1;
      most[lane] = Math.max(most[lane] ?? 0, underWay[lane]);
      await pause(1);
      underWay[lane]--;
    });
    await queue.add(
      Array.from({ length: 24 }, (_, i) => [
        askJob(`two-${i}`, { lane: "two" }),
        askJob(`one-${i}`, { lane: "one" }),
      ]).flat(),
    );
    await queue.idle();
    expect(called).toHaveLength(48);
    expect(most).toEqual({ two: 2, one: 1 });
  });

  it("has as many jobs of a lane under way as it may", async () => {
    queue.lane("lane", 20);
    const door = gate();
    const called = await startNoting(() => door.opened);
    await queue.add(Array.from({ length: 30 }, (_, i) => askJob(`q${i}`)));
    await soon(() => expect(called).toHaveLength(20));
    door.open();
    await queue.idle();
    expect(called).toHaveLength(30);
  });

  it("has no more of a lane under way than its process may", async () => {
    const own = await bench.queue(3);
    own.lane("lane", 20);
    const door = gate();
    let [now, most] = [0, 0];
    const called = await noteCalls(own, async () => {
      most = Math.max(most, ++now);
      await door.opened;
      now--;
    });
    await own.add(Array.from({ length: 12 }, (_, i) => askJob(`q${i}`)));
    await soon(() => expect(called).toHaveLength(3));
    door.open();
    await own.idle();
    expect(called).toHaveLength(12);
    expect(most).toBe(3);
  });

  it("lets no lane wait for another", async () => {
    const door = gate();
    const called = await startNoting((id) => (id === "stuck" ? door.opened : undefined));
    await queue.add([askJob("stuck", { lane: "a" }), askJob("waits", { lane: "a" })]);
    await queue.add([askJob("free1", { lane: "b" }), askJob("free2", { lane: "b" })]);
    await soon(() => expect([...called].sort()).toEqual(["free1", "free2", "stuck"]));
    door.open();
    await queue.idle();
    expect(called.at(-1)).toBe("waits");
  });

  it("runs a job that throws RetryLater again after its delay, however often, and never sets it aside", async () => {
    const times: number[] = [];
    const called = await startNoting(() => {
      times.push(bench.now());
      if (times.length < 12) throw new RetryLater(30_000, "the assistant is busy");
    });
    await queue.add([askJob("q1")]);
    await passUntil(bench, () => times.length === 12);
    await queue.idle();
    expect(called).toHaveLength(12);
    const waits = times.slice(1).map((time, i) => time - times[i]!);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(30_000);
    expect(bench.setAside).toEqual([]);
  });

  it("runs a job that throws again with growing delays and then sets it aside with its reason", async () => {
    const times: number[] = [];
    const called = await startNoting((id) => {
      if (id !== "bad") return;
      times.push(bench.now());
      throw new Error("no such brand");
    });
    await queue.add([askJob("bad")]);
    await passUntil(bench, () => bench.setAside.length > 0);
    expect(bench.setAside).toEqual([{ key: "ask-bad", reason: "Error: no such brand" }]);
    expect(times.length).toBeGreaterThan(3);
    expect(times.at(-1)! - times.at(-2)!).toBeGreaterThan(10_000); // the first delay is under a second
    await bench.pass(24 * 3_600_000);
    await queue.add([askJob("good")]);
    await queue.idle(); // what is set aside does not count
    expect(called.filter((id) => id === "bad")).toHaveLength(times.length);
    expect(called.at(-1)).toBe("good");
  });

  it("does a job that was set aside when it is added again", async () => {
    let mended = false;
    const called = await startNoting(() => {
      if (!mended) throw new Error("broken");
    });
    await queue.add([askJob("q1")]);
    await passUntil(bench, () => bench.setAside.length > 0);
    const tries = called.length;
    mended = true;
    await queue.add([askJob("q1")]);
    await soon(() => expect(called).toHaveLength(tries + 1));
    await queue.idle();
    expect(bench.setAside).toHaveLength(1);
  });

  it("does not begin a job twice when the clock jumps while it works", async () => {
    queue.lane("lane", 2);
    const door = gate();
    const called = await startNoting((id) => (id === "long" ? door.opened : undefined));
    await queue.add([askJob("long")]);
    await soon(() => expect(called).toEqual(["long"]));
    for (let i = 0; i < 3; i++) {
      await bench.pass(24 * 3_600_000);
      await queue.add([askJob(`barrier${i}`)]);
      await soon(() => expect(called).toHaveLength(2 + i));
    }
    door.open();
    await queue.idle();
    expect(called).toEqual(["long", "barrier0", "barrier1", "barrier2"]);
  });
});
