/** `citera report`: the numbers of a period, with their intervals. */
import { Command, Option } from "commander";
import type { Surface, UiLanguage } from "../domain.ts";
import type { Report } from "../measures/report.ts";
import { words } from "../words/index.ts";
import { shownSchedule } from "../words/schedule.ts";
import type { AboutAssistants } from "./report-text.ts";
import { checkPeriod, chosenProject, withPeriod, type PeriodOptions } from "./choosing.ts";
import { configFor, harmless, print, styles, withCommonOptions, type CommonOptions } from "./command.ts";

interface ReportOptions extends CommonOptions, PeriodOptions {
  surface?: Surface;
  json?: boolean;
  csv?: boolean;
}

export const report = withPeriod(withCommonOptions(new Command("report")))
  .description("show visibility, share of voice, ranking and citations with their intervals")
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

/** Which assistants do not answer before something is changed, which take what of a question's place; the next runs. */
async function aboutAssistants({ attention, project }: Report, language: UiLanguage): Promise<AboutAssistants> {
  const { assistants } = await import("../assistants/index.ts");
  const { explained } = await import("./failures.ts");
  const adapterOf = (name: string) => assistants.find(({ id }) => id === name); // or of an older version
  const lines = attention.flatMap(({ assistant, failure }) => {
    const adapter = adapterOf(assistant.adapter);
    if (!adapter) return [];
    return words[language].attention(harmless(assistant.title), explained(failure, assistant, adapter, language));
  });
  const { upcoming } = await import("../schedule/groups.ts");
  const now = Date.now();
  const schedule = shownSchedule(project, upcoming(project, now), now, language);
  return { attention: lines, takes: (name) => adapterOf(name)?.location ?? [], schedule };
}
