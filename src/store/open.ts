/** Opens the store a database address names: a SQLite file or postgres://. */
import { openPostgres } from "./postgresql.ts";
import { openSqlite, openSqliteReadOnly } from "./sqlite.ts";
import type { Store } from "./store.ts";

export const isPostgres = (url: string): boolean => /^postgres(?:ql)?:\/\//.test(url);

/** Opens for reading and writing, migrating first, with so many connections to Postgres at most. Throws StoreError. */
export async function openStore(url: string, connections?: number): Promise<Store> {
  return isPostgres(url) ? openPostgres(url, connections) : openSqlite(url);
}

/** Opens for reading; a SQLite file may meanwhile be written by another process. Throws StoreError. */
export async function openStoreReadOnly(url: string): Promise<Store> {
  return isPostgres(url) ? openPostgres(url) : openSqliteReadOnly(url);
}
