/** What only the embedded queue has: rows, leases, exact delays, and several workers on Postgres. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RetryLater } from "../../src/errors.ts";
import { EmbeddedQueue } from "../../src/queue/embedded.ts";
import { insertJobs, takeDue } from "../../src/queue/job-rows.ts";
import type { Store } from "../../src/store/index.ts";
import { StillClock } from "../support/clock.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { handlers } from "../support/handlers.ts";
import { askJob, soon } from "../queue/implementations.ts";

const rowsOf = ({ read }: Store) => read.select().from(read.tables.jobs).orderBy(read.tables.jobs.key);

describe.each(databases)("the embedded queue's rows on %s", (_, open) => {
  let fresh: FreshStore;
  let clock: StillClock;
  let queues: EmbeddedQueue[];
  beforeEach(async () => {
    fresh = await open();
    clock = new StillClock();
    queues = [];
  });
  afterEach(async () => {
    for (const queue of queues) await queue.stop(0);
    await fresh.remove();
  });

  function queueOn(store: Store, onBroken: (error: unknown) => void = () => undefined): EmbeddedQueue {
    const queue = new EmbeddedQueue({ store, clock, random: () => 1, onGiveUp: () => undefined, onBroken });
    queues.push(queue);
    return queue;
  }

  it("are not there when the transaction they were added in rolls back", async () => {
    const adding = fresh.store.tx(async (tx) => {
      await insertJobs(tx, [askJob("a"), askJob("b")], clock.now());
      throw new Error("no");
    });
    await expect(adding).rejects.toThrow("no");
    expect(await rowsOf(fresh.store)).toEqual([]);
    await fresh.store.tx((tx) => insertJobs(tx, [askJob("a")], clock.now()));
    expect(await rowsOf(fresh.store)).toHaveLength(1);
  });

  it("are gone when their jobs are done", async () => {
    const queue = queueOn(fresh.store);
    await queue.start(handlers({}));
    await queue.add([askJob("a"), askJob("b")]);
    await queue.idle();
    expect(await rowsOf(fresh.store)).toEqual([]);
  });

  it("are put off by twice as much after every failure, at most a minute, and keep the reason in the end", async () => {
    const queue = queueOn(fresh.store);
    await queue.start(handlers({ ask: async () => Promise.reject(new Error("no such brand")) }));
    await queue.add([askJob("a")]);
    const delays: number[] = [];
    for (let attempt = 1; attempt < 8; attempt++) {
      await soon(async () => expect(await rowsOf(fresh.store)).toMatchObject([{ leaseUntil: 0, attempts: attempt }]));
      const [row] = await rowsOf(fresh.store);
      delays.push(row!.runAt - clock.now());
      clock.pass(row!.runAt - clock.now());
    }
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000]);
    await soon(async () => expect(await rowsOf(fresh.store)).toMatchObject([{ error: "no such brand", attempts: 8 }]));
  });

  it("wait exactly as long as RetryLater says and count no attempt", async () => {
    const queue = queueOn(fresh.store);
    await queue.start(handlers({ ask: async () => Promise.reject(new RetryLater(7_250, "busy")) }));
    await queue.add([askJob("a")]);
    const putBack = { leaseUntil: 0, attempts: 0, runAt: clock.now() + 7_250 };
    await soon(async () => expect(await rowsOf(fresh.store)).toMatchObject([putBack]));
  });

  it("count no attempt for a job that was only stopped", async () => {
    const queue = queueOn(fresh.store);
    let begun = 0;
    const untilAborted = (signal: AbortSignal) =>
      new Promise<void>((_, reject) => signal.addEventListener("abort", () => reject(new Error("aborted"))));
    await queue.start(handlers({ ask: (_payload, signal) => (begun++, untilAborted(signal)) }));
    await queue.add([askJob("a"), askJob("next in line")]);
    await soon(() => expect(begun).toBe(1));
    await queue.stop(0);
    expect(await rowsOf(fresh.store)).toMatchObject([
      { key: "ask-a", attempts: 0, leaseUntil: 0 },
      { key: "ask-next in line", attempts: 0, leaseUntil: 0 },
    ]);
  });

  it("run once more instead of being set aside when they were added again meanwhile", async () => {
    const queue = queueOn(fresh.store);
    let calls = 0;
    await queue.start(
      handlers({
        ask: async () => {
          if (++calls > 8) return;
          if (calls === 8) await queue.add([askJob("a")]);
          throw new Error("not yet");
        },
      }),
    );
    await queue.add([askJob("a")]);
    await soon(() => {
      clock.pass(10_000);
      expect(calls).toBe(9);
    });
    await queue.idle();
    expect(await rowsOf(fresh.store)).toEqual([]);
  });

  it("have their leases renewed for as long as the work takes", async () => {
    const queue = queueOn(fresh.store);
    let end: () => void = () => undefined;
    await queue.start(handlers({ ask: () => new Promise((resolve) => (end = resolve)) }));
    await queue.add([askJob("a")]);
    const leased = async () => expect(await rowsOf(fresh.store)).toMatchObject([{ leaseUntil: clock.now() + 60_000 }]);
    await soon(leased);
    for (let i = 0; i < 6; i++) {
      clock.pass(20_000);
      await soon(leased);
    }
    end();
    await queue.idle();
    expect(await rowsOf(fresh.store)).toEqual([]);
  });

  it("under a dead process's lease are free at the next start where nobody else can have them, else when it ends", async () => {
    const now = clock.now();
    await fresh.store.tx((tx) => insertJobs(tx, [askJob("a")], now));
    await fresh.store.tx((tx) => takeDue(tx, "lane", 1, now, now + 60_000));
    const begun: number[] = [];
    const queue = queueOn(fresh.store);
    await queue.start(handlers({ ask: async () => void begun.push(clock.now()) }));
    if (!fresh.store.exclusive) {
      clock.pass(59_999);
      await queue.add([askJob("barrier")]);
      await soon(() => expect(begun).toHaveLength(1));
      expect((await rowsOf(fresh.store))[0]).toMatchObject({ key: "ask-a", leaseUntil: now + 60_000 });
      await soon(() => {
        clock.pass(20_000);
        expect(begun).toHaveLength(2);
      });
    }
    await queue.idle();
    expect(begun.at(-1)! - now).toBeGreaterThanOrEqual(fresh.store.exclusive ? 0 : 60_000);
  });

  it("are taken in the order of their time, and only those that are due and free", async () => {
    const now = clock.now();
    await fresh.store.tx((tx) =>
      insertJobs(tx, [askJob("c", { delayMs: 2 }), askJob("b", { delayMs: 1 }), askJob("a", { delayMs: 9 })], now),
    );
    await fresh.store.tx((tx) => insertJobs(tx, [askJob("x", { lane: "other" })], now));
    const take = (at: number, limit: number) =>
      fresh.store.tx((tx) => takeDue(tx, "lane", limit, at, at + 100)).then((taken) => taken.map(({ key }) => key));
    expect(await take(now + 5, 1)).toEqual(["ask-b"]);
    expect(await take(now + 5, 10)).toEqual(["ask-c"]);
    expect(await take(now + 50, 10)).toEqual(["ask-a"]);
    expect((await take(now + 150, 10)).sort()).toEqual(["ask-a", "ask-b", "ask-c"]); // all leases are over
  });

  it("tell of a database that is lost, and the queue stops", async () => {
    const broken = new Error("the disk is gone");
    const flawed: Store = { ...fresh.store, tx: () => Promise.reject(broken) };
    await fresh.store.tx((tx) => insertJobs(tx, [askJob("a")], clock.now()));
    let heard: unknown;
    const queue = queueOn({ ...flawed, exclusive: false }, (error) => (heard = error));
    await queue.start(handlers({}));
    await queue.idle();
    await soon(() => expect(heard).toBe(broken));
  });
});

describe("several embedded queues on one Postgres", () => {
  it("share the jobs and do none of them twice", async () => {
    const [, openPostgres] = databases.find(([name]) => name === "Postgres")!;
    const fresh = await openPostgres();
    const called: string[] = [];
    const queues = Array.from({ length: 3 }, () => {
      const [clock, ignore] = [new StillClock(), () => undefined];
      const queue = new EmbeddedQueue({
        store: fresh.store,
        clock,
        random: () => 0,
        onGiveUp: ignore,
        onBroken: ignore,
      });
      queue.lane("lane", 3);
      return queue;
    });
    await queues[0]!.add(Array.from({ length: 60 }, (_, i) => askJob(`q${i}`)));
    const ask = async ({ questionId }: { questionId: string }) => void called.push(questionId);
    await Promise.all(queues.map((queue) => queue.start(handlers({ ask }))));
    await soon(() => expect(called.length).toBeGreaterThanOrEqual(60));
    for (const queue of queues) await queue.stop(0);
    expect(new Set(called).size).toBe(60);
    expect(called).toHaveLength(60);
    expect(await rowsOf(fresh.store)).toEqual([]);
    await fresh.remove();
  });
});
