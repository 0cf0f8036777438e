/** `citera delete`: removes a project with everything that is of it. */
import { createInterface } from "node:readline/promises";
import { Command } from "commander";
import type { Config } from "../config.ts";
import type { Project } from "../domain.ts";
import { InputError } from "../errors.ts";
import type { Db, Store } from "../store/index.ts";
import { words } from "../words/index.ts";
import { chosenProject } from "./choosing.ts";
import { configFor, exitCodes, print, say, withCommonOptions, type CommonOptions } from "./command.ts";

const project = withCommonOptions(new Command("project"))
  .description("remove a project with all answers, counts, questions, prompts and brands, for ever")
  .argument("<id>", "which project")
  .option("--yes", "do not ask first")
  .addHelpText(
    "after",
    "\nExamples:\n  citera backup before.db && citera delete project acme-sweden\n  citera delete project acme-sweden --yes",
  )
  .action(async (key: string, { yes = false, ...options }: CommonOptions & { yes?: boolean }) => {
    const config = configFor(options);
    const { openStore } = await import("../store/index.ts");
    const store = await openStore(config.databaseUrl);
    try {
      const found = await projectToDelete(store.read, key);
      if (!yes) await confirm(store.read, found, config);
      process.exitCode = await remove(store, found, config);
    } finally {
      await store.close();
    }
  });

export const deleteCommand = new Command("delete")
  .description("remove a project for ever; what was removed stays written, with the time")
  .addCommand(project)
  .addHelpText("after", "\nExamples:\n  citera delete project acme-sweden");

/** The project, or one of this key of which an earlier call has left something. Throws InputError. */
async function projectToDelete(db: Db, key: string): Promise<Pick<Project, "id" | "key">> {
  const { listProjects, unfinishedDeletion } = await import("../store/index.ts");
  const projects = await listProjects(db);
  const left = projects.some((one) => one.key === key) ? null : await unfinishedDeletion(db, key);
  return left === null ? chosenProject(projects, key) : { id: left, key };
}

/** Shows what would go and has the key typed. Throws InputError where nobody types it. */
async function confirm(db: Db, { id, key }: Pick<Project, "id" | "key">, { language }: Config): Promise<void> {
  const { countProject } = await import("../store/index.ts");
  const { deleting } = words[language].operations;
  const { answers = 0, questions = 0 } = await countProject(db, id);
  say(deleting.about(key, answers, questions));
  if (!process.stdin.isTTY) throw new InputError(deleting.sayYes);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const typed = await terminal.question(`${deleting.typeKey} `);
  terminal.close();
  if (typed.trim() !== key) throw new InputError(deleting.notTyped);
}

async function remove(store: Store, found: Pick<Project, "id" | "key">, { language }: Config): Promise<number> {
  const { deleteProject } = await import("../store/index.ts");
  const { deleting } = words[language].operations;
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    const ended = await deleteProject(store, found, () => Date.now(), stopping.signal);
    print(ended ? deleting.deleted(found.key) : deleting.stopped(found.key));
    return ended ? exitCodes.done : exitCodes.stopped;
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}
