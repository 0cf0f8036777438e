/** BullMQ on Redis: one connection for a process, which comes back by itself when Redis does. */
import { randomUUID } from "node:crypto";
import { messageOf } from "../errors.ts";
import { abandonedIn, nameOf } from "./redis-presence.ts";
import { neverGiveUp, usualLease, type Engine, type Lease } from "./engine.ts";

/** Before all our keys. */
const prefix = "citera";
/** What Redis says while it is loading, full, or no primary. */
const passing = /^(?:LOADING|OOM|READONLY|BUSY|MASTERDOWN|MISCONF|TRYAGAIN|CLUSTERDOWN)|ECONN|ETIMEDOUT|EPIPE|closed/;

/** Connects; commands wait while Redis is away. `onTrouble` hears of every lost connection. */
export async function openRedis(
  url: string,
  onTrouble: (error: unknown) => void,
  lease: Lease = usualLease,
): Promise<Engine> {
  const [{ QueueBase }, { Redis }] = await Promise.all([import("bullmq"), import("ioredis")]);
  const token = randomUUID();
  const client = new Redis(url, {
    connectionName: nameOf(token),
    maxRetriesPerRequest: null,
    retryStrategy: (tries) => Math.min(tries * 100, 2_000),
  });
  client.on("error", onTrouble);
  const options = {
    connection: client,
    prefix,
    lockDuration: lease.lockMs,
    stalledInterval: lease.stalledMs,
    maxStalledCount: neverGiveUp,
  };
  const root = new QueueBase("root", options);
  root.on("error", onTrouble);
  await root.waitUntilReady();
  const backend = root.getBackend();
  const keyOf = (queue: string, name: string) => `${prefix}:${queue}:${name}`;
  return {
    lease,
    token,
    queue: (name) => backend.forQueue(name),
    forgetAgain: async (queue, key) => (await client.del(keyOf(queue, `dn:${key}`))) > 0,
    dueAt: async (queue, id) => {
      const score = await client.zscore(keyOf(queue, "delayed"), id);
      return score === null ? null : Math.floor(Number(score) / scorePerMs);
    },
    abandoned: (queue) =>
      abandonedIn(
        client,
        token,
        (name) => keyOf(queue, name),
        (missed) => `${prefix}:missed:${missed}`,
      ),
    passes: (error) => passing.test(messageOf(error)),
    close: async () => {
      await root.close();
      client.disconnect();
    },
  };
}

/** BullMQ keeps the order of jobs due in the same millisecond in a score's lowest bits. */
const scorePerMs = 0x1000;
