/** The store's contract: what every other room sees of the database. */
import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";
import type { Tables } from "./schema.ts";

/** Drizzle's query builder with the tables at hand; the same for both databases. */
export type Db = Omit<
  BaseSQLiteDatabase<"async", unknown, Record<string, never>>,
  "run" | "all" | "get" | "values" | "transaction" | "query"
> & { readonly tables: Tables };

export interface Store {
  /** Sees committed rows only. */
  readonly read: Db;
  /** Only one process can have this database: leases of a former process are void. */
  readonly exclusive: boolean;
  /**
   * What must happen together. Inside `work` nothing but the database is awaited, and nothing outside is changed: it may
   * be done again from its beginning. Throws StoreError.
   */
  tx<T>(work: (tx: Db) => Promise<T>): Promise<T>;
  /**
   * Looks whether the database answers and is still as this program wants it: another one may have brought it up to date
   * for a newer version meanwhile. Throws StoreError.
   */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** Rows per INSERT, so that no statement has more parameters than SQLite takes (32,766). */
const chunkSize = 500;

/** Cuts a list into lists of at most `chunkSize`. */
export function* chunks<T>(rows: T[], size = chunkSize): Generator<T[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}
