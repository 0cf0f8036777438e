/** `citera export`: writes the project file back from the database. */
import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { Command } from "commander";
import type { Project, ProjectDefinition } from "../domain.ts";
import { InputError, messageOf } from "../errors.ts";
import type { Db } from "../store/index.ts";
import { chosenProject } from "./choosing.ts";
import { configFor, say, withCommonOptions, type CommonOptions } from "./command.ts";

interface ExportOptions extends CommonOptions {
  out?: string;
  force?: boolean;
}

export const exportCommand = withCommonOptions(new Command("export"))
  .description("write the project file back from the database; applying it changes nothing")
  .argument("[project]", "which project, where the database holds several")
  .option("--out <file>", "write it to a file instead of standard output")
  .option("--force", "write over a file that is there")
  .addHelpText("after", "\nExamples:\n  citera export\n  citera export acme-sweden --out sweden.yaml")
  .action(async (key: string | undefined, { out, force = false, ...options }: ExportOptions) => {
    const config = configFor(options);
    if (out !== undefined && !force && existsSync(out))
      throw new InputError(`${out}: the file is there already; name another one, or say --force`);
    const { listProjects, openStoreReadOnly } = await import("../store/index.ts");
    const store = await openStoreReadOnly(config.databaseUrl);
    try {
      const definition = await definitionIn(store.read, chosenProject(await listProjects(store.read), key));
      const { assistants } = await import("../assistants/index.ts");
      const { projectFile } = await import("./export-file.ts");
      const text = projectFile(definition, assistants);
      if (out === undefined) process.stdout.write(text);
      else {
        writeWhole(out, text);
        say(out);
      }
    } finally {
      await store.close();
    }
  });

/** A project as the store holds it now, without what is archived. */
export async function definitionIn(db: Db, project: Project): Promise<ProjectDefinition> {
  const { listAssistants, listBrands, listPrompts } = await import("../store/index.ts");
  const { id } = project;
  return {
    ...project,
    brands: await listBrands(db, id),
    prompts: (await listPrompts(db, id)).map(
      ({ key, text, language, country, phase, segment, role, topic, tags, branded }) => ({
        ...{ key, text, language, country, phase, segment, role, topic, tags, branded },
      }),
    ),
    assistants: await listAssistants(db, id),
  };
}

function writeWhole(file: string, text: string): void {
  const part = `${file}.part`;
  try {
    writeFileSync(part, text);
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw new InputError(`${file}: the file cannot be written (${messageOf(error)})`);
  }
}
