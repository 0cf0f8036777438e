/** Statements of the hot path, built and prepared once: building them anew costs more than running them. */
import { getTableColumns, getTableName, sql, type Column, type Placeholder, type SQL, type Table } from "drizzle-orm";
import type { Db } from "./store.ts";

/** Values by the names of their placeholders, or in order where these are numbers. */
type Run<T> = (values: Record<string, unknown> | unknown[]) => Promise<T>;

/** By database handle, then by name; a Postgres transaction is a handle of its own and forgets with its end. */
const statements = new WeakMap<Db, Map<string, Run<unknown>>>();

/** The prepared statement `name`, built by `build` the first time; run it with the values of its placeholders. */
export function prepared<T>(db: Db, name: string, build: () => PromiseLike<T> & { prepare(): unknown }): Run<T> {
  let known = statements.get(db);
  if (!known) statements.set(db, (known = new Map<string, Run<unknown>>()));
  let run = known.get(name);
  if (!run) {
    // both dialects' prepared queries have execute(); Db's type only promises the builder's
    const query = build().prepare() as { execute(values: Record<string, unknown> | unknown[]): PromiseLike<unknown> };
    run = async (values) => query.execute(values);
    known.set(name, run);
  }
  return run as Run<T>; // a name always has the same build
}

/** A value to be given when the statement runs. */
export const given = (name: string): Placeholder => sql.placeholder(name);

/** The same in an update, put into the column's form. */
export const givenTo = (column: Column, name: string): SQL => sql`${sql.param(sql.placeholder(name), column)}`;

/** A row whose columns are all to be given, under their own names followed by `suffix`. */
export const givenRow = <T extends Table>(table: T, suffix = ""): { [K in keyof T["$inferInsert"]]-?: Placeholder } =>
  Object.fromEntries(Object.keys(getTableColumns(table)).map((name) => [name, given(name + suffix)])) as {
    [K in keyof T["$inferInsert"]]-?: Placeholder;
  }; // fromEntries forgets the names

/** The values of several rows, each under its name and its row's number. */
export const givenRows = (rows: object[]): Record<string, unknown> =>
  Object.fromEntries(rows.flatMap((row, i) => Object.entries(row).map(([name, value]) => [`${name}${i}`, value])));

/** Rows per statement of insertMany: few enough variants to keep, few enough parameters for both databases. */
const mostRows = 50;
/** Where there are as many, they go in bigger lots: every statement is a way to the server and back. */
const manyRows = 500;

/** Inserts rows that have a value for every column; one prepared statement per number of rows. */
export async function insertMany<T extends Table & Inserted>(
  db: Db,
  table: T,
  rows: T["$inferInsert"][],
): Promise<void> {
  const columns = Object.keys(getTableColumns(table));
  for (let from = 0; from < rows.length;) {
    const size = rows.length - from >= manyRows ? manyRows : mostRows;
    const some: Record<string, unknown>[] = rows.slice(from, from + size);
    from += size;
    const insert = prepared(
      db,
      `insert ${some.length} ${getTableName(table)}`,
      () => db.insert(table).values(some.map((_, i) => numberedRow(columns, i) as never)), // names and columns are the table's
    );
    await insert(some.flatMap((row) => columns.map((column) => row[column])));
  }
}

/** A row whose values are given by their number: an array of them is made and read far faster than names. */
const numberedRow = (columns: string[], row: number): Record<string, Placeholder> =>
  Object.fromEntries(columns.map((column, i) => [column, given(String(row * columns.length + i))]));

type Inserted = Db["tables"][keyof Db["tables"]];
