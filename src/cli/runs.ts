/** `citera runs`: what was asked when, how it ended, what it was expected to cost and what it did. */
import { Command, InvalidArgumentError } from "commander";
import type { Config } from "../config.ts";
import type { Project, Run, UiLanguage } from "../domain.ts";
import { InputError } from "../errors.ts";
import type { Db, FailedQuestions } from "../store/index.ts";
import { words } from "../words/index.ts";
import { configFor, harmless, print, styles, withCommonOptions, type CommonOptions } from "./command.ts";
import type { AssistantData } from "./runs-data.ts";

interface RunsOptions extends CommonOptions {
  limit: number;
  json?: boolean;
}

export const runs = withCommonOptions(new Command("runs"))
  .description("list runs with their questions, forecast, cost and time; or show one with its failures and calls")
  .argument("[name]", "a project's id, or the end of a run's id")
  .option("--limit <number>", "so many of the latest runs", someRows, 20)
  .option("--json", "as JSON")
  .addHelpText(
    "after",
    "\nExamples:\n  citera runs\n  citera runs acme-sweden --limit 5\n  citera runs 3f9a0c71b2de            one run, by the end of its id\n  citera runs --json",
  )
  .action(async (name: string | undefined, options: RunsOptions) => {
    const config = configFor(options);
    const { listProjects, listRuns, openStoreReadOnly } = await import("../store/index.ts");
    const store = await openStoreReadOnly(config.databaseUrl);
    try {
      const projects = await listProjects(store.read);
      const project = projects.find(({ key }) => key === name);
      if (name !== undefined && !project) return await showRun(store.read, name, projects, options, config);
      const { limit } = options;
      const found = await listRuns(store.read, { limit, ...(project && { projectId: project.id }) });
      const { runData, runJson } = await import("./runs-data.ts");
      const data = await runData(store.read, found, projects, config.workspaceBudget, Date.now());
      if (options.json) return print(JSON.stringify({ runs: data.map(runJson) }, null, 2));
      if (data.length === 0) return print(words[config.language].operations.runs.none);
      const { runsTable } = await import("./runs-text.ts");
      for (const line of runsTable(data, config.language, styles(config.colour))) print(line);
    } finally {
      await store.close();
    }
  });

async function showRun(
  db: Db,
  name: string,
  projects: Project[],
  { json }: RunsOptions,
  config: Config,
): Promise<void> {
  const { assistantData, costJson, runData, runJson } = await import("./runs-data.ts");
  const run = await runNamed(db, name, projects);
  const [data] = await runData(db, [run], projects, config.workspaceBudget, Date.now());
  const { assistants, failures } = await assistantData(db, run);
  const titled = failures.map((failed) => ({
    ...failed,
    slot: assistants.find(({ assistant }) => assistant.id === failed.assistantId)!,
  }));
  if (json) {
    const shown = {
      ...runJson(data!),
      assistants: assistants.map(({ assistant, standing, calls }) => ({
        assistant: assistant.key,
        questions: standing,
        calls: calls.map((sum) => ({ payment: sum.payment, calls: sum.known + sum.unknown, ...costJson(sum) })),
      })),
      failures: titled.map(({ slot, failure, questions, unsent }) => ({
        assistant: slot.assistant.key,
        ...{ questions, unsent, failure },
      })),
    };
    return print(JSON.stringify(shown, null, 2));
  }
  const { runText } = await import("./runs-text.ts");
  const why = await whyFailed(titled, config.language);
  for (const line of runText(data!, assistants, why, config.language, styles(config.colour))) print(line);
}

/** Throws InputError where no run or several have the name. */
async function runNamed(db: Db, name: string, projects: Project[]): Promise<Run> {
  const { findRuns } = await import("../store/index.ts");
  const [run, another] = await findRuns(db, name);
  if (another)
    throw new InputError(`several runs end with ${name}; give more of the id, as \`citera runs --json\` shows it`);
  if (run) return run;
  const keys = projects.map(({ key }) => key).join(", ");
  throw new InputError(
    `there is no project and no run ${JSON.stringify(name.slice(0, 60))}; projects: ${keys || "none yet"}. \`citera runs\` lists the latest runs`,
  );
}

async function whyFailed(
  failures: (FailedQuestions & { slot: AssistantData })[],
  language: UiLanguage,
): Promise<string[]> {
  const { assistants } = await import("../assistants/index.ts");
  const { explained } = await import("./failures.ts");
  return failures.flatMap(({ slot: { assistant }, failure, questions, unsent }) => {
    const adapter = assistants.find(({ id }) => id === assistant.adapter); // or of an older version
    const why = adapter ? explained(failure, assistant, adapter, language) : harmless(failure.message);
    const title = harmless(assistant.title);
    return [`${title}: ${questions} x ${why}`, ...(unsent > 0 ? [words[language].unsent(title, unsent)] : [])];
  });
}

/** A number of rows on the command line. */
export function someRows(text: string): number {
  const rows = Number(text);
  if (!Number.isInteger(rows) || rows < 1 || rows > 10_000)
    throw new InvalidArgumentError("must be a whole number from 1 to 10000");
  return rows;
}
