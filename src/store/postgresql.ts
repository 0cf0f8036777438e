/** Citera on Postgres: a pool of connections, many processes, migrations under an advisory lock. */
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import type { ClientBase, Pool } from "pg";
import { postgresColumns } from "./columns.ts";
import { StoreError } from "../errors.ts";
import { storeError } from "./errors.ts";
import { migrationsFolder, migrationsTable, schemaState, type Inside, type SchemaState } from "./migrate.ts";
import { defineSchema } from "./schema.ts";
import type { Db, Store } from "./store.ts";

/** Any number nobody else uses: the key of the advisory lock under which one process migrates. */
const migrationLock = 4_747_001;
/** Postgres ends what takes longer: nothing of ours does, unless it waits for somebody who will never end. */
const limits = { statement_timeout: 120_000, idle_in_transaction_session_timeout: 60_000 };
/** On the disks of today reading here and there costs little more than reading on; Postgres takes it for four times as much. */
const planning = "-c random_page_cost=1.1";
/** Where many wait for each other, each of them may be ended once. */
const mostTries = 5;
/** Whoever changes a table waits no longer than this for those who use it, because everybody else waits behind. */
const migrationWait = "10s";
const where = "Postgres";

/** Connects and brings the schema up to date. Throws StoreError. */
export async function openPostgres(url: string, connections = 10): Promise<Store> {
  const pg = await import("pg");
  const settings = { connectionString: url, max: connections, options: planning, keepAlive: true, ...limits };
  const pool = new pg.default.Pool(settings);
  pool.on("error", () => undefined); // an idle connection broke; the next query says so
  pool.on("connect", (client) => client.on("error", () => undefined)); // likewise between two queries of a transaction
  try {
    await migrateUnderLock(pool);
  } catch (error) {
    await pool.end();
    throw storeError(error, where);
  }
  tellLosses(pool);
  const db = drizzle(pool);
  return {
    read: withTables(db),
    exclusive: false,
    tx: (work) =>
      again(() => db.transaction((transaction) => work(withTables(transaction as unknown as NodePgDatabase)))),
    check: () => checkSchema(pool),
    close: () => pool.end(),
  };
}

/** Has what is read outside of transactions fail as they do: Drizzle gives the driver's error as its own error's cause. */
function tellLosses(pool: Pool): void {
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<unknown>;
  const told = async (...args: unknown[]) => {
    try {
      return await query(...args);
    } catch (error) {
      throw storeError(error, where);
    }
  };
  pool.query = told as Pool["query"];
}

/** Does a transaction again that Postgres ended because it and another waited for each other. Throws StoreError. */
async function again<T>(transaction: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++)
    try {
      return await transaction();
    } catch (error) {
      if (tries === mostTries || !isDeadlock(error)) throw storeError(error, where);
    }
}

const isDeadlock = (error: unknown): boolean =>
  error instanceof Error && ("code" in error && error.code === "40P01" ? true : isDeadlock(error.cause));

async function checkSchema(pool: Pool): Promise<void> {
  try {
    schemaState("postgresql", await lookInside(pool), where);
  } catch (error) {
    throw storeError(error, where);
  }
}

const tables = defineSchema(postgresColumns);
const withTables = (db: NodePgDatabase): Db => Object.assign(db as unknown as Db, { tables });

async function migrateUnderLock(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("set statement_timeout = 0"); // another process may be migrating for long
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    await client.query(`set lock_timeout = '${migrationWait}'`);
    if (schemaState("postgresql", await lookInside(client), where) === "ready") return;
    await migrate(drizzle(client), {
      migrationsFolder: migrationsFolder("postgresql"),
      migrationsSchema: "public",
    });
  } finally {
    await client.query("select pg_advisory_unlock($1)", [migrationLock]).catch(() => undefined);
    client.release(true); // closed: its limits are not those of the others
  }
}

/** Tables of extensions, which hosts of databases like to put there, are nobody's. */
const ownTables = `
  select 1 from pg_class as c
  where c.relnamespace = to_regnamespace(current_schema()) and c.relkind in ('r', 'p') and c.relname <> $1
    and not exists (select 1 from pg_depend where objid = c.oid and deptype = 'e')
  limit 1`;

async function lookInside(client: Pick<ClientBase, "query">): Promise<Inside> {
  const { rowCount: exists } = await client.query("select 1 where to_regclass($1) is not null", [migrationsTable]);
  const { rows } = exists
    ? await client.query<{ hash: string; created_at: string }>(`select hash, created_at from ${migrationsTable}`)
    : { rows: [] };
  const { rowCount: tables } = await client.query(ownTables, [migrationsTable]);
  return {
    applied: rows.map(({ hash, created_at }) => ({ hash, at: Number(created_at) })),
    hasTables: tables !== 0,
  };
}

/** What is there, without changing it, and whether it could be changed. Throws StoreError. */
export async function lookAtPostgres(url: string): Promise<SchemaState> {
  const pg = await import("pg");
  const client = new pg.default.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined); // the connection broke; the next query says so
  try {
    await client.connect();
    const state = schemaState("postgresql", await lookInside(client), where);
    const needed = state === "ready" ? "has_table_privilege('answers', 'insert')" : mayCreate;
    const { rows } = await client.query<{ frozen: boolean; may: boolean | null; role: string }>(
      `select current_setting('transaction_read_only') = 'on' as frozen, ${needed} as may, current_user as role`,
    );
    const { frozen, may, role } = rows[0]!;
    if (frozen) throw new StoreError("read_only", `${where}: it takes no writes; name the primary server`);
    if (!may) throw new StoreError("read_only", `${where}: ${state === "ready" ? noWrites(role) : noTables(role)}`);
    return state;
  } catch (error) {
    throw storeError(error, where);
  } finally {
    await client.end().catch(() => undefined);
  }
}

const mayCreate = "has_schema_privilege(current_schema(), 'create')";
const noWrites = (role: string) =>
  `the user ${role} may not write; connect as the user that made the tables, or have it grant the right`;
const noTables = (role: string) =>
  `the user ${role} may not make tables; as the database's owner run \`grant create on schema public to ${role}\``;
