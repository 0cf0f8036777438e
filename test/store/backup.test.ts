/** Copies of a SQLite database, taken while it is written, and put back: whole, checked, and nothing lost on the way. */
import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  backupSqlite,
  listProjects,
  openStore,
  openStoreReadOnly,
  restoreSqlite,
  type Store,
} from "../../src/store/index.ts";
import { applied } from "../support/answers.ts";
import { freshFolder } from "../support/databases.ts";
import { definition } from "../support/definition.ts";

let folder: string;
beforeEach(() => void (folder = freshFolder()));
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const now = Date.parse("2026-03-02T05:00:00Z");

/** A database with a project of this key. */
async function withProject(name: string, key: string): Promise<Store> {
  const store = await openStore(at(name));
  await applied(store, definition({ key }));
  return store;
}

async function keysIn(name: string): Promise<string[]> {
  const store = await openStoreReadOnly(at(name));
  const keys = (await listProjects(store.read)).map(({ key }) => key);
  await store.close();
  return keys;
}

const filesOf = () => readdirSync(folder).sort();

describe("a backup", () => {
  it("is what was committed at one moment, while others write, and only its owner's to read", async () => {
    const store = await withProject("citera.db", "one");
    await store.tx(async (tx) => {
      await tx.update(tx.tables.projects).set({ key: "two" });
      expect(backupSqlite(at("citera.db"), at("copy.db"), false)).toMatchObject({ state: "ready" });
    });
    backupSqlite(at("citera.db"), at("later.db"), false);
    await store.close();
    expect([await keysIn("copy.db"), await keysIn("later.db")]).toEqual([["one"], ["two"]]);
    expect(statSync(at("copy.db")).mode & 0o777).toBe(0o600);
    expect(filesOf().filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("takes no name that is taken, and says what is wrong with it", async () => {
    await (await withProject("citera.db", "one")).close();
    writeFileSync(at("there"), "mine");
    const saved =
      (target: string, force = false) =>
      () =>
        backupSqlite(at("citera.db"), target, force);
    expect(saved(at("there"))).toThrow("the file is there already; name another one, or say --force");
    expect(saved(folder, true)).toThrow("this is a folder");
    expect(saved(at("citera.db"), true)).toThrow("this is the database itself");
    expect(saved(at("none/copy.db"))).toThrow("there is no such folder");
    expect(readFileSync(at("there"), "utf8")).toBe("mine");
    saved(at("there"), true)();
    expect(await keysIn("there")).toEqual(["one"]);
    expect(() => backupSqlite(at("absent.db"), at("copy.db"), false)).toThrow("there is no such database");
  });

  it("of a damaged database is refused and leaves nothing behind", async () => {
    await (await withProject("citera.db", "one")).close();
    truncateSync(at("citera.db"), Math.floor(statSync(at("citera.db")).size / 8192) * 4096);
    expect(() => backupSqlite(at("citera.db"), at("copy.db"), false)).toThrow(/damaged/);
    expect(filesOf()).not.toContain("copy.db");
    expect(filesOf()).not.toContain("copy.db.part");
  });
});

describe("a restore", () => {
  const put = (from: string, force = false) => restoreSqlite(at("citera.db"), at(from), { force, now });
  /** The database holds `new` when its copy holds `old`. */
  beforeEach(async () => {
    const store = await withProject("citera.db", "old");
    backupSqlite(at("citera.db"), at("copy.db"), false);
    await store.tx(async (tx) => void (await tx.update(tx.tables.projects).set({ key: "new" })));
    await store.close();
  });

  it("keeps the old database beside, with what was in its log only", async () => {
    const reader = new Database(at("citera.db"), { readonly: true }); // keeps the log from being removed
    reader.prepare("select key from projects").get();
    const writer = new Database(at("citera.db"));
    writer.exec("update projects set key = 'newest'");
    writer.close();
    expect(statSync(at("citera.db-wal")).size).toBeGreaterThan(0);
    const { kept } = put("copy.db", true);
    reader.close();
    expect(await keysIn("citera.db")).toEqual(["old"]);
    expect(kept).toBe(at("citera.db.before-restore-20260302T050000000Z"));
    expect(await keysIn("citera.db.before-restore-20260302T050000000Z")).toEqual(["newest"]);
    expect(filesOf()).not.toContain("citera.db.restore-part");
  });

  it("takes the place of nothing, and of a database without a project, without being forced", async () => {
    expect(restoreSqlite(at("fresh.db"), at("copy.db"), { force: false, now }).kept).toBeNull();
    await (await openStore(at("empty.db"))).close();
    expect(restoreSqlite(at("empty.db"), at("copy.db"), { force: false, now }).kept).not.toBeNull();
    expect([await keysIn("fresh.db"), await keysIn("empty.db")]).toEqual([["old"], ["old"]]);
  });

  it("is refused before anything is touched", async () => {
    expect(() => put("copy.db")).toThrow("the database is not empty; --force");
    expect(() => put("none.db", true)).toThrow("there is no such file");
    expect(() => put("citera.db", true)).toThrow("this is the database itself");
    writeFileSync(at("text.db"), "no database at all, only a text that is long enough");
    expect(() => put("text.db", true)).toThrow("this is no whole backup of Citera");
    const other = new Database(at("other.db"));
    other.exec("create table others (id text)");
    other.close();
    expect(() => put("other.db", true)).toThrow("this is no whole backup of Citera");
    await (await withProject("later.db", "later")).close();
    const later = new Database(at("later.db"));
    later.exec("insert into __drizzle_migrations (hash, created_at) values ('x', 9999999999999)");
    later.close();
    expect(() => put("later.db", true)).toThrow("made by a newer version of Citera");
    writeFileSync(at("half.db"), readFileSync(at("copy.db")).subarray(0, 20_480));
    expect(() => put("half.db", true)).toThrow("this is no whole backup of Citera");
    expect(filesOf().filter((name) => /restore/.test(name))).toEqual([]);
    expect(await keysIn("citera.db")).toEqual(["new"]);
  });

  it("waits for nobody: while another process has the database it is refused", async () => {
    const store = await openStore(at("citera.db"));
    expect(() => put("copy.db", true)).toThrow("another citera process uses this database");
    await store.close();
    expect(await keysIn("citera.db")).toEqual(["new"]);
  });

  it("takes the place of a database that cannot be read, which is kept as it is", async () => {
    writeFileSync(at("citera.db"), "spoilt");
    expect(() => put("copy.db")).toThrow("not empty");
    const { kept } = put("copy.db", true);
    expect(await keysIn("citera.db")).toEqual(["old"]);
    expect(readFileSync(kept!, "utf8")).toBe("spoilt");
  });
});
