/** What every queue promises of its lanes, and of what it could not do, on every implementation. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
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

  it("tells what was set aside and why, latest first, and has it begin anew when told to", async () => {
    const broken = new Set(["a", "b"]);
    const called = await startNoting((id) => {
      if (broken.has(id)) throw new Error(`${id} is broken`);
    });
    await queue.add([askJob("a"), askJob("good")]);
    await passUntil(bench, () => bench.setAside.length === 1);
    await queue.add([askJob("b", { lane: "other" })]);
    await passUntil(bench, () => bench.setAside.length === 2);
    const told = await queue.listSetAside(10);
    expect(told).toMatchObject([
      { key: "ask-b", name: "ask", lane: "other", error: "b is broken" },
      { key: "ask-a", name: "ask", lane: "lane", error: "a is broken" },
    ]);
    expect(told[0]!.at).toBeGreaterThanOrEqual(told[1]!.at);
    expect(told[0]!.attempts).toBeGreaterThan(3);
    expect(await queue.listSetAside(1)).toHaveLength(1);
    broken.clear();
    const before = called.length;
    expect(await queue.retry(["ask-a", "ask-nobody"])).toBe(1);
    await queue.idle();
    expect(called.slice(before)).toEqual(["a"]);
    expect(await queue.retry()).toBe(1);
    await queue.idle();
    expect(called.slice(before)).toEqual(["a", "b"]);
    expect(await queue.listSetAside(10)).toEqual([]);
  });

  it("tells how full its lanes are, and how long the first has waited", async () => {
    const door = gate();
    const called = await startNoting((id) => {
      if (id === "bad") throw new Error("bad");
      return door.opened;
    });
    await queue.add([askJob("bad", { lane: "b" })]);
    await passUntil(bench, () => bench.setAside.length === 1);
    await queue.add([askJob("q1")]);
    await soon(() => expect(called).toContain("q1"));
    await queue.add([askJob("q2"), askJob("q3"), askJob("late", { delayMs: 3_600_000 })]);
    await bench.pass(5_000);
    const depths = new Map((await queue.depths()).map((depth) => [depth.lane, depth]));
    expect(depths.get("b")).toEqual({ lane: "b", waiting: 0, delayed: 0, underWay: 0, setAside: 1, oldestMs: null });
    // one more may have been taken and lie ready
    const { waiting, underWay, delayed, setAside, oldestMs } = depths.get("lane")!;
    expect([waiting + underWay, delayed, setAside]).toEqual([3, 1, 0]);
    expect(underWay).toBeGreaterThanOrEqual(1);
    expect(oldestMs).toBeGreaterThanOrEqual(waiting > 0 ? 5_000 : 0);
    door.open();
  });

  it("begins nothing in a lane that is paused, lets the others go on, and goes on itself when the time is over", async () => {
    queue.lane("lane", 5);
    const called = await startNoting();
    await queue.pause("lane", 30_000);
    await queue.add([askJob("held"), askJob("free", { lane: "other" })]);
    await soon(() => expect(called).toEqual(["free"]));
    await bench.pass(29_000);
    await queue.add([askJob("barrier", { lane: "other" })]);
    await soon(() => expect(called).toEqual(["free", "barrier"]));
    await bench.pass(1_500);
    await soon(() => expect(called).toEqual(["free", "barrier", "held"]));
    await queue.pause("lane", 3_600_000);
    await queue.add([askJob("again")]);
    await queue.pause("lane", 0);
    await soon(() => expect(called).toHaveLength(4));
  });

  it("spreads the starts of a lane evenly where only so many may begin in a minute", async () => {
    queue.lane("lane", 50, 60);
    const times: number[] = [];
    await startNoting(() => void times.push(bench.now()));
    await queue.add(Array.from({ length: 6 }, (_, i) => askJob(`q${i}`)));
    await passUntil(bench, () => times.length === 6);
    // each begins a moment after it was allowed to
    expect(times.at(-1)! - times[0]!).toBeGreaterThanOrEqual(4_000);
    await queue.idle();
  });

  it("takes a lane's new limits while it works", async () => {
    const door = gate();
    const called = await startNoting(() => door.opened);
    await queue.add(Array.from({ length: 9 }, (_, i) => askJob(`q${i}`)));
    await soon(() => expect(called).toHaveLength(1));
    queue.lane("lane", 4);
    await soon(() => expect(called).toHaveLength(4));
    door.open();
    await queue.idle();
    expect(called).toHaveLength(9);
  });
});
