/** The queue on BullMQ against the worst: workers killed, Redis and Postgres restarted, and a Redis that will not do. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { inject, describe, expect, it, onTestFinished, vi } from "vitest";
import { BullQueue } from "../../src/queue/bullmq.ts";
import type { Engine } from "../../src/queue/engine.ts";
import { openQueue } from "../../src/queue/open.ts";
import type { Queue } from "../../src/queue/queue.ts";
import { openRedis } from "../../src/queue/redis.ts";
import type { Store } from "../../src/store/index.ts";
import { askJob, gate } from "../queue/implementations.ts";
import { realClock } from "../support/clock.ts";
import { emptyPostgres } from "../support/databases.ts";
import { handlers } from "../support/handlers.ts";
import { startPostgres } from "../support/postgres.ts";
import { startRedis } from "../support/redis.ts";

const lockMs = 900;
const noStore = {} as Store;

async function queueOn(
  databaseUrl: string,
  redisUrl: string | null,
  atOnce = Infinity,
): Promise<{ queue: Queue; broken: unknown[] }> {
  const broken: unknown[] = [];
  const queue = await openQueue({
    store: noStore,
    databaseUrl,
    redisUrl,
    connections: 5,
    atOnce,
    clock: realClock,
    random: Math.random,
    onGiveUp: (key) => broken.push(`gave up ${key}`),
    onBroken: (error) => broken.push(error),
    onTrouble: () => undefined,
  });
  onTestFinished(() => queue.stop(0));
  return { queue, broken };
}

const somewhere = "postgres://nobody@127.0.0.1:1/none";

/** Where a fresh queue is, by engine. */
async function placeOf(engine: string): Promise<{ databaseUrl: string; redisUrl: string | null }> {
  if (engine === "Redis") {
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    return { databaseUrl: somewhere, redisUrl: redis.url };
  }
  const { url, drop } = await emptyPostgres();
  onTestFinished(drop);
  return { databaseUrl: url, redisUrl: null };
}

