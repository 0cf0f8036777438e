/** `citera pause` and `citera resume`: whether a project is asked by its schedule. */
import { Command } from "commander";
import { words } from "../words/index.ts";
import { shownSchedule } from "../words/schedule.ts";
import { chosenProject } from "./choosing.ts";
import { configFor, harmless, print, withCommonOptions, type CommonOptions } from "./command.ts";

const projectArgument = ["[project]", "its id, where the database holds several"] as const;

export const pause = withCommonOptions(new Command("pause"))
  .description("stop asking a project by its schedule until `citera resume`; a run under way ends as usual")
  .argument(...projectArgument)
  .addHelpText("after", "\nExamples:\n  citera pause\n  citera pause acme-sweden")
  .action((project: string | undefined, options: CommonOptions) => setTo(true, project, options));

export const resume = withCommonOptions(new Command("resume"))
  .description("ask a paused project by its schedule again; what was missed is caught up with one run")
  .argument(...projectArgument)
  .addHelpText("after", "\nExamples:\n  citera resume\n  citera resume acme-sweden")
  .action((project: string | undefined, options: CommonOptions) => setTo(false, project, options));

async function setTo(paused: boolean, key: string | undefined, options: CommonOptions): Promise<void> {
  const config = configFor(options);
  const { getProject, listProjects, openStore, setPaused } = await import("../store/index.ts");
  const store = await openStore(config.databaseUrl);
  try {
    const project = chosenProject(await listProjects(store.read), key, "by its id");
    const wording = words[config.language].schedule;
    const name = harmless(project.name);
    const now = Date.now();
    const already = (project.pausedAt !== null) === paused;
    if (!already) await store.tx((tx) => setPaused(tx, project.id, paused ? now : null));
    if (paused) print(already ? wording.wasPaused(name) : wording.nowPaused(name));
    else print(already ? wording.wasNotPaused(name) : wording.resumed(name));
    const { upcoming } = await import("../schedule/groups.ts");
    const after = await getProject(store.read, project.id);
    for (const line of shownSchedule(after, upcoming(after, now), now, config.language)) print(harmless(line));
  } finally {
    await store.close();
  }
}
