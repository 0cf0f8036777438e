/** Opens the queue that fits the database: embedded on SQLite, BullMQ on Redis or on Postgres. */
import type { Clock } from "../domain.ts";
import { InputError, StoreError } from "../errors.ts";
import { isPostgres, type Store } from "../store/index.ts";
import { words } from "../words/index.ts";
import { EmbeddedQueue } from "./embedded.ts";
import type { Engine } from "./engine.ts";
import type { Queue } from "./queue.ts";
import { judgeRedis } from "./redis-look.ts";

export { judgeRedis };

const troubleEveryMs = 10_000;

export interface QueueOptions {
  store: Store;
  /** Where the store's data is. */
  databaseUrl: string;
  /** Null where jobs are kept in the database. */
  redisUrl: string | null;
  /** Connections to Postgres for a queue that is kept there. */
  connections: number;
  /** Jobs of one lane that this process has under way at most: as many as the lane allows unless given. */
  atOnce?: number;
  clock: Clock;
  /** 0 to 1, for jitter. */
  random: () => number;
  /** Told when a job is set aside for good. */
  onGiveUp: (key: string, error: unknown) => void;
  /** Told when the queue's database cannot be used any more; the queue has stopped. */
  onBroken: (error: unknown) => void;
  /** Told of what will pass: a connection that was lost. */
  onTrouble: (error: unknown) => void;
}

/** Throws InputError for Redis beside SQLite, StoreError where the queue's database cannot be used. */
export async function openQueue({ store, onTrouble, ...options }: QueueOptions): Promise<Queue> {
  const { databaseUrl, redisUrl, connections, ...rest } = options;
  if (!isPostgres(databaseUrl)) {
    if (redisUrl !== null) throw new InputError(words.en.doctor.redis.onlyPostgres);
    return new EmbeddedQueue({ store, ...rest });
  }
  const { BullQueue } = await import("./bullmq.ts");
  const engine = await openEngine({ databaseUrl, redisUrl, connections }, seldom(onTrouble, rest.clock));
  return new BullQueue({ engine, ...rest });
}

async function openEngine(
  { databaseUrl, redisUrl, connections }: Pick<QueueOptions, "databaseUrl" | "redisUrl" | "connections">,
  onTrouble: (error: unknown) => void,
): Promise<Engine> {
  if (redisUrl === null) return (await import("./postgres.ts")).openPostgresQueue(databaseUrl, connections, onTrouble);
  const { level, says, badAddress } = await judgeRedis(redisUrl, words.en.doctor.redis);
  if (badAddress) throw new InputError(says);
  if (level === "fail") throw new StoreError("unreachable", says);
  if (level === "warn") onTrouble(new Error(says));
  return (await import("./redis.ts")).openRedis(redisUrl, onTrouble);
}

/** A database that is away is tried many times a minute, and told of once. */
function seldom(tell: (error: unknown) => void, clock: Clock): (error: unknown) => void {
  let toldAt = -Infinity;
  return (error) => {
    if (clock.now() - toldAt < troubleEveryMs) return;
    toldAt = clock.now();
    tell(error);
  };
}
