/** `citera apply`: brings the database in line with a project file and shows the difference. */
import { Command } from "commander";
import { assistants } from "../assistants/index.ts";
import { readProjectFile, usualFile } from "../config/project-file.ts";
import type { Change, Project, ProjectDefinition } from "../domain.ts";
import type { OpenHouse } from "../service.ts";
import { words } from "../words/index.ts";
import { configFor, print, styles, withCommonOptions, type CommonOptions, type Styles } from "./command.ts";

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
    const definition = readProjectFile(file, assistants);
    const { openHouse } = await import("../service.ts");
    const house = await openHouse({ config });
    try {
      const { changes, project } = await applyFile(house, definition, options.dryRun === true);
      for (const line of shownChanges(changes, styles(config.colour))) print(line);
      if (changes.length === 0) print(words[config.language].unchanged);
      if (!options.dryRun) await finishReading(house, project);
    } finally {
      await house.close();
    }
  });

class DryRun extends Error {}

/** Applies a definition, or finds out what applying would change. */
export async function applyFile(
  house: OpenHouse,
  definition: ProjectDefinition,
  dryRun = false,
): Promise<{ project: Project; changes: Change[] }> {
  const { applyDefinition } = await import("../store/index.ts");
  let result: { project: Project; changes: Change[] } | undefined;
  try {
    await house.store.tx(async (tx) => {
      result = await applyDefinition(tx, definition, house.clock.now());
      if (dryRun) throw new DryRun(); // takes everything back
    });
  } catch (error) {
    if (!(error instanceof DryRun)) throw error;
  }
  return result!;
}

/** Reads history again where brands have changed. */
async function finishReading(house: OpenHouse, project: Project): Promise<void> {
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
    return colour(`${signs[action]} ${noun} ${key} ${action}${fields.length ? `: ${fields.join(", ")}` : ""}`);
  });
