/** A database of an earlier version is brought up to date with everything in it. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { drizzle as sqliteDrizzle } from "drizzle-orm/better-sqlite3";
import { migrate as migrateSqlite } from "drizzle-orm/better-sqlite3/migrator";
import { drizzle as pgDrizzle } from "drizzle-orm/node-postgres";
import { migrate as migratePostgres } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  factsOfDay,
  findAnswer,
  findProject,
  listBrands,
  loadFindings,
  newestReading,
  openStore,
} from "../../src/store/index.ts";
import { emptyPostgres, freshFolder } from "../support/databases.ts";
import { drained } from "../support/drained.ts";

const migrations = join(import.meta.dirname, "..", "..", "src", "store", "migrations");
let folder: string;
beforeEach(() => void (folder = freshFolder()));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The folder of migrations as it was when there was only the first. */
function firstMigration(dialect: string): string {
  const [from, to] = [join(migrations, dialect), join(folder, dialect)];
  mkdirSync(join(to, "meta"), { recursive: true });
  cpSync(join(from, "0000_start.sql"), join(to, "0000_start.sql"));
  const journal = JSON.parse(readFileSync(join(from, "meta", "_journal.json"), "utf8")) as { entries: unknown[] };
  writeFileSync(
    join(to, "meta", "_journal.json"),
    JSON.stringify({ ...journal, entries: journal.entries.slice(0, 1) }),
  );
  return to;
}

/** One answer with its findings, as the first version wrote them. */
const rows = (yes: string) => `
  insert into projects values ('p', 'acme', 'Acme', null, 'UTC', '["en"]', null, 1, '{}', '[]', '[]', 1, 1, 0);
  insert into brands values ('b', 'p', 'acme', 'Acme', 'own', '[]', '["acme.example"]', '[]', '{}', '[]', null);
  insert into prompts values ('q', 'p', 'q', 'purchase', null, null, null, '[]', ${yes}, 'v', null);
  insert into prompt_versions values ('v', 'q', 1, 'Which?', 'en', null);
  insert into answers values ('a', 'p', 'v', 's', 'scheduled', '2026-03-02', 'answered', ${yes}, 'Acme is good.',
    '[]', '[]', '[]', '[]', 'm', null, null, null, null, 0, 1, 1);
  insert into readings values ('p', 1, 2, 1);
  insert into findings values ('a', 1, 'list', '{"b":1}');
  insert into mentions values ('a', 1, 0, 'b', 0, 4, 'Acme', 'name', 'certain');
  insert into citations values ('a', 1, 0, 'https://acme.example/', null, 'https://acme.example/', 'acme.example',
    'acme.example', 'b', 'inline', null, null);`;

async function oldSqlite() {
  const file = join(folder, "citera.db");
  const database = new Database(file);
  migrateSqlite(sqliteDrizzle(database), { migrationsFolder: firstMigration("sqlite") });
  database.exec(rows("1"));
  database.close();
  return { url: file, drop: () => Promise.resolve() };
}

async function oldPostgres() {
  const { url, drop } = await emptyPostgres();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await migratePostgres(pgDrizzle(client), {
    migrationsFolder: firstMigration("postgresql"),
    migrationsSchema: "public",
  });
  await client.query(rows("true"));
  await client.end();
  return { url, drop };
}

describe.each([
  ["SQLite", oldSqlite],
  ["Postgres", oldPostgres],
])("a database of the first version on %s", (_, make) => {
  it("keeps its findings, which lack what was not said then", async () => {
    const { url, drop } = await make();
    const store = await openStore(url);
    try {
      const project = (await findProject(store.read, "acme"))!;
      const brands = await listBrands(store.read, project.id);
      const reading = (await newestReading(store.read, project.id))!;
      const answer = (await findAnswer(store.read, "a"))!;
      const page = "https://acme.example/";
      expect(await loadFindings(store.read, answer, reading, brands)).toEqual({
        parserVersion: 2,
        mentions: [{ brand: "acme", start: 0, end: 4, text: "Acme", form: "Acme", via: "name", certainty: "certain" }],
        ranking: { source: "list", positions: { acme: 1 }, order: ["acme"], candidates: [] },
        citations: [
          { url: page, canonicalUrl: page, host: "acme.example", domain: "acme.example", owner: "own", kind: "inline" },
        ],
        ghosts: [],
      });
      const [facts] = await drained(factsOfDay(store.read, project.id, "2026-03-02", 1));
      expect(facts).toMatchObject({ ranked: true, positions: { b: 1 } });
    } finally {
      await store.close();
      await drop();
    }
  });
});
