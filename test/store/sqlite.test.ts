/** What SQLite's file must bear: other processes, other files, other versions, full disks. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StoreError } from "../../src/errors.ts";
import { applyDefinition, listProjects, openStore, openStoreReadOnly } from "../../src/store/index.ts";
import { storeError } from "../../src/store/errors.ts";
import { freshFolder } from "../support/databases.ts";
import { definition } from "../support/definition.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = freshFolder();
  file = join(folder, "citera.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const kindOf = (opening: Promise<unknown>) =>
  opening.then(
    () => "opened",
    (error: unknown) => (error instanceof StoreError ? error.kind : error),
  );

describe("a SQLite file", () => {
  it("serves one process at a time and says so", async () => {
    const store = await openStore(file);
    const script = `import("${join(import.meta.dirname, "../../dist/store/index.js")}").then(({ openStore }) => openStore(${JSON.stringify(file)})).then(() => console.log("opened"), (error) => console.log(error.kind, error.message))`;
    const { stdout } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
    expect(stdout).toMatch(/^locked .*another citera process uses this database/);
    await store.close();
    expect(await kindOf(openStore(file).then((again) => again.close()))).toBe("opened");
  });

  it("is free again after its process was killed", async () => {
    const script = `import("${join(import.meta.dirname, "../../dist/store/index.js")}").then(({ openStore }) => openStore(${JSON.stringify(file)})).then(() => process.kill(process.pid, "SIGKILL"))`;
    expect(spawnSync(process.execPath, ["-e", script]).signal).toBe("SIGKILL");
    expect(await kindOf(openStore(file).then((store) => store.close()))).toBe("opened");
  });

  it("can be read while another process writes", async () => {
    const store = await openStore(file);
    const reader = await openStoreReadOnly(file);
    await store.tx((tx) => applyDefinition(tx, definition(), 1));
    expect(await listProjects(reader.read)).toHaveLength(1);
    await expect(reader.tx(async () => 1)).rejects.toThrow("for reading only");
    await reader.close();
    await store.close();
  });

  it("that is something else is refused and left as it was", async () => {
    writeFileSync(file, "This is a shopping list, not a database.\n".repeat(50));
    expect(await kindOf(openStore(file))).toBe("not_a_database");
    const other = join(folder, "other.db");
    const database = new Database(other);
    database.exec("create table recipes (name text)");
    database.close();
    expect(await kindOf(openStore(other))).toBe("not_a_database");
  });

  it("written by a newer program is refused", async () => {
    await (await openStore(file)).close();
    const database = new Database(file);
    database.exec("update __drizzle_migrations set created_at = created_at + 86400000");
    database.close();
    expect(await kindOf(openStore(file))).toBe("newer");
    expect(await kindOf(openStoreReadOnly(file))).toBe("newer");
  });

  it("is copied before it is changed to a newer form", async () => {
    await (await openStore(file)).close();
    const database = new Database(file);
    // as if the first migration had been an older one: everything in it is made again
    database.exec("update __drizzle_migrations set created_at = 1000");
    for (const { name } of database
      .prepare(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite%' and name <> '__drizzle_migrations'",
      )
      .all() as { name: string }[])
      database.exec(`drop table ${name}`);
    database.exec("create table keepsake (word text); insert into keepsake values ('kept')");
    database.close();
    await (await openStore(file)).close();
    const copy = join(
      folder,
      readdirSync(folder).find((name) => name.includes(".before-"))!,
    );
    expect(existsSync(copy)).toBe(true);
    const before = new Database(copy, { readonly: true });
    expect(before.prepare("select word from keepsake").get()).toEqual({ word: "kept" });
    before.close();
  });

  it("in a folder that is not there is refused with a reason", async () => {
    expect(await kindOf(openStore(join(folder, "nowhere", "citera.db")))).toBe("read_only");
    expect(await kindOf(openStoreReadOnly(file))).toBe("read_only");
  });

  it("on a full disk loses nothing that was committed", () => {
    const database = new Database(join(folder, "small.db"));
    database.exec("create table t (x blob); pragma max_page_count = 10");
    database.exec("insert into t values (zeroblob(1000))");
    let error: unknown;
    try {
      database.exec("insert into t values (zeroblob(1000000))");
    } catch (thrown) {
      error = storeError(thrown, "small.db");
    }
    expect(error).toBeInstanceOf(StoreError);
    expect((error as StoreError).kind).toBe("full");
    expect((error as StoreError).message).toContain("disk is full");
    expect(database.prepare("select count(*) as n from t").get()).toEqual({ n: 1 });
    database.close();
  });
});
