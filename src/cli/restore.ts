/** `citera restore`: puts a copy of the database back in its place. */
import { Command } from "commander";
import { InputError } from "../errors.ts";
import { words } from "../words/index.ts";
import { postgresTools, shownSize } from "./backup.ts";
import { configFor, print, withCommonOptions, type CommonOptions } from "./command.ts";

export const restore = withCommonOptions(new Command("restore"))
  .description("put a backup in the database's place; the service must be stopped")
  .argument("<file>", "a copy that `citera backup` made")
  .option("--force", "also where the database holds a project; it is kept beside as .before-restore-TIME")
  .addHelpText(
    "after",
    "\nExamples:\n  citera restore backups/citera-2026-03-02.db\n  citera restore backups/citera-2026-03-02.db --force --db data/citera.db",
  )
  .action(async (file: string, { force = false, ...options }: CommonOptions & { force?: boolean }) => {
    const { databaseUrl, language } = configFor(options);
    const { isPostgres, restoreSqlite } = await import("../store/index.ts");
    const { operations, locale } = words[language];
    if (isPostgres(databaseUrl))
      throw new InputError(operations.copies.postgres(`  ${postgresTools(databaseUrl, file).restore}`));
    const { bytes, state, kept } = restoreSqlite(databaseUrl, file, { force, now: Date.now() });
    print(operations.copies.restored(databaseUrl, shownSize(bytes, locale)));
    if (kept !== null) print(operations.copies.kept(kept));
    if (state === "behind") print(operations.copies.behind);
  });
