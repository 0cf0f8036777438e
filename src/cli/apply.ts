/** `citera apply`: brings the database in line with a project file and shows the difference. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import type { Change, Project, ProjectDefinition } from "../domain.ts";
import type { House } from "../jobs/index.ts";
import type { OpenHouse } from "../service.ts";
import { words } from "../words/index.ts";
import {
  configFor,
  harmless,
  print,
  readProject,
  styles,
  usualFile,
  warn,
  withCommonOptions,
  type CommonOptions,
  type Styles,
} from "./command.ts";

export const apply = withCommonOptions(new Command("apply"))
  .description(
    "bring the database in line with a project file; what is missing from the file is archived, never deleted",
  )
  .argument("[file]", "project file", usualFile)
  .option("--dry-run", "show the difference and change nothing")
  .addHelpText(
    "after",
    "\nExamples:\n  citera apply --dry-run\n  citera apply markets/sweden.yaml --db postgres://citera@localhost/citera",
  )
  .action(async (file: string, options: CommonOptions & { dryRun?: boolean }) => {
    const config = configFor(options);
    const definition = await readProject(file, config.language, warn);
    const { openHouse } = await import("../service.ts");
    const database = await databaseFor(config.databaseUrl, options.dryRun === true);
    const house = await openHouse({ config: { ...config, databaseUrl: database.url } });
    try {
      const { changes, project } = await applyFile(house, definition, options.dryRun === true);
      for (const line of shownChanges(changes, styles(config.colour))) print(line);
      if (changes.length === 0) print(words[config.language].unchanged);
      if (!options.dryRun) await finishReading(house, project);
    } finally {
      await house.close();
      database.remove();
    }
  });

/** The database itself; for a look ahead where there is none yet, one that goes away again. */
export async function databaseFor(url: string, dryRun: boolean): Promise<{ url: string; remove(): void }> {
  const { isPostgres } = await import("../store/index.ts");
  if (!dryRun || isPostgres(url) || existsSync(url)) return { url, remove: () => undefined };
  const folder = mkdtempSync(join(tmpdir(), "citera-dry-run-"));
  return { url: join(folder, "citera.db"), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

class DryRun extends Error {}

/**
 * Applies a definition, or finds out what applying would change.
 * `look` sees the database as it would then be, before a dry run takes everything back.
 */
export async function applyFile(
  house: OpenHouse,
  definition: ProjectDefinition,
  dryRun = false,
  look: (after: House, project: Project) => Promise<void> = async () => undefined,
): Promise<{ project: Project; changes: Change[] }> {
  const { applyDefinition } = await import("../store/index.ts");
  let result: { project: Project; changes: Change[] } | undefined;
  try {
    await house.store.tx(async (tx) => {
      result = await applyDefinition(tx, definition, house.clock.now());
      await look({ ...house, store: { ...house.store, read: tx } }, result.project);
      if (dryRun) throw new DryRun(); // takes everything back
    });
  } catch (error) {
    if (!(error instanceof DryRun)) throw error;
  }
  return result!;
}

/** Reads history again where brands have changed. */
export async function finishReading(house: OpenHouse, project: Project): Promise<void> {
  const { prepareReading, rereadNow } = await import("../jobs/index.ts");
  if (await prepareReading(house, project.id)) await rereadNow(house, project.id, new AbortController().signal);
}

const signs: Record<Change["action"], string> = {
  added: "+",
  changed: "~",
  "new version": "~",
  archived: "-",
  restored: "+",
};

/** One line per change: `~ brand Acme changed: aliases, domains`. */
export const shownChanges = (changes: Change[], { green, red, cyan }: Styles): string[] =>
  changes.map(({ noun, action, key, fields }) => {
    const colour = signs[action] === "+" ? green : signs[action] === "-" ? red : cyan;
    return colour(
      `${signs[action]} ${noun} ${harmless(key)} ${action}${fields.length ? `: ${fields.join(", ")}` : ""}`,
    );
  });
