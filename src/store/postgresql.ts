/** Citera on Postgres: a pool of connections, many processes, migrations under an advisory lock. */
import { sql } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import type { Pool } from "pg";
import { postgresColumns } from "./columns.ts";
import { storeError } from "./errors.ts";
import { migrationsFolder, migrationsTable, needsMigration } from "./migrate.ts";
import { defineSchema } from "./schema.ts";
import type { Db, Store } from "./store.ts";

/** Any number nobody else uses: the key of the advisory lock under which one process migrates. */
const migrationLock = 4_747_001;
/** Connections per process; Postgres' default limit of 100 leaves room for several workers. */
const poolSize = 10;
const where = "Postgres";

/** Connects and brings the schema up to date. Throws StoreError. */
export async function openPostgres(url: string): Promise<Store> {
  const pg = await import("pg");
  const pool = new pg.default.Pool({ connectionString: url, max: poolSize });
  pool.on("error", () => undefined); // an idle connection broke; the next query says so
  try {
    await migrateUnderLock(pool);
  } catch (error) {
    await pool.end();
    throw storeError(error, where);
  }
  const db = drizzle(pool);
  return {
    read: withTables(db),
    exclusive: false,
    tx: (work) =>
      db
        .transaction((transaction) => work(withTables(transaction as unknown as NodePgDatabase)))
        .catch((error: unknown) => {
          throw storeError(error, where);
        }),
    close: () => pool.end(),
  };
}

const tables = defineSchema(postgresColumns);
const withTables = (db: NodePgDatabase): Db => Object.assign(db as unknown as Db, { tables });

async function migrateUnderLock(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    const db = drizzle(client);
    const [exists] = (await db.execute(sql`select to_regclass(${migrationsTable}) as name`)).rows as {
      name: string | null;
    }[];
    const [newest] = exists?.name
      ? ((await db.execute(sql`select max(created_at) as at from ${sql.identifier(migrationsTable)}`)).rows as {
          at: string;
        }[])
      : [];
    const at = newest?.at ? Number(newest.at) : null;
    if (needsMigration("postgresql", at, where))
      await migrate(db, { migrationsFolder: migrationsFolder("postgresql"), migrationsSchema: "public" });
  } finally {
    await client.query("select pg_advisory_unlock($1)", [migrationLock]).catch(() => undefined);
    client.release();
  }
}
