/** `citera backup`: copies the database while the service runs. */
import { statSync } from "node:fs";
import { Command } from "commander";
import { InputError } from "../errors.ts";
import { words } from "../words/index.ts";
import { configFor, print, withCommonOptions, type CommonOptions } from "./command.ts";

export const backup = withCommonOptions(new Command("backup"))
  .description("copy the database to a file, also while the service runs; the copy is whole and checked")
  .argument("<file>", "where to; it holds all answers, so keep it as safe as the database")
  .option("--force", "write over a file that is there")
  .addHelpText(
    "after",
    "\nExamples:\n  citera backup backups/citera-2026-03-02.db\n  citera backup /mnt/safe/citera.db --force --db data/citera.db",
  )
  .action(async (file: string, { force = false, ...options }: CommonOptions & { force?: boolean }) => {
    const { databaseUrl, language } = configFor(options);
    const { backupSqlite, isPostgres } = await import("../store/index.ts");
    const { operations, locale } = words[language];
    if (isPostgres(databaseUrl)) {
      const { dump } = postgresTools(databaseUrl, file);
      throw new InputError(operations.copies.postgres(`  ${dump}`));
    }
    const { bytes, state } = backupSqlite(databaseUrl, file, force);
    print(operations.copies.backedUp(file, shownSize(bytes, locale), shownSize(statSync(databaseUrl).size, locale)));
    if (state === "behind") print(operations.copies.behind);
  });

/** `1.4 MB`, in millions of bytes as disks are sold. */
export const shownSize = (bytes: number, locale: string): string =>
  `${(bytes / 1e6).toLocaleString(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} MB`;

/** The commands that copy a Postgres database and put it back, without its password. */
export function postgresTools(databaseUrl: string, file: string): { dump: string; restore: string } {
  const url = new URL(databaseUrl);
  url.password = "";
  url.searchParams.delete("password");
  const [address, path] = [url.href, file].map((text) => `'${text.replaceAll("'", "'\\''")}'`);
  return {
    dump: `pg_dump --format=custom --file=${path} ${address}`,
    restore: `pg_restore --clean --if-exists --no-owner --single-transaction --dbname=${address} ${path}`,
  };
}
