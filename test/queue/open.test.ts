/** Which queue is opened for which addresses, and what is said where none can be. */
import { inject, expect, it, onTestFinished } from "vitest";
import pg from "pg";
import { openQueue } from "../../src/queue/open.ts";
import type { Store } from "../../src/store/index.ts";
import { StillClock } from "../support/clock.ts";
import { emptyPostgres } from "../support/databases.ts";

const opened = (databaseUrl: string, redisUrl: string | null) =>
  openQueue({
    store: {} as Store,
    databaseUrl,
    redisUrl,
    connections: 5,
    clock: new StillClock(),
    random: () => 0,
    onGiveUp: () => undefined,
    onBroken: () => undefined,
    onTrouble: () => undefined,
  });

it("keeps jobs in SQLite alone, and refuses Redis beside it", async () => {
  expect((await opened("citera.db", null)).constructor.name).toBe("EmbeddedQueue");
  await expect(opened("citera.db", "redis://127.0.0.1:1")).rejects.toThrow(
    /^REDIS_URL is set, but Redis is used together with Postgres only; take REDIS_URL out, or set DATABASE_URL/,
  );
});

it("says where Redis cannot be reached, without the password", async () => {
  const refused = opened("postgres://127.0.0.1:1/c", "redis://:hemligt@127.0.0.1:1");
  await expect(refused).rejects.toThrow(/^Redis at 127\.0\.0\.1:1 cannot be reached \((?!.*hemligt).*check REDIS_URL/);
  await expect(opened("postgres://127.0.0.1:1/c", "nonsense")).rejects.toThrow(/^REDIS_URL is no address of a Redis/);
});

it("says which right is missing where BullMQ's schema cannot be made on Postgres", async () => {
  const { url, drop } = await emptyPostgres();
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  const role = `guest_${Date.now()}`;
  await owner.query(`create role ${role} login password 'hemligt'`);
  onTestFinished(async () => {
    await owner.query(`drop role ${role}`);
    await owner.end();
    await drop();
  });
  const asGuest = url.replace(/\/\/.*@/, `//${role}:hemligt@`);
  expect(asGuest).not.toBe(url);
  await expect(opened(asGuest, null)).rejects.toThrow(/may not use the schema bullmq.*as the database's owner run/);
  expect(inject("postgresUrl")).not.toContain("hemligt");
});
