/** What is Postgres' alone: connections that break, how many there are, and how long they may be kept waiting. */
import pg from "pg";
import { eq, sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, it } from "vitest";
import { storeErrorIn } from "../../src/errors.ts";
import { openStore, type Db, type Store } from "../../src/store/index.ts";
import { emptyPostgres } from "../support/databases.ts";

let place: { url: string; drop: () => Promise<void> };
let store: Store;
let other: pg.Client;
beforeEach(async () => {
  place = await emptyPostgres();
  store = await openStore(place.url, 3);
  other = new pg.Client({ connectionString: place.url });
  await other.connect();
});
afterEach(async () => {
  await other.end();
  await store.close();
  await place.drop();
});

const ask = async <T>(db: Db, what: string): Promise<T> => {
  const [row] = await db.select({ found: sql<T>`found` }).from(sql.raw(`(select ${what} as found) as one`));
  return row!.found;
};

it("a connection that is ended between two queries of a transaction fails the transaction and nothing else", async () => {
  const broken = store.tx(async (tx) => {
    const pid = await ask<number>(tx, "pg_backend_pid()");
    await other.query("select pg_terminate_backend($1)", [pid]);
    for (let there = 1; there > 0;)
      there = (await other.query("select 1 from pg_stat_activity where pid = $1", [pid])).rowCount!;
    await ask(tx, "1");
  });
  await expect(broken).rejects.toThrow(/^Postgres: /);
  expect(await ask(store.read, "1")).toBe(1);
});

it("says what was lost also where something is read outside of a transaction", async () => {
  const waiting = ask(store.read, "pg_sleep(60)").catch((error: unknown) => error);
  const sleeps = "select pid from pg_stat_activity where query like '%pg_sleep(60)%' and pid <> pg_backend_pid()";
  let found: { pid: number }[] = [];
  while (found.length === 0) found = (await other.query<{ pid: number }>(sleeps)).rows;
  await other.query("select pg_terminate_backend($1)", [found[0]!.pid]);
  expect(storeErrorIn(await waiting)).toMatchObject({
    kind: "unreachable",
    message: expect.stringMatching(/^Postgres: Postgres was shut down/) as string,
  });
  expect(await ask(store.read, "1")).toBe(1);
});

it("does again what it and another transaction waited for each other in", async () => {
  const { lanes } = store.read.tables;
  const row = (name: string) => ({ name, failures: 0, pausedUntil: 0, concurrency: 1, reason: "server" as const });
  await store.tx(async (tx) => void (await tx.insert(lanes).values([row("a"), row("b")])));
  const has: Record<string, () => void> = {};
  const got = (name: string) => new Promise<void>((resolve) => (has[name] = resolve));
  const first = { a: got("a"), b: got("b") };
  let tries = 0;
  const change = (mine: "a" | "b", others: "a" | "b") =>
    store.tx(async (tx) => {
      tries++;
      const add = (name: string) =>
        tx
          .update(lanes)
          .set({ failures: sql`${lanes.failures} + 1` })
          .where(eq(lanes.name, name));
      await add(mine);
      has[mine]!();
      await first[others];
      await add(others);
    });
  await Promise.all([change("a", "b"), change("b", "a")]);
  expect(tries).toBe(3);
  const rows = await store.read.select().from(lanes);
  expect(rows.map(({ failures }) => failures)).toEqual([2, 2]);
});

it("holds no more connections than it is told to", async () => {
  let most = 0;
  await Promise.all(
    Array.from({ length: 12 }, () =>
      store.tx(async (tx) => {
        const there = Number(
          await ask(tx, "(select count(*) from pg_stat_activity where datname = current_database())"),
        );
        most = Math.max(most, there - 1); // the test's own is not the store's
      }),
    ),
  );
  expect(most).toBe(3);
});

it("has Postgres end what nothing of ours takes as long as", async () => {
  expect(await ask(store.read, "current_setting('statement_timeout')")).toBe("2min");
  expect(await ask(store.read, "current_setting('idle_in_transaction_session_timeout')")).toBe("1min");
  expect(await ask(store.read, "current_setting('lock_timeout')")).toBe("0");
});
