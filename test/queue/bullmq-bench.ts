/** BullMQ's two databases as benches for the queue's contract, with a clock that the tests hold. */
import { Redis } from "ioredis";
import { inject } from "vitest";
import { BullQueue } from "../../src/queue/bullmq.ts";
import { usualLease, type Engine, type Lease } from "../../src/queue/engine.ts";
import { openPostgresQueue } from "../../src/queue/postgres.ts";
import type { Queue } from "../../src/queue/queue.ts";
import { openRedis } from "../../src/queue/redis.ts";
import { StillClock } from "../support/clock.ts";
import { emptyPostgres } from "../support/databases.ts";
import type { Bench } from "./implementations.ts";

interface Place {
  open(lease: Lease): Promise<Engine>;
  /** Lets time pass for the server, where it has a clock of its own. */
  pass(ms: number): Promise<void>;
  /** For how long a worker that dies keeps its jobs: short where that is the server's time. */
  dyingLockMs: number;
  remove(): Promise<void>;
}

const ignore = () => undefined;

class BullBench implements Bench {
  readonly setAside: { key: string; reason: string }[] = [];
  readonly #place: Place;
  readonly #clock = new StillClock();
  readonly #queues: Queue[] = [];
  readonly #dying: Engine[] = [];
  readonly #broken: unknown[] = [];
  readonly #realNow = Date.now;

  constructor(place: Place) {
    this.#place = place;
    Date.now = () => this.#clock.now(); // BullMQ looks at the clock itself
  }

  async queue(atOnce?: number): Promise<Queue> {
    const queue = this.#on(await this.#place.open(usualLease), this.#clock, atOnce);
    this.#queues.push(queue);
    return queue;
  }

  /** Its clock stands still for ever, so it never renews what it has taken. */
  async dyingQueue(): Promise<Queue> {
    const engine = await this.#place.open({ ...usualLease, lockMs: this.#place.dyingLockMs });
    this.#dying.push(engine);
    return this.#on(engine, new StillClock(this.#clock.now()));
  }

  now(): number {
    return this.#clock.now();
  }

  async pass(ms: number): Promise<void> {
    await this.#place.pass(ms);
    this.#clock.pass(ms);
  }

  async close(): Promise<void> {
    for (const queue of this.#queues) await queue.stop(0);
    for (const engine of this.#dying) await engine.close();
    Date.now = this.#realNow;
    await this.#place.remove();
    if (this.#broken.length) throw this.#broken[0];
  }

  #on(engine: Engine, clock: StillClock, atOnce = Infinity): Queue {
    return new BullQueue({
      engine,
      atOnce,
      clock,
      random: () => 0.5,
      onGiveUp: (key, error) => this.setAside.push({ key, reason: String(error) }),
      onBroken: (error) => this.#broken.push(error),
    });
  }
}

async function onPostgres(): Promise<Bench> {
  const { url, drop } = await emptyPostgres();
  return new BullBench({
    open: (lease) => openPostgresQueue(url, 8, ignore, lease),
    pass: async () => undefined,
    dyingLockMs: usualLease.lockMs,
    remove: drop,
  });
}

/** Files of tests run beside each other, each in a database of the server of its own. */
async function onRedis(): Promise<Bench> {
  const url = `${inject("redisUrl")}/${Number(process.env["VITEST_POOL_ID"]) % 16}`;
  const client = new Redis(url);
  await client.flushdb();
  return new BullBench({
    open: (lease) => openRedis(url, ignore, lease),
    pass: (ms) => shorten(client, ms),
    dyingLockMs: 300,
    remove: async () => client.disconnect(),
  });
}

/** What ends by itself ends so much earlier, but for the locks of jobs: a worker renews those by its own clock. */
async function shorten(client: Redis, ms: number): Promise<void> {
  for (const key of await client.keys("citera:*")) {
    if (key.endsWith(":lock")) continue;
    const left = await client.pttl(key);
    if (left > 0) await client.pexpire(key, Math.max(0, left - ms));
  }
}

export const onBullmq: [name: string, open: () => Promise<Bench>][] = [
  ["BullMQ on Postgres", onPostgres],
  ["BullMQ on Redis", onRedis],
];
