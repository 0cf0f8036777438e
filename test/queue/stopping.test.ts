/** What every queue promises when it is stopped, aborted or dies: nothing is lost, nothing is begun that cannot end. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Queue } from "../../src/queue/queue.ts";
import { handlers } from "../support/handlers.ts";
import { askJob, gate, implementations, noteCalls, passUntil, soon, type Bench } from "./implementations.ts";

describe.each(implementations)("%s, when it ends,", (_, open) => {
  let bench: Bench;
  let queue: Queue;
  beforeEach(async () => {
    bench = await open();
    queue = await bench.queue();
  });
  afterEach(() => bench.close());

  it("lets running jobs end when it is stopped, takes no new ones, and leaves them to the next queue", async () => {
    const door = gate();
    const ended: string[] = [];
    const called = await noteCalls(queue, async (id) => {
      await door.opened;
      ended.push(id);
    });
    await queue.add([askJob("running"), askJob("waiting")]);
    await soon(() => expect(called).toEqual(["running"]));
    const stopped = queue.stop(60_000);
    await queue.add([askJob("added")]);
    door.open();
    await stopped;
    expect(called).toEqual(["running"]);
    expect(ended).toEqual(["running"]);

    queue = await bench.queue();
    const calledNext = await noteCalls(queue);
    await queue.idle();
    expect([...calledNext].sort()).toEqual(["added", "waiting"]);
  });

  it("aborts what is still running when the time to stop is up, and the next queue does it again", async () => {
    const begun: string[] = [];
    const aborted: number[] = [];
    await queue.start(
      handlers({
        ask: ({ questionId }, signal) => {
          begun.push(questionId);
          return new Promise((_, reject) => {
            signal.addEventListener("abort", () => (aborted.push(bench.now()), reject(new Error("aborted"))));
          });
        },
      }),
    );
    await queue.add([askJob("q1")]);
    await soon(() => expect(begun).toEqual(["q1"]));
    const stopping = bench.now();
    let stopped = false;
    const stop = queue.stop(5_000).then(() => (stopped = true));
    await passUntil(bench, () => stopped);
    await stop;
    expect(aborted).toHaveLength(1);
    expect(aborted[0]! - stopping).toBeGreaterThanOrEqual(5_000);

    queue = await bench.queue();
    const called = await noteCalls(queue);
    await queue.idle();
    expect(called).toEqual(["q1"]);
    expect(bench.setAside).toEqual([]);
  });

  it("tells those who wait for idleness when it is stopped", async () => {
    const called = await noteCalls(queue);
    await queue.add([askJob("later", { delayMs: 3_600_000 })]);
    const idle = queue.idle();
    await queue.stop(0);
    await expect(idle).resolves.toBeUndefined();
    expect(called).toEqual([]);
  });

  it("has the jobs of a queue that died taken over by the next when their leases end, and no others lost", async () => {
    const dead = await bench.dyingQueue();
    const calledDead: string[] = [];
    dead.lane("lane", 2);
    await dead.start(
      handlers({ ask: ({ questionId }) => (calledDead.push(questionId), new Promise(() => undefined)) }),
    );
    await dead.add(Array.from({ length: 6 }, (_, i) => askJob(`q${i}`)));
    await soon(() => expect(calledDead).toHaveLength(2));

    queue.lane("lane", 3);
    const called = await noteCalls(queue);
    await passUntil(bench, () => called.length === 6);
    await queue.idle();
    expect([...called].sort()).toEqual(["q0", "q1", "q2", "q3", "q4", "q5"]);
  });
});
