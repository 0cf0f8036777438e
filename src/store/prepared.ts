/** Statements of the hot path, built once: building one anew, and searching it for its parameters, costs more than running it. */
import {
  getTableColumns,
  getTableName,
  is,
  Param,
  Placeholder,
  sql,
  type Column,
  type DriverValueEncoder,
  type SQL,
  type Table,
} from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Db } from "./store.ts";

/** Values by the names of their placeholders, or in order where these are numbers. */
type Values = Record<string, unknown> | unknown[];
type Run<T> = (values: Values) => Promise<T>;

/** What both dialects' prepared queries have, of which Drizzle's types tell only `execute`. */
interface Query {
  execute(): PromiseLike<unknown>;
  /** SQLite's parameters, and the statement's text. */
  query?: { params: unknown[] };
  /** Postgres' parameters, and the connection to run on. */
  params?: unknown[];
  client?: unknown;
}

/** The parameters in the statement's order, each as its column writes it. Throws an Error when a value is missing. */
type Fill = (values: Values) => unknown[];

/** By a connection's tables, then by name. On Postgres all transactions share them, each on its own connection. */
const statements = new WeakMap<Db["tables"], Map<string, { query: Query; fill: Fill }>>();

/** The prepared statement `name`, built by `build` the first time; run it with the values of its placeholders. */
export function prepared<T>(db: Db, name: string, build: () => PromiseLike<T> & { prepare(): unknown }): Run<T> {
  let known = statements.get(db.tables);
  if (!known) statements.set(db.tables, (known = new Map<string, { query: Query; fill: Fill }>()));
  let statement = known.get(name);
  if (!statement) {
    const query = build().prepare() as Query;
    statement = { query, fill: fillingOf(query.params ?? query.query!.params) };
    if (query.params !== undefined) query.client = undefined; // that of the first transaction; each brings its own
    known.set(name, statement);
  }
  const { query, fill } = statement;
  // a name always has the same build
  return async (values) => (await boundTo(db, query, fill(values)).execute()) as T;
}

/** The query with its parameters; on Postgres on the connection of the transaction that `db` is. */
function boundTo(db: Db, query: Query, params: unknown[]): Query {
  const bound = Object.create(query) as Query;
  if (query.params === undefined) return Object.assign(bound, { query: { ...query.query, params } });
  const { client } = (db as unknown as { session: { client: unknown } }).session;
  return Object.assign(bound, { params, client });
}

/** Finds out once where each parameter's value comes from; Drizzle's own way does so at every run. */
function fillingOf(params: unknown[]): Fill {
  const slots = params.map(
    (param): { name?: string; encoder?: DriverValueEncoder<unknown, unknown>; value?: unknown } => {
      if (is(param, Placeholder)) return { name: param.name };
      if (is(param, Param) && is(param.value, Placeholder)) return { name: param.value.name, encoder: param.encoder };
      return { value: param };
    },
  );
  return (values) =>
    slots.map(({ name, encoder, value }) => {
      if (name === undefined) return value;
      const given = (values as Record<string, unknown>)[name]; // an array's numbers are names, too
      if (given === undefined) throw new Error(`no value for the parameter ${name}`);
      return encoder ? encoder.mapToDriverValue(given) : given;
    });
}

/** A value to be given when the statement runs. */
export const given = (name: string): Placeholder => sql.placeholder(name);

/** The same in an update, put into the column's form. */
export const givenTo = (column: Column, name: string): SQL => sql`${sql.param(sql.placeholder(name), column)}`;

/** So many values in order, given as an array: for a list, whose statements have one name for each length. */
export const givenList = (length: number): Placeholder[] => Array.from({ length }, (_, i) => given(String(i)));

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
  for (const { name, blank, values } of lotsOf(table, rows))
    await prepared(db, `insert ${name}`, () => db.insert(table).values(blank()))(values);
}

/** The same for rows of which some may be there already; gives the `key` of each that was not. */
export async function insertNew<T extends Table & Inserted>(
  db: Db,
  table: T,
  rows: T["$inferInsert"][],
  key: SQLiteColumn,
): Promise<Set<unknown>> {
  const fresh = new Set<unknown>();
  for (const { name, blank, values } of lotsOf(table, rows)) {
    const insert = prepared(db, `insert new ${name}`, () =>
      db.insert(table).values(blank()).onConflictDoNothing().returning({ key }),
    );
    for (const row of await insert(values)) fresh.add(row.key);
  }
  return fresh;
}

/** The rows in lots: what a lot's statement is called, the rows it is built from once, and the values it runs with. */
function* lotsOf<T extends Table & Inserted>(table: T, rows: T["$inferInsert"][]) {
  const columns = Object.keys(getTableColumns(table));
  for (let from = 0; from < rows.length;) {
    const size = rows.length - from >= manyRows ? manyRows : mostRows;
    const some: Record<string, unknown>[] = rows.slice(from, from + size);
    from += size;
    yield {
      name: `${some.length} ${getTableName(table)}`,
      blank: () => some.map((_, i) => numberedRow(columns, i) as never), // names and columns are the table's
      values: some.flatMap((row) => columns.map((column) => row[column])),
    };
  }
}

/** A row whose values are given by their number: an array of them is made and read far faster than names. */
const numberedRow = (columns: string[], row: number): Record<string, Placeholder> =>
  Object.fromEntries(columns.map((column, i) => [column, given(String(row * columns.length + i))]));

type Inserted = Db["tables"][keyof Db["tables"]];
