/** BullMQ on Postgres: its tables in a schema of their own, and a pool of connections for a process. */
import { randomUUID } from "node:crypto";
import type { Pool } from "pg";
import { StoreError } from "../errors.ts";
import { storeError } from "../store/index.ts";
import { neverGiveUp, usualLease, type Engine, type Lease } from "./engine.ts";

/** Where BullMQ looks for its tables when it is given a pool. */
const schema = "bullmq";
/** SQLSTATE classes and codes of Node for a server that is away, starting, stopping, full, or in a deadlock. */
const passing = /^(?:08|53|57|40)|^(?:ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN)/;

const where = "the queue on Postgres";
const noRights = `${where}: the user in DATABASE_URL may not use the schema ${schema}, where jobs are kept; as the database's owner run \`create schema if not exists ${schema} authorization\` for that user, or set REDIS_URL to keep jobs in Redis`;

/** Connects, at most so many times, and brings BullMQ's schema up to date. Throws StoreError. */
export async function openPostgresQueue(
  url: string,
  connections: number,
  onTrouble: (error: unknown) => void,
  lease: Lease = usualLease,
): Promise<Engine> {
  const [{ QueueBase, createPostgresBackend }, { default: pg }] = await Promise.all([import("bullmq"), import("pg")]);
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    keepAlive: true,
    options: `-c search_path=${schema}`,
  });
  pool.on("error", onTrouble);
  pool.on("connect", (client) => client.on("error", onTrouble)); // between two queries of a transaction
  try {
    await bringUpToDate(pool);
  } catch (error) {
    await pool.end();
    if ((error as { code?: unknown }).code === "42501") throw new StoreError("read_only", noRights, { cause: error });
    throw storeError(error, where);
  }
  const options = { connection: pool, lockDuration: lease.lockMs, stalledInterval: lease.stalledMs };
  const root = new QueueBase(
    "root",
    { ...options, maxStalledCount: neverGiveUp } as never,
    createPostgresBackend as never,
  );
  root.on("error", onTrouble);
  await root.waitUntilReady();
  const backend = root.getBackend();
  return {
    lease,
    token: randomUUID(),
    queue: (name) => backend.forQueue(name),
    forgetAgain: async (queue, key) => {
      const { rowCount } = await pool.query("delete from dedup_next where queue = $1 and dedup_id = $2", [queue, key]);
      return rowCount !== 0;
    },
    dueAt: async (queue, id) => {
      const { rows } = await pool.query<{ at: string }>(
        "select process_at_ms as at from job where queue = $1 and id = $2 and state = 'delayed'",
        [queue, id],
      );
      return rows[0] ? Number(rows[0].at) : null;
    },
    abandoned: () => Promise.resolve([]), // many share a connection where a pooler stands between
    passes: ({ code, message }: { code?: string; message?: string }) =>
      passing.test(code ?? "") ||
      /Connection terminated|timeout exceeded|Client has encountered a conn/.test(message ?? ""),
    close: async () => {
      await root.close();
      await pool.end();
    },
  };
}

/** Looks first, because only the owner of the tables may migrate, and most of the time nothing is to be done. */
async function bringUpToDate(pool: Pool): Promise<void> {
  const { assertSchemaCompatibility, LATEST_SCHEMA_VERSION, runMigrations, SchemaMigrationRequiredError } =
    await import("bullmq");
  const client = await pool.connect();
  try {
    const version = await assertSchemaCompatibility(client, schema).catch((error: unknown) => {
      if (error instanceof SchemaMigrationRequiredError) return 0;
      throw error;
    });
    if (version < LATEST_SCHEMA_VERSION) await runMigrations(client, schema);
  } finally {
    client.release();
  }
}
