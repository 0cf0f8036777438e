/** `citera sources`: which cited domains each assistant stays with, and which come and go. */
import { Command, Option } from "commander";
import type { Project, Surface } from "../domain.ts";
import type { Db } from "../store/index.ts";
import { words } from "../words/index.ts";
import { checkPeriod, chosenProject, listed, withPeriod, type PeriodOptions } from "./choosing.ts";
import { configFor, print, styles, withCommonOptions, type CommonOptions } from "./command.ts";
import type { ShownSources } from "./sources-text.ts";

interface SourcesOptions extends CommonOptions, PeriodOptions {
  surface?: Surface;
  assistant: string[];
  prompt?: string;
  json?: boolean;
}

export const sources = withPeriod(withCommonOptions(new Command("sources")))
  .description("show which cited domains each assistant stays with, and which come and go")
  .addOption(new Option("--surface <surface>", "only assistants of APIs or of apps").choices(["api", "ui"]))
  .option("--assistant <ids>", "only these assistants", listed, [])
  .option("--prompt <id>", "one question, with how often each domain is cited")
  .option("--json", "as JSON")
  .addHelpText(
    "after",
    "\nExamples:\n  citera sources\n  citera sources --assistant chatgpt-api --days 90\n  citera sources --prompt best-phone --lang sv",
  )
  .action(async (options: SourcesOptions) => {
    const config = configFor(options);
    checkPeriod(options);
    const { listProjects, openStoreReadOnly } = await import("../store/index.ts");
    const store = await openStoreReadOnly(config.databaseUrl);
    try {
      const project = chosenProject(await listProjects(store.read), options.project);
      const made = await habitsIn(store.read, project, options);
      if (!made) return print(options.json ? "null" : words[config.language].noAnswersYet);
      const { sourcesData, sourcesText } = await import("./sources-text.ts");
      if (options.json) return print(JSON.stringify(sourcesData(made), null, 2));
      for (const line of sourcesText(made, config.language, styles(config.colour))) print(line);
    } finally {
      await store.close();
    }
  });

/** What the options ask for; null when there is no answer yet. */
async function habitsIn(db: Db, project: Project, options: SourcesOptions): Promise<ShownSources | null> {
  const { listAllAssistants, listBrands, listPromptLabels } = await import("../store/index.ts");
  const { choosePeriod } = await import("../measures/period.ts");
  const { sourceHabits } = await import("../measures/sources.ts");
  const { idOf, namesIn } = await import("./project-names.ts");
  const names = await namesIn(db, project);
  const ids = options.assistant.map((key) => idOf(names, "assistant", key));
  const promptId = options.prompt === undefined ? undefined : idOf(names, "prompt", options.prompt);
  const assistants = await listAllAssistants(db, project.id);
  const surfaces = new Set(assistants.filter(({ id }) => ids.includes(id)).map(({ surface }) => surface));
  const surface = options.surface ?? (surfaces.size === 1 ? [...surfaces][0] : undefined);
  const { days, from, to } = options;
  const period = await choosePeriod(db, project, { days, from, to, surface });
  if (!period) return null;
  const labels = await listPromptLabels(db, project.id);
  const habits = await sourceHabits(db, project, {
    from: period.from,
    to: period.to,
    surface: options.surface,
    ...(ids.length > 0 && { assistants: ids }),
    ...(promptId !== undefined && { prompts: [promptId] }),
  });
  return {
    ...habits,
    project: project.key,
    from: period.from,
    to: period.to,
    assistants,
    brands: await listBrands(db, project.id),
    prompt: labels.findLast(({ prompt }) => prompt.id === promptId) ?? null,
  };
}
