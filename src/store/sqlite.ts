/** Citera on SQLite: one writer connection with group commit, one read-only connection, one process. */
import { existsSync } from "node:fs";
import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import pLimit from "p-limit";
import { StoreError } from "../errors.ts";
import { sqliteColumns } from "./columns.ts";
import { storeError } from "./errors.ts";
import { migrationsFolder, migrationsTable, schemaState, type Inside, type SchemaState } from "./migrate.ts";
import { defineSchema } from "./schema.ts";
import type { Db, Store } from "./store.ts";

/** Works that share one commit: enough to spread the cost of a sync, few enough to keep reads fresh. */
const groupSize = 64;

/** Opens or creates the file and takes it for this process. Throws StoreError. */
export function openSqlite(file: string): Store {
  const release = takeFile(file);
  try {
    const writer = connect(file);
    migrateFile(writer, file);
    const reader = connect(file, true);
    const tx = groupCommit(writer, withTables(writer), file);
    return {
      read: withTables(reader),
      exclusive: true,
      tx,
      check: () => checkFile(reader, file),
      close: async () => {
        reader.close();
        writer.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw storeError(error, file);
  }
}

/** Opens an existing file for reading only, also while another process works on it. Throws StoreError. */
export function openSqliteReadOnly(file: string): Store {
  if (!existsSync(file))
    throw new StoreError("read_only", `${file}: there is no such database yet. Run \`citera run\` first`);
  try {
    const reader = connect(file, true);
    if (schemaState("sqlite", lookInside(reader), file) !== "ready")
      throw new StoreError("read_only", `${file}: the database must be brought up to date first. Run \`citera apply\``);
    return {
      read: withTables(reader),
      exclusive: false,
      tx: () => Promise.reject(new StoreError("read_only", `${file} was opened for reading only`)),
      check: () => checkFile(reader, file),
      close: async () => void reader.close(),
    };
  } catch (error) {
    throw storeError(error, file);
  }
}

/** A connection with our settings. */
export function connect(file: string, readonly = false): Database.Database {
  const connection = new Database(file, { readonly, timeout: 5000 });
  if (!readonly) {
    connection.pragma("journal_mode = WAL");
    connection.pragma("synchronous = FULL"); // an answer paid for must survive a power cut
  }
  connection.pragma("foreign_keys = ON");
  return connection;
}

const withTables = (connection: Database.Database): Db => {
  const tables = defineSchema(sqliteColumns);
  // better-sqlite3 answers at once where Db says "later"; awaiting both is the same
  return Object.assign(drizzle(connection) as unknown as Db, { tables });
};

/** Holds an exclusive lock on a file beside the database: the system frees it when the process dies, however it dies. */
export function takeFile(file: string): () => void {
  try {
    const lock = new Database(`${file}.lock`, { timeout: 0 });
    lock.exec("BEGIN EXCLUSIVE");
    return () => void lock.close();
  } catch (error) {
    if (String((error as NodeJS.ErrnoException).code).startsWith("SQLITE_BUSY"))
      throw new StoreError(
        "locked",
        `${file}: another citera process uses this database, and SQLite serves one at a time. ` +
          "Stop it first, or use Postgres (DATABASE_URL) for several processes",
      );
    if (error instanceof TypeError) throw new StoreError("read_only", `${file}: the folder does not exist`);
    throw storeError(error, file);
  }
}

/** What is in a file, as far as migrations care. */
export function lookInside(connection: Database.Database): Inside {
  const names = connection
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'")
    .pluck()
    .all() as string[];
  const applied = names.includes(migrationsTable)
    ? (connection.prepare(`select hash, created_at as at from ${migrationsTable}`).all() as Inside["applied"])
    : [];
  return { applied, hasTables: names.some((name) => name !== migrationsTable) };
}

async function checkFile(connection: Database.Database, file: string): Promise<void> {
  try {
    schemaState("sqlite", lookInside(connection), file);
  } catch (error) {
    throw storeError(error, file);
  }
}

function migrateFile(connection: Database.Database, file: string): void {
  const inside = lookInside(connection);
  const state = schemaState("sqlite", inside, file);
  if (state === "ready") return;
  if (state === "behind") {
    const copy = `${file}.before-${Math.max(...inside.applied.map(({ at }) => at))}`;
    if (!existsSync(copy)) connection.prepare("vacuum into ?").run(copy);
  }
  migrate(drizzle(connection), { migrationsFolder: migrationsFolder("sqlite") });
}

/** What is in an existing file, without changing it, and whether it can be written. Throws StoreError. */
export function lookAtSqlite(file: string): SchemaState {
  try {
    const reader = connect(file, true);
    const inside = lookInside(reader);
    reader.close();
    const state = schemaState("sqlite", inside, file);
    const writer = new Database(file, { timeout: 1000 });
    writer.exec("BEGIN IMMEDIATE; ROLLBACK");
    writer.close();
    return state;
  } catch (error) {
    throw storeError(error, file);
  }
}

interface Waiting {
  work: (tx: Db) => Promise<unknown>;
  settle: { resolve(value: unknown): void; reject(error: unknown): void };
}

/** Works that wait at the same time run one after another in one transaction: each can fail alone, all sync once. */
function groupCommit(connection: Database.Database, db: Db, file: string): Store["tx"] {
  const lock = pLimit(1);
  const waiting: Waiting[] = [];
  const [begin, savepoint, rollbackTo, release, commit] = [
    "BEGIN IMMEDIATE",
    "SAVEPOINT work",
    "ROLLBACK TO work",
    "RELEASE work",
    "COMMIT",
  ].map((statement) => connection.prepare(statement)) as [Statement, Statement, Statement, Statement, Statement];
  const commitGroup = async (group: Waiting[]) => {
    const done: (() => void)[] = [];
    try {
      begin.run();
      for (const { work, settle } of group) {
        savepoint.run();
        try {
          const value = await work(db);
          done.push(() => settle.resolve(value));
        } catch (error) {
          if (!connection.inTransaction) throw error; // the whole group is gone (disk full)
          rollbackTo.run();
          done.push(() => settle.reject(storeError(error, file)));
        }
        release.run();
      }
      commit.run();
    } catch (error) {
      if (connection.inTransaction) connection.exec("ROLLBACK");
      for (const { settle } of group) settle.reject(storeError(error, file));
      return;
    }
    for (const tell of done) tell();
  };
  let committing = false;
  const commitAll = async () => {
    while (waiting.length > 0) {
      await endOfTurn(); // everything that is ready in this turn of the loop shares the sync
      await commitGroup(waiting.splice(0, groupSize));
    }
    committing = false; // in the same breath as the last look: nobody can slip in between
  };
  return <T>(work: (tx: Db) => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ work, settle: { resolve: resolve, reject } }); // gets what its work gave
      if (committing) return;
      committing = true;
      void lock(commitAll);
    });
}

type Statement = Database.Statement;

const endOfTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
