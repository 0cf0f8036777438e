/** Finds out whether a database lacks migrations, and refuses one that is newer than the program or not its own. */
import { join } from "node:path";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { StoreError } from "../errors.ts";

/** drizzle's own table of applied migrations, in both databases. */
export const migrationsTable = "__drizzle_migrations";

export const migrationsFolder = (dialect: "sqlite" | "postgresql"): string =>
  join(import.meta.dirname, "migrations", dialect);

type Migrations = ReturnType<typeof readMigrationFiles>;
const known = new Map<string, Migrations>();

/** As they were when they were first read: a program that was replaced on disk goes on being the one it was. */
function migrationsOf(dialect: "sqlite" | "postgresql"): Migrations {
  let migrations = known.get(dialect);
  if (!migrations)
    known.set(dialect, (migrations = readMigrationFiles({ migrationsFolder: migrationsFolder(dialect) })));
  return migrations;
}

/** What a database says of itself. */
export interface Inside {
  /** Rows of drizzle's table; none when there is no such table. */
  applied: { hash: string; at: number }[];
  /** There are tables beside drizzle's own. */
  hasTables: boolean;
}

/** Nothing is in it, migrations are missing, or it is as this program wants it. */
export type SchemaState = "empty" | "behind" | "ready";

/** Throws StoreError "newer" for a database written by a later program, "not_a_database" for one of another program. */
export function schemaState(
  dialect: "sqlite" | "postgresql",
  { applied, hasTables }: Inside,
  where: string,
): SchemaState {
  const migrations = migrationsOf(dialect);
  if (applied.length === 0 && !hasTables) return "empty";
  if (!applied.some(({ hash }) => hash === migrations[0]!.hash))
    throw new StoreError("not_a_database", `${where}: this is a database of another program. Name another database`);
  const newest = migrations.at(-1)!.folderMillis;
  const reached = Math.max(...applied.map(({ at }) => at));
  if (reached > newest)
    throw new StoreError(
      "newer",
      `${where}: the database was made by a newer version of Citera. Update Citera, or name another database`,
    );
  return reached < newest ? "behind" : "ready";
}
