/** A look at a database tells what it is, in both kinds, and leaves it as it was. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { StoreError } from "../../src/errors.ts";
import { folderOf, lookAtStore, openStore } from "../../src/store/index.ts";
import { emptyPostgres, freshFolder } from "../support/databases.ts";

let folder: string;
beforeEach(() => void (folder = freshFolder()));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A database with nothing in it, and a way to change it behind the program's back. */
interface Bare {
  url: string;
  run: (statements: string) => Promise<unknown>;
  drop: () => Promise<void>;
}

async function bareSqlite(): Promise<Bare> {
  const url = join(folder, "citera.db");
  writeFileSync(url, "");
  const run = async (statements: string) => {
    const database = new Database(url);
    database.exec(statements);
    database.close();
  };
  return { url, run, drop: () => Promise.resolve() };
}

async function onPostgres(url: string, statements: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statements);
  await client.end();
}

async function barePostgres(): Promise<Bare> {
  const { url, drop } = await emptyPostgres();
  return { url, run: (statements) => onPostgres(url, statements), drop };
}

const lookedAt = (url: string): Promise<string> =>
  lookAtStore(url).catch((error: unknown) => {
    if (error instanceof StoreError) return `${error.kind}: ${error.message}`;
    throw error;
  });

const table = "__drizzle_migrations";

describe.each([
  ["SQLite", bareSqlite],
  ["Postgres", barePostgres],
])("a look at %s", (_, make) => {
  let bare: Bare;
  beforeEach(async () => void (bare = await make()));
  afterEach(() => bare.drop());
  const opened = async () => (await openStore(bare.url)).close();

  it("finds an empty one empty and leaves it so", async () => {
    expect([await lookedAt(bare.url), await lookedAt(bare.url)]).toEqual(["empty", "empty"]);
  });

  it("finds one of this version ready, and one of an earlier version behind", async () => {
    await opened();
    expect(await lookedAt(bare.url)).toBe("ready");
    await bare.run(`delete from ${table} where created_at = (select max(created_at) from ${table})`);
    expect([await lookedAt(bare.url), await lookedAt(bare.url)]).toEqual(["behind", "behind"]);
  });

  it("refuses one of a later version, as opening does, and says to update", async () => {
    await opened();
    await bare.run(`insert into ${table} (hash, created_at) select 'later', max(created_at) + 1 from ${table}`);
    expect(await lookedAt(bare.url)).toMatch(/^newer: .*made by a newer version of Citera\. Update Citera/);
    await expect(opened()).rejects.toMatchObject({ kind: "newer" });
  });

  it("finds out in the midst of work that a later version has migrated it", async () => {
    const store = await openStore(bare.url);
    try {
      await expect(store.check()).resolves.toBeUndefined();
      await bare.run(`insert into ${table} (hash, created_at) select 'later', max(created_at) + 1 from ${table}`);
      await expect(store.check()).rejects.toThrow("made by a newer version of Citera. Update Citera");
    } finally {
      await store.close();
    }
  });

  it.each([
    ["tables of its own", "create table recipes (name text)"],
    [
      "migrations of its own",
      `create table ${table} (hash text, created_at bigint); insert into ${table} values ('theirs', 1)`,
    ],
  ])("refuses one of another program, with %s, as opening does", async (_what, statements) => {
    await bare.run(statements);
    expect(await lookedAt(bare.url)).toMatch(/^not_a_database: .*database of another program\. Name another/);
    await expect(opened()).rejects.toMatchObject({ kind: "not_a_database" });
  });
});

describe("a look at Postgres", () => {
  it("says what right the user lacks, and never the password", async () => {
    const { url, drop } = await emptyPostgres();
    const role = `guest_${process.pid}`;
    await onPostgres(url, `create role ${role} login password 'gastens-ord'`);
    const asGuest = new URL(url);
    [asGuest.username, asGuest.password] = [role, "gastens-ord"];
    try {
      expect(await lookedAt(asGuest.href)).toBe(
        `read_only: Postgres: the user ${role} may not make tables; as the database's owner run \`grant create on schema public to ${role}\``,
      );
      await expect(openStore(asGuest.href)).rejects.toMatchObject({ kind: "read_only" });
      await (await openStore(url)).close();
      await onPostgres(url, `grant select on all tables in schema public to ${role}`);
      expect(await lookedAt(asGuest.href)).toContain(`the user ${role} may not write`);
      await onPostgres(url, `alter role ${role} set default_transaction_read_only = on`);
      expect(await lookedAt(asGuest.href)).toContain("it takes no writes");
      asGuest.password = "fel-ord";
      const refused = await lookedAt(asGuest.href);
      expect(refused).toMatch(/^unreachable: .*refused the password in DATABASE_URL/);
      expect(refused).not.toContain("fel-ord");
    } finally {
      await drop();
      await onPostgres(`${inject("postgresUrl")}/postgres`, `drop role ${role}`);
    }
  });

  it("says that a server is not there, or a database", async () => {
    expect(await lookedAt("postgres://127.0.0.1:1/citera")).toMatch(/^unreachable: .*cannot be reached/);
    expect(await lookedAt(`${inject("postgresUrl")}/nowhere`)).toMatch(/^unreachable: .*does not exist; create it/);
  });
});

describe("a look at a SQLite file", () => {
  it("finds none, says that there is no folder, and that a file is no database", async () => {
    expect(await lookedAt(join(folder, "citera.db"))).toBe("absent");
    expect(await lookedAt(join(folder, "nowhere", "citera.db"))).toMatch(
      /^read_only: .*nowhere: there is no such folder/,
    );
    writeFileSync(join(folder, "letter.db"), "Dear database, ".repeat(100));
    expect(await lookedAt(join(folder, "letter.db"))).toMatch(/^not_a_database: .*is not a Citera database/);
  });

  it("looks where a link leads, where SQLite keeps its log", async () => {
    mkdirSync(join(folder, "far"));
    await (await openStore(join(folder, "far", "citera.db"))).close();
    symlinkSync(join(folder, "far", "citera.db"), join(folder, "near.db"));
    expect(folderOf(join(folder, "near.db"))).toBe(folderOf(join(folder, "far", "citera.db")));
    expect(await lookedAt(join(folder, "near.db"))).toBe("ready");
  });
});
