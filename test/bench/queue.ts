/** What a queue adds to jobs of 100 ms with 200 of them in flight, on each engine, next to the time of the jobs alone. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createPostgresBackend, Queue, Worker, type PostgresConnectionOptions } from "bullmq";
import pg from "pg";
import { realClock } from "../support/clock.ts";
import { handlers } from "../support/handlers.ts";
import { startPostgres } from "../support/postgres.ts";
import { startRedis } from "../support/redis.ts";
import { openQueue, openStore } from "./built.ts";

const inFlight = 200;
const jobMs = 100;
const jobs = 6_000;
const rounds = 3;

export async function queue(): Promise<void> {
  await onSqlite();
  const postgres = await startPostgres();
  const redis = await startRedis();
  try {
    await shown("BullMQ on Redis", 10, `${postgres.url}/postgres`, redis.url);
    await shown("BullMQ on Postgres", 15, `${postgres.url}/postgres`, null);
    await shownAlone(`${postgres.url}/postgres`);
  } finally {
    await redis.stop();
    await postgres.stop();
  }
}

async function onSqlite(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "citera-bench-"));
  await shown("embedded on SQLite", 5, join(folder, "citera.db"), null);
  rmSync(folder, { recursive: true, force: true });
}

async function shown(name: string, limit: number, databaseUrl: string, redisUrl: string | null): Promise<void> {
  const store = await openStore(databaseUrl);
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) ratios.push(await overhead({ store, databaseUrl, redisUrl }, round));
  await store.close();
  const percent = ratios.sort((a, b) => a - b).map((ratio) => ((ratio - 1) * 100).toFixed(1));
  console.log(
    `queue: ${name} adds ${percent[Math.floor(rounds / 2)]} % (limit ${limit} %; from ${percent[0]} to ${percent.at(-1)}) to ${jobs} jobs of ${jobMs} ms, ${inFlight} in flight`,
  );
}

/** BullMQ's own worker on the same Postgres, with the same limit for all processes: the peer of what we add there. */
async function shownAlone(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 8, options: "-c search_path=bullmq" });
  const connection = pool as unknown as PostgresConnectionOptions; // which has an index signature that pools lack
  const bare = new Queue("bare", { connection }, createPostgresBackend);
  await bare.setGlobalConcurrency(inFlight);
  const added = Array.from({ length: jobs }, (_, i) => ({ name: "ask", data: { questionId: String(i) } }));
  await bare.addBulk(added);
  let [first, last, ended] = [0, 0, 0];
  const ask = async () => {
    first ||= performance.now();
    await pause(jobMs);
    last = performance.now();
  };
  const options = { connection, concurrency: inFlight, removeOnComplete: { count: 0 } };
  const worker = new Worker("bare", ask, options, createPostgresBackend);
  await new Promise<void>((resolve) => worker.on("completed", () => void (++ended === jobs && resolve())));
  await worker.close();
  await bare.close();
  await pool.end();
  const percent = ((last - first) / ((jobs / inFlight) * jobMs) - 1) * 100;
  console.log(`queue: BullMQ's own worker on the same Postgres adds ${percent.toFixed(1)} %`);
}

/** The time from the first job's beginning to the last one's end, as a multiple of what the jobs alone take. */
async function overhead(
  place: Pick<Parameters<typeof openQueue>[0], "store" | "databaseUrl" | "redisUrl">,
  round: number,
): Promise<number> {
  const fail = (error: unknown) => {
    throw error;
  };
  const queue = await openQueue({
    ...place,
    connections: 8,
    clock: realClock,
    random: Math.random,
    onGiveUp: (_, error) => fail(error),
    onBroken: fail,
    onTrouble: fail,
  });
  queue.lane("bench", inFlight);
  await queue.add(
    Array.from({ length: jobs }, (_, i) => ({
      name: "ask" as const,
      key: `ask-${round}-${i}`,
      lane: "bench",
      payload: { questionId: String(i) },
    })),
  );
  let [first, last] = [0, 0];
  const ask = async () => {
    first ||= performance.now();
    await pause(jobMs);
    last = performance.now();
  };
  await queue.start(handlers({ ask }));
  await queue.idle();
  await queue.stop(0);
  return (last - first) / ((jobs / inFlight) * jobMs);
}
