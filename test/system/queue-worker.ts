/** A process that works on a queue until it is killed: says `begun` and `done` with each job's id. */
import { setTimeout as pause } from "node:timers/promises";
import { BullQueue } from "../../src/queue/bullmq.ts";
import { openPostgresQueue } from "../../src/queue/postgres.ts";
import { openRedis } from "../../src/queue/redis.ts";
import { handlers } from "../support/handlers.ts";
import { realClock } from "../support/clock.ts";

const [url = "", lockMs = ""] = process.argv.slice(2);
const lease = { lockMs: Number(lockMs), stalledMs: Number(lockMs) / 3 };
const hush = () => undefined;
const queue = new BullQueue({
  engine: await (url.startsWith("redis") ? openRedis(url, hush, lease) : openPostgresQueue(url, 5, hush, lease)),
  clock: realClock,
  random: Math.random,
  onGiveUp: (key) => console.log(`gave up ${key}`),
  onBroken: (error) => {
    throw error;
  },
});
const ask = async ({ questionId }: { questionId: string }) => {
  console.log(`begun ${questionId}`);
  await pause(40);
  console.log(`done ${questionId}`);
};
process.once("SIGTERM", () => void queue.stop(1_000)); // before anybody hears that it is ready
await queue.start(handlers({ ask }));
console.log("ready");
