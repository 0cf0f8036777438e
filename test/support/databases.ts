/** Fresh stores on both databases, for contract tests. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { inject } from "vitest";
import { openStore, type Store } from "../../src/store/index.ts";

export interface FreshStore {
  url: string;
  store: Store;
  /** Closes the store and removes its data. */
  remove(): Promise<void>;
}

async function freshSqlite(): Promise<FreshStore> {
  const folder = freshFolder();
  const url = join(folder, "citera.db");
  const store = await openStore(url);
  return {
    url,
    store,
    remove: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A Postgres database with nothing in it. */
export async function emptyPostgres(): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = inject("postgresUrl");
  const name = `t_${randomUUID().replaceAll("-", "")}`;
  await onServer(server, `create database ${name}`);
  return { url: `${server}/${name}`, drop: () => onServer(server, `drop database ${name} with (force)`) };
}

async function freshPostgres(): Promise<FreshStore> {
  const { url, drop } = await emptyPostgres();
  const store = await openStore(url);
  return {
    url,
    store,
    remove: async () => {
      await store.close();
      await drop();
    },
  };
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${server}/postgres` });
  await client.connect();
  await client.query(statement);
  await client.end();
}

export const freshFolder = (): string => mkdtempSync(join(tmpdir(), "citera-test-"));

export const databases: [name: string, open: () => Promise<FreshStore>][] = [
  ["SQLite", freshSqlite],
  ["Postgres", freshPostgres],
];
