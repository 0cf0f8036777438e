/** `citera measure`: any metric, narrowed, split and compared as asked. */
import { Command, InvalidArgumentError, Option } from "commander";
import type { Project, UiLanguage } from "../domain.ts";
import { InputError } from "../errors.ts";
import type { Dimension } from "../measures/dimensions.ts";
import { allMetrics, headlines, type MeasureQuery } from "../measures/measures.ts";
import type { Db } from "../store/index.ts";
import { words } from "../words/index.ts";
import { shownChange, shownIn } from "../words/measures.ts";
import { shownBasis } from "../words/numbers.ts";
import { configFor, harmless, print, styles, withCommonOptions, type CommonOptions, type Styles } from "./command.ts";
import { flatRows, idOf, namesIn, rowsAsCsv, type FlatRow, type Names } from "./measure-rows.ts";
import { checkPeriod, chosenProject, someDay, wholeDays } from "./report.ts";
import { table } from "./table.ts";

interface Where {
  dimension: string;
  values: string[];
}
interface MeasureOptions extends CommonOptions {
  project?: string;
  by: Dimension[];
  where: Where[];
  brand: string[];
  bucket?: "day" | "week" | "month";
  days: number;
  from?: string;
  to?: string;
  compare?: boolean;
  json?: boolean;
  csv?: boolean;
}

/** An option's values, with commas between them. */
export const listed = (text: string): string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);

export const measure = withCommonOptions(new Command("measure"))
  .description("show any metric, narrowed, split and compared as you ask")
  .argument("[metrics...]", "ids as `citera metrics --json` has them (default: those that the report shows first)")
  .option("--project <id>", "which project, where the database holds several")
  .option(
    "--by <dimensions>",
    "split by: assistant,servedModel,surface,prompt,topic,tag,phase,segment,branded,language,country",
    listed,
    [],
  )
  .option("--where <dimension=values>", "only answers with one of these values; may be given again", narrowing, [])
  .option("--brand <ids>", "only these brands; shares are still of all tracked brands", listed, [])
  .addOption(new Option("--bucket <length>", "a row for each").choices(["day", "week", "month"]))
  .option("--days <number>", "last days with answers", wholeDays, 28)
  .option("--from <day>", "first day, YYYY-MM-DD", someDay)
  .option("--to <day>", "last day, YYYY-MM-DD", someDay)
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
    const { listProjects, openStoreReadOnly } = await import("../store/index.ts");
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

/** The query that the options mean, of one surface unless they say which; null when there is no answer yet. */
async function queryOf(
  db: Db,
  project: Project,
  metrics: string[],
  { by, where, brand, bucket, compare, ...period }: MeasureOptions,
  names: Names,
): Promise<MeasureQuery | null> {
  const filter = Object.fromEntries(
    where.map(({ dimension, values }) => [
      dimension,
      dimension === "assistant" || dimension === "prompt"
        ? values.map((value) => idOf(names, dimension, value))
        : values,
    ]),
  );
  const { choosePeriod } = await import("../measures/period.ts");
  const [only] = filter["surface"]?.length === 1 ? filter["surface"] : [];
  const surface = only === "api" || only === "ui" ? only : undefined;
  const chosen = await choosePeriod(db, project, { ...period, surface });
  if (!chosen) return null;
  const { from, to, before } = chosen;
  if (compare && !before) throw new InputError(`--compare: there is no answer from before ${from}`);
  const told = [...by, ...Object.keys(filter)];
  const apart = told.includes("surface") || told.includes("assistant");
  return {
    ...{ from, to, groupBy: by },
    metrics: metrics.length > 0 ? withCompanions(metrics) : headlines.map(({ id }) => id),
    filter: apart ? filter : { ...filter, surface: [chosen.surface] }, // answers of API and app are never added up
    ...(brand.length > 0 && { brands: brand.map((key) => idOf(names, "brand", key)) }),
    ...(bucket && { bucket }),
    ...(compare && before && { compareTo: before }),
  };
}

/** Metrics, and before each the one without which it misleads. */
const withCompanions = (ids: string[]): string[] => {
  const beside = new Map<string, string>(
    allMetrics.flatMap((metric) => ("beside" in metric ? [[metric.id, metric.beside] as const] : [])),
  );
  return [...new Set(ids.flatMap((id) => [...(beside.has(id) ? [beside.get(id)!] : []), id]))];
};

function narrowing(text: string, before: Where[]): Where[] {
  const [dimension = "", ...rest] = text.split("=");
  const values = listed(rest.join("="));
  if (dimension === "" || values.length === 0)
    throw new InvalidArgumentError("write it as dimension=value or dimension=value,value");
  return [...before, { dimension: dimension.trim(), values }];
}

function rowsAsText(
  rows: readonly FlatRow[],
  query: MeasureQuery,
  language: UiLanguage,
  { bold, dim }: Styles,
): string[] {
  const wording = words[language];
  const title = `${bold(wording.period(query.from, query.to))}  ${dim(wording.intervalNote)}`;
  if (rows.length === 0) return [title, wording.none];
  const metricOf = (id: string) => allMetrics.find((metric) => metric.id === id)!;
  const groups = [...(query.bucket ? [query.bucket] : []), ...(query.groupBy ?? [])];
  const about = ({ brand, rival, source }: FlatRow) => source ?? [brand, rival].filter(Boolean).join(" / ");
  const heading = [...groups, wording.brand, "", "", "", ...(query.compareTo ? [""] : [])];
  const lines = rows.map((row) => [
    ...(query.bucket ? [row.bucket ?? ""] : []),
    ...(query.groupBy ?? []).map((dimension) => harmless(row.split[dimension] ?? "")),
    harmless(about(row)),
    metricOf(row.metric).title[language],
    shownIn(metricOf(row.metric).unit, row.measure, language),
    dim(shownBasis(row.measure, language)),
    ...(query.compareTo ? [row.change ? shownChange(row.change, language) : ""] : []),
  ]);
  return [title, "", ...table([heading, ...lines], groups.length + 2, dim)];
}
