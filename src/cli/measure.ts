/** `citera measure`: any metric, narrowed, split and compared as asked. */
import { Command, InvalidArgumentError, Option } from "commander";
import type { Dimension } from "../measures/measures.ts";
import { words } from "../words/index.ts";
import { checkPeriod, chosenProject, listed, withPeriod, type PeriodOptions } from "./choosing.ts";
import { configFor, print, styles, withCommonOptions, type CommonOptions } from "./command.ts";

/** `--where dimension=value,value`. */
export interface Where {
  dimension: string;
  values: string[];
}
export interface MeasureOptions extends CommonOptions, PeriodOptions {
  by: Dimension[];
  where: Where[];
  brand: string[];
  bucket?: "day" | "week" | "month";
  compare?: boolean;
  json?: boolean;
  csv?: boolean;
}

/** An option's values, with commas between them. */
export const measure = withPeriod(withCommonOptions(new Command("measure")))
  .description("show any metric, narrowed, split and compared as you ask")
  .argument("[metrics...]", "ids as `citera metrics --json` has them (default: those that the report shows first)")
  .option(
    "--by <dimensions>",
    "split by: assistant,servedModel,surface,prompt,topic,tag,phase,segment,branded,language,country",
    listed,
    [],
  )
  .option("--where <dimension=values>", "only answers with one of these values; may be given again", narrowing, [])
  .option("--brand <ids>", "only these brands; shares are still of all tracked brands", listed, [])
  .addOption(new Option("--bucket <length>", "a row for each").choices(["day", "week", "month"]))
  .option("--compare", "say what changed since as many days before")
  .option("--json", "as JSON")
  .option("--csv", "as CSV, one line per number")
  .addHelpText(
    "after",
    "\nExamples:\n  citera measure\n  citera measure head-to-head --by assistant\n" +
      "  citera measure visibility prominence --where phase=purchase,consideration --bucket week\n" +
      "  citera measure citation-rate --where surface=ui --compare --csv > citations.csv",
  )
  .action(async (metrics: string[], options: MeasureOptions) => {
    const config = configFor(options);
    checkPeriod(options);
    // loaded only when they are needed: other commands start sooner
    const { listProjects, openStoreReadOnly } = await import("../store/index.ts");
    const { namesIn } = await import("./project-names.ts");
    const { flatRows, rowsAsCsv } = await import("./measure-rows.ts");
    const { queryOf } = await import("./measure-query.ts");
    const { rowsAsText } = await import("./measure-text.ts");
    const store = await openStoreReadOnly(config.databaseUrl);
    try {
      const project = chosenProject(await listProjects(store.read), options.project);
      const names = await namesIn(store.read, project);
      const query = await queryOf(store.read, project, metrics, options, names);
      if (!query) return print(options.json ? "null" : words[config.language].noAnswersYet);
      const rows = await flatRows(store.read, project, query, names);
      if (options.csv) return void process.stdout.write(rowsAsCsv(rows, options.by));
      if (options.json) return print(JSON.stringify({ project: project.key, ...query, rows }, null, 2));
      for (const line of rowsAsText(rows, query, config.language, styles(config.colour))) print(line);
    } finally {
      await store.close();
    }
  });

function narrowing(text: string, before: Where[]): Where[] {
  const [dimension = "", ...rest] = text.split("=");
  const values = listed(rest.join("="));
  if (dimension === "" || values.length === 0)
    throw new InvalidArgumentError("write it as dimension=value or dimension=value,value");
  return [...before, { dimension: dimension.trim(), values }];
}
