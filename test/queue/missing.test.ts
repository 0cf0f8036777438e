/** What every queue promises of jobs that are added only if they are missing, on every implementation. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RetryLater } from "../../src/errors.ts";
import type { Queue } from "../../src/queue/queue.ts";
import { askJob, gate, implementations, noteCalls, passUntil, soon, type Bench } from "./implementations.ts";

/** The job with the key of `id`, with a payload of its own. */
const ifMissing = (id: string, delayMs = 0) => ({
  ...askJob("again", { delayMs, onlyIfMissing: true }),
  key: `ask-${id}`,
});

describe.each(implementations)("%s, asked for a job only if it is missing,", (_, open) => {
  let bench: Bench;
  let queue: Queue;
  beforeEach(async () => {
    bench = await open();
    queue = await bench.queue();
    queue.lane("lane", 5);
  });
  afterEach(() => bench.close());

  it("adds it where it is, for its time", async () => {
    const called = await noteCalls(queue);
    await queue.add([askJob("now", { onlyIfMissing: true }), askJob("late", { onlyIfMissing: true, delayMs: 5_000 })]);
    await soon(() => expect(called).toEqual(["now"]));
    await bench.pass(5_000);
    await queue.idle();
    expect(called).toEqual(["now", "late"]);
    await queue.add([askJob("now", { onlyIfMissing: true })]);
    await queue.idle();
    expect(called).toEqual(["now", "late", "now"]);
  });

  it("leaves one that waits its time and its payload", async () => {
    const called = await noteCalls(queue);
    await queue.add([askJob("late", { delayMs: 5_000 })]);
    await queue.add([ifMissing("late"), askJob("barrier")]);
    await soon(() => expect(called).toEqual(["barrier"]));
    await bench.pass(4_999);
    await queue.add([ifMissing("late"), askJob("barrier")]);
    await soon(() => expect(called).toEqual(["barrier", "barrier"]));
    await bench.pass(1);
    await queue.idle();
    expect(called).toEqual(["barrier", "barrier", "late"]);
  });

  it("brings forward one that waits where somebody else wants it in any case", async () => {
    const called = await noteCalls(queue);
    await queue.add([askJob("late", { delayMs: 3_600_000 })]);
    await queue.add([ifMissing("late"), askJob("late", { delayMs: 1_000 }), ifMissing("late")]);
    await bench.pass(1_000);
    await queue.idle();
    expect(called).toEqual(["late"]);
  });

  it("leaves one that is under way the time at which it wants to run again", async () => {
    const door = gate();
    const called = await noteCalls(queue, async (id) => {
      if (id !== "q1" || called.filter((other) => other === "q1").length > 1) return;
      await door.opened;
      throw new RetryLater(30_000, "not all of it");
    });
    await queue.add([askJob("q1")]);
    await soon(() => expect(called).toEqual(["q1"]));
    await queue.add([ifMissing("q1"), askJob("barrier")]);
    await soon(() => expect(called).toEqual(["q1", "barrier"]));
    door.open();
    await soon(async () => expect(await queue.depths()).toMatchObject([{ waiting: 0, delayed: 1, underWay: 0 }]));
    await bench.pass(29_999);
    await queue.add([ifMissing("q1"), askJob("barrier")]);
    await soon(() => expect(called).toEqual(["q1", "barrier", "barrier"]));
    await bench.pass(1);
    await queue.idle();
    expect(called).toEqual(["q1", "barrier", "barrier", "q1"]);
  });

  it("leaves nothing behind one that is under way and ends", async () => {
    const door = gate();
    const called = await noteCalls(queue, () => door.opened);
    await queue.add([askJob("q1")]);
    await soon(() => expect(called).toEqual(["q1"]));
    await queue.add([ifMissing("q1", 60_000)]);
    door.open();
    await queue.idle();
    expect(called).toEqual(["q1"]);
    expect(await queue.depths()).toEqual([]);
  });

  it("sets aside one that fails for the last time meanwhile, and has it begin anew afterwards", async () => {
    let mended = false;
    const called = await noteCalls(queue, async () => {
      await queue.add([ifMissing("bad")]);
      if (!mended) throw new Error("broken");
    });
    await queue.add([askJob("bad")]);
    await passUntil(bench, () => bench.setAside.length > 0);
    expect(bench.setAside).toEqual([{ key: "ask-bad", reason: "Error: broken" }]);
    expect(await queue.listSetAside(10)).toMatchObject([{ key: "ask-bad" }]);
    const tries = called.length;
    mended = true;
    await queue.add([askJob("bad", { onlyIfMissing: true })]);
    await soon(() => expect(called).toHaveLength(tries + 1));
    await queue.idle();
    expect(called).toEqual(Array.from({ length: tries + 1 }, () => "bad"));
    expect(await queue.listSetAside(10)).toEqual([]);
  });
});
