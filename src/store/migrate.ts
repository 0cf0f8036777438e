/** Finds out which migrations a database lacks, and refuses one that is newer than the program. */
import { join } from "node:path";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { StoreError } from "../errors.ts";

/** drizzle's own table of applied migrations, in both databases. */
export const migrationsTable = "__drizzle_migrations";

export const migrationsFolder = (dialect: "sqlite" | "postgresql"): string =>
  join(import.meta.dirname, "migrations", dialect);

/**
 * True when migrations are missing. `appliedAt` is the time of the newest applied one, null for an empty database.
 * Throws StoreError "newer" when the database has been written by a later program.
 */
export function needsMigration(dialect: "sqlite" | "postgresql", appliedAt: number | null, where: string): boolean {
  const newest = readMigrationFiles({ migrationsFolder: migrationsFolder(dialect) }).at(-1)!.folderMillis;
  if (appliedAt !== null && appliedAt > newest)
    throw new StoreError(
      "newer",
      `${where}: the database was made by a newer version of Citera. Update Citera, or name another database`,
    );
  return appliedAt === null || appliedAt < newest;
}
