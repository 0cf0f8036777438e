/** Looks at a database without changing it: whether it is there, opens and can be written. */
import { existsSync, mkdtempSync, rmdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import Database from "better-sqlite3";
import { messageOf, StoreError } from "../errors.ts";
import { storeError } from "./errors.ts";
import { isPostgres } from "./open.ts";
import { openSqliteReadOnly } from "./sqlite.ts";

/** True when it is there and works, false when it can be made. Throws StoreError. */
export async function lookAtStore(url: string): Promise<boolean> {
  if (isPostgres(url)) return lookAtPostgres(url);
  lookAtFolder(url);
  if (!existsSync(url)) return false;
  await openSqliteReadOnly(url).close(); // says so when it is no database, damaged, or of another version
  try {
    const writer = new Database(url, { timeout: 1000 });
    writer.exec("BEGIN IMMEDIATE; ROLLBACK");
    writer.close();
  } catch (error) {
    throw storeError(error, url);
  }
  return true;
}

/** SQLite keeps its log and its lock beside the file. Rights on paper are not asked: only writing tells. */
function lookAtFolder(file: string): void {
  const folder = dirname(resolve(file));
  try {
    rmdirSync(mkdtempSync(join(folder, ".citera-")));
  } catch (error) {
    throw new StoreError(
      "read_only",
      `${folder}: the folder cannot be written; check its rights (${messageOf(error)})`,
    );
  }
}

async function lookAtPostgres(url: string): Promise<boolean> {
  const pg = await import("pg");
  const client = new pg.default.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ transaction_read_only: string }>("show transaction_read_only");
    if (rows[0]?.transaction_read_only === "on") throw new StoreError("read_only", "Postgres: it takes no writes");
    return true;
  } catch (error) {
    throw storeError(error, "Postgres");
  } finally {
    await client.end().catch(() => undefined);
  }
}
