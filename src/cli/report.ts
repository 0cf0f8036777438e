/** `citera report`: the numbers of a period, with their intervals. */
import { Command, InvalidArgumentError, Option } from "commander";
import type { Project, Surface, UiLanguage } from "../domain.ts";
import { InputError } from "../errors.ts";
import type { Report } from "../measures/report.ts";
import { words } from "../words/index.ts";
import type { AboutAssistants } from "./report-text.ts";
import { configFor, harmless, print, styles, withCommonOptions, type CommonOptions } from "./command.ts";

interface ReportOptions extends CommonOptions {
  project?: string;
  days: number;
  from?: string;
  to?: string;
  surface?: Surface;
  json?: boolean;
  csv?: boolean;
}

export const report = withCommonOptions(new Command("report"))
  .description("show visibility, share of voice, ranking and citations with their intervals")
  .option("--project <id>", "which project, where the database holds several")
  .option("--days <number>", "last days with answers", wholeDays, 28)
  .option("--from <day>", "first day, YYYY-MM-DD", someDay)
  .option("--to <day>", "last day, YYYY-MM-DD", someDay)
  .addOption(
    new Option(
      "--surface <surface>",
      "answers of APIs or of apps; they are never added up (default: api, if any)",
    ).choices(["api", "ui"]),
  )
  .option("--json", "as JSON")
  .option("--csv", "as CSV, one line per brand, group and metric")
  .addHelpText(
    "after",
    "\nExamples:\n  citera report\n  citera report --days 7 --lang sv\n  citera report --csv > report.csv",
  )
  .action(async (options: ReportOptions) => {
    const config = configFor(options);
    checkPeriod(options);
    const { listProjects, openStoreReadOnly } = await import("../store/index.ts");
    const { makeReport } = await import("../measures/report.ts");
    const store = await openStoreReadOnly(config.databaseUrl);
    try {
      const project = chosenProject(await listProjects(store.read), options.project);
      const made = await makeReport(store.read, project, options);
      if (!made) return print(options.json ? "null" : words[config.language].noAnswersYet);
      const { reportCsv, reportData } = await import("./report-data.ts");
      if (options.json) return print(JSON.stringify(reportData(made), null, 2));
      if (options.csv) return void process.stdout.write(reportCsv(made));
      const { reportText } = await import("./report-text.ts");
      const about = await aboutAssistants(made, config.language);
      for (const line of reportText(made, config.language, styles(config.colour), about)) print(line);
    } finally {
      await store.close();
    }
  });

/** Which assistants do not answer before something is changed, and which take what of a question's place. */
async function aboutAssistants({ attention }: Report, language: UiLanguage): Promise<AboutAssistants> {
  const { assistants } = await import("../assistants/index.ts");
  const { explained } = await import("./failures.ts");
  const adapterOf = (name: string) => assistants.find(({ id }) => id === name); // or of an older version
  const lines = attention.flatMap(({ assistant, failure }) => {
    const adapter = adapterOf(assistant.adapter);
    if (!adapter) return [];
    return words[language].attention(harmless(assistant.title), explained(failure, assistant, adapter, language));
  });
  return { attention: lines, takes: (name) => adapterOf(name)?.location ?? [] };
}

/** The project asked for, or the only one. Throws InputError that names the others. */
export function chosenProject(projects: Project[], key: string | undefined): Project {
  const keys = projects.map((project) => project.key).join(", ");
  if (projects.length === 0)
    throw new InputError("the database holds no project yet; `citera apply` or `citera run` puts one in");
  if (key === undefined && projects.length > 1)
    throw new InputError(`the database holds several projects; choose one with --project: ${keys}`);
  const project = key === undefined ? projects[0] : projects.find((candidate) => candidate.key === key);
  if (!project) throw new InputError(`there is no project ${key}; there are ${keys}`);
  return project;
}

/** An option's number of days. */
export function wholeDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 3660)
    throw new InvalidArgumentError("must be a whole number from 1 to 3660");
  return days;
}

/** Throws InputError where a period ends before it begins. */
export function checkPeriod({ from, to }: { from?: string | undefined; to?: string | undefined }): void {
  if (from !== undefined && to !== undefined && from > to) throw new InputError(`--from ${from} is after --to ${to}`);
}

/** A day as it is written on the command line. */
export function someDay(text: string): string {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(text))
    // 30 February would become 2 March
    throw new InvalidArgumentError("must be a day such as 2026-01-31");
  return text;
}