async function startWorker(url: string, hear: (line: string) => void, lock = lockMs): Promise<ChildProcess> {
  const script = new URL("./queue-worker.ts", import.meta.url).pathname;
  const worker = spawn(process.execPath, ["--import", "tsx", script, url, String(lock)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void worker.kill("SIGKILL"));
  const lines = createInterface({ input: worker.stdout });
  await new Promise<void>((resolve) => lines.on("line", (line) => (line === "ready" ? resolve() : hear(line))));
  return worker;
}

describe.each(["Redis", "Postgres"])("workers on BullMQ on %s", (engine) => {
  it("leave to others what is more than they may have under way", async () => {
    const place = await placeOf(engine);
    const called: string[][] = [];
    const door = gate();
    const queues: Queue[] = [];
    for (const atOnce of [3, 4]) {
      const { queue } = await queueOn(place.databaseUrl, place.redisUrl, atOnce);
      const own: string[] = [];
      called.push(own);
      queue.lane("lane", 20);
      await queue.start(handlers({ ask: ({ questionId }) => (own.push(questionId), door.opened) }));
      queues.push(queue);
    }
    const ids = Array.from({ length: 12 }, (_, i) => `q${i}`);
    await queues[0]!.add(ids.map((id) => askJob(id)));
    await vi.waitFor(() => expect(called.map(({ length }) => length)).toEqual([3, 4]), {
      timeout: 15_000,
      interval: 5,
    });
    door.open();
    for (const queue of queues) await queue.idle();
    expect(called.flat().sort()).toEqual(ids.sort());
  });

  it(
    "lose no job when they are killed, and end within their time when they are told to",
    { timeout: 90_000 },
    async () => {
      const place = await placeOf(engine);
      const url = place.redisUrl ?? place.databaseUrl;
      const { queue } = await queueOn(place.databaseUrl, place.redisUrl);
      queue.lane("lane", 6);
      const ids = Array.from({ length: 150 }, (_, i) => `q${i}`);
      const [begun, done] = [new Set<string>(), new Set<string>()];
      const other: string[] = [];
      const hear = (line: string) => {
        const [what, id = ""] = line.split(" ");
        if (what === "begun") begun.add(id);
        else if (what === "done") done.add(id);
        else other.push(line);
      };
      await queue.add(ids.map((id) => askJob(id)));
      let workers = await Promise.all([startWorker(url, hear), startWorker(url, hear)]);
      while (begun.size < 30) await pause(5);
      workers[0].kill("SIGKILL");
      workers = [workers[1], await startWorker(url, hear)];
      workers[0].kill("SIGKILL");
      const [, last] = workers;
      while (done.size < ids.length) await pause(10);
      await queue.idle();
      expect([...done].sort()).toEqual([...ids].sort());
      expect(other).toEqual([]);
      expect(await queue.depths()).toEqual([]);
      const ended = once(last, "exit");
      last.kill("SIGTERM");
      expect(await ended).toEqual([0, null]);
    },
  );
});

it("takes over from a worker that was killed long before its locks end, on Redis", { timeout: 30_000 }, async () => {
  const { databaseUrl, redisUrl } = await placeOf("Redis");
  const { queue, broken } = await queueOn(databaseUrl, redisUrl);
  queue.lane("lane", 6);
  const begun: string[] = [];
  const worker = await startWorker(redisUrl!, (line) => void begun.push(line), 3_600_000);
  await queue.add(Array.from({ length: 300 }, (_, i) => askJob(`q${i}`)));
  while (begun.length < 6) await pause(5);
  worker.kill("SIGKILL");
  await queue.start(handlers({ ask: () => Promise.resolve() }));
  await queue.idle();
  expect(await queue.depths()).toEqual([]);
  expect(broken).toEqual([]);
});

describe("the queue on BullMQ", () => {
  /** Adds and does jobs all the while, and takes the server away in between. */
  async function throughout(queue: Queue, takeAway: () => Promise<void>): Promise<void> {
    const done = new Set<string>();
    queue.lane("lane", 10);
    const ask = async ({ questionId }: { questionId: string }) => {
      await pause(5);
      done.add(questionId);
    };
    await queue.start(handlers({ ask }));
    const ids = Array.from({ length: 300 }, (_, i) => `q${i}`);
    const away = takeAway();
    for (let from = 0; from < ids.length; from += 10) {
      await queue.add(ids.slice(from, from + 10).map((id) => askJob(id)));
      await pause(20);
    }
    await away;
    await queue.idle();
    expect([...done].sort()).toEqual([...ids].sort());
    expect(await queue.depths()).toEqual([]);
  }

  it("goes on when Redis is killed and comes back, twice", { timeout: 120_000 }, async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.stop());
    const { queue, broken } = await queueOn(somewhere, redis.url);
    await throughout(queue, async () => {
      for (const signal of ["SIGKILL", "SIGTERM"] as const) {
        await pause(150);
        await redis.restart(signal, 300);
      }
    });
    expect(broken).toEqual([]);
  });

  it("stops within its time while Redis is away", { timeout: 60_000 }, async () => {
    const redis = await startRedis();
    const { queue, broken } = await queueOn(somewhere, redis.url);
    await queue.start(handlers({ ask: () => redis.stop() }));
    await queue.add([askJob("last")]);
    const began = Date.now();
    await pause(500);
    await queue.stop(100);
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(broken).toEqual([]);
  });

  it("goes on when Postgres is restarted", { timeout: 120_000 }, async () => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop());
    const { queue, broken } = await queueOn(`${postgres.url}/postgres`, null);
    await throughout(queue, async () => {
      await pause(150);
      await postgres.restart();
    });
    expect(broken).toEqual([]);
  });

  it("refuses a Redis that would lose jobs or does not let it in, in one sentence without the password", async () => {
    const redis = await startRedis("--requirepass", "hemligt", "--maxmemory-policy", "allkeys-lru");
    onTestFinished(() => redis.stop());
    const place = redis.url.replace("redis://", "");
    const refused = (url: string) => queueOn(somewhere, url).then(() => "let in", String);
    expect(await refused(`redis://:hemligt@${place}`)).toMatch(
      /^StoreError: Redis at \S+ throws jobs away .*allkeys-lru/,
    );
    expect(await refused(`redis://:fel@${place}`)).toMatch(/^StoreError: Redis at \S+ refuses the user name or the/);
    expect(await refused(redis.url)).toMatch(/^StoreError: Redis at \S+ asks for a password/);
    const postgres = inject("postgresUrl").replace(/.*@/, "");
    expect(await refused(`redis://:hemligt@${postgres}`)).toMatch(/^StoreError: (?!.*hemligt)/);
  });
});

/** An engine on which something happens between the two steps of setting a job aside. */
const whileSettingAside = (engine: Engine, meanwhile: () => Promise<void>): Engine => ({
  ...engine,
  queue: (name) => {
    const backend = engine.queue(name);
    if (!name.startsWith("aside-")) return backend;
    const addJob = backend.addJob.bind(backend);
    backend.addJob = async (...job) => {
      const id = await addJob(...job);
      await meanwhile();
      return id;
    };
    return backend;
  },
});

it("keeps a job that is being set aside while it is asked for if it is missing, on Redis", async () => {
  const { redisUrl } = await placeOf("Redis");
  const bad = askJob("bad", { onlyIfMissing: true });
  const broken: unknown[] = [];
  const engine = whileSettingAside(await openRedis(redisUrl!, () => undefined), () => queue.add([bad]));
  const queue: Queue = new BullQueue({
    engine,
    clock: realClock,
    random: () => 0,
    onGiveUp: (key) => broken.push(`gave up ${key}`),
    onBroken: (error) => broken.push(error),
  });
  onTestFinished(() => queue.stop(0));
  await queue.start(handlers({ ask: () => Promise.reject(new Error("broken")) }));
  await queue.add([bad]);
  await queue.idle();
  expect(await queue.listSetAside(10)).toMatchObject([{ key: "ask-bad", error: "broken" }]);
  expect(broken).toEqual(["gave up ask-bad"]);
});
