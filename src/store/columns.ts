/** One vocabulary of columns with a SQLite and a Postgres realisation; SQLite's is the type everybody sees. */
import * as pg from "drizzle-orm/pg-core";
import * as sqlite from "drizzle-orm/sqlite-core";

/** Drizzle's own takes null for false when it comes through a placeholder. */
const sqliteBool = sqlite.customType<{ data: boolean; driverData: number | null }>({
  dataType: () => "integer",
  toDriver: (value: boolean | null) => (value === null ? null : Number(value)),
  fromDriver: (value) => value === 1,
});
const pgBytes = pg.customType<{ data: Buffer }>({ dataType: () => "bytea" });

export const sqliteColumns = {
  table: sqlite.sqliteTable,
  text: (name: string) => sqlite.text(name),
  oneOf: <const T extends [string, ...string[]]>(name: string, values: T) => sqlite.text(name, { enum: values }),
  /** Whole number up to 2^31. */
  int: (name: string) => sqlite.integer(name),
  /** Whole number up to 2^53: epoch milliseconds, micro-USD. */
  big: (name: string) => sqlite.integer(name),
  real: (name: string) => sqlite.real(name),
  bool: (name: string) => sqliteBool(name),
  json: <T>(name: string) => sqlite.text(name, { mode: "json" }).$type<T>(),
  bytes: (name: string) => sqlite.blob(name, { mode: "buffer" }),
  index: sqlite.index,
  uniqueIndex: sqlite.uniqueIndex,
  primaryKey: sqlite.primaryKey,
};
export type Columns = typeof sqliteColumns;

const postgresRealisation = {
  table: pg.pgTable,
  text: (name: string) => pg.text(name),
  oneOf: (name: string, values: [string, ...string[]]) => pg.text(name, { enum: values }),
  int: (name: string) => pg.integer(name),
  big: (name: string) => pg.bigint(name, { mode: "number" }),
  real: (name: string) => pg.doublePrecision(name),
  bool: (name: string) => pg.boolean(name),
  json: (name: string) => pg.jsonb(name),
  bytes: (name: string) => pgBytes(name),
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  primaryKey: pg.primaryKey,
};

/**
 * THE one cast of the store. Both realisations take the same calls and give rows of the same types; only the
 * builders' own types differ. The contract tests on both databases stand in for what the compiler cannot see here.
 */
export const postgresColumns = postgresRealisation as unknown as Columns;
