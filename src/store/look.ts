/** Looks at a database without changing it: whether it is there, is ours, is up to date and can be written. */
import { existsSync, mkdtempSync, realpathSync, rmdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { messageOf, StoreError } from "../errors.ts";
import type { SchemaState } from "./migrate.ts";
import { isPostgres } from "./open.ts";
import { lookAtPostgres } from "./postgresql.ts";
import { lookAtSqlite } from "./sqlite.ts";

/** Whether it is there and up to date; "absent" and "empty" ones can be made. Throws StoreError. */
export async function lookAtStore(url: string): Promise<SchemaState | "absent"> {
  if (isPostgres(url)) return lookAtPostgres(url);
  lookAtFolder(folderOf(url));
  return existsSync(url) ? lookAtSqlite(url) : "absent";
}

/** The folder a SQLite file lies in or will lie in, wherever a link to it stands. */
export const folderOf = (file: string): string => dirname(existsSync(file) ? realpathSync(file) : resolve(file));

/** SQLite keeps its log and its lock beside the file. Rights on paper are not asked: only writing tells. */
function lookAtFolder(folder: string): void {
  if (!existsSync(folder)) throw new StoreError("read_only", `${folder}: there is no such folder; make it`);
  try {
    rmdirSync(mkdtempSync(join(folder, ".citera-")));
  } catch (error) {
    throw new StoreError(
      "read_only",
      `${folder}: the folder cannot be written; check its rights (${messageOf(error)})`,
    );
  }
}
