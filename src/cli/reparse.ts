/** `citera reparse`: reads all kept answers again and shows what that changes. */
import { Command } from "commander";
import type { Config } from "../config.ts";
import type { Measure, Project, UiLanguage } from "../domain.ts";
import type { Report } from "../measures/report.ts";
import type { OpenHouse } from "../service.ts";
import { words } from "../words/index.ts";
import { shownMeasure } from "../words/numbers.ts";
import {
  configFor,
  exitCodes,
  harmless,
  print,
  say,
  styles,
  withCommonOptions,
  type CommonOptions,
} from "./command.ts";
import { chosenProject } from "./choosing.ts";
import { table } from "./table.ts";

export const reparse = withCommonOptions(new Command("reparse"))
  .description("read all kept answers again, at no cost, and show what changed per brand")
  .option("--project <id>", "which project, where the database holds several")
  .addHelpText("after", "\nExamples:\n  citera reparse\n  citera reparse --project acme-sweden")
  .action(async ({ project: key, ...options }: CommonOptions & { project?: string }) => {
    const config = configFor(options);
    const { openHouse } = await import("../service.ts");
    const { listProjects } = await import("../store/index.ts");
    const house = await openHouse({ config });
    try {
      const project = chosenProject(await listProjects(house.store.read), key);
      const before = await wholeHistory(house, project.id);
      if (!(await readAgain(house, project))) {
        say(words[config.language].rereadStopped);
        process.exitCode = exitCodes.stopped;
        return;
      }
      const after = await wholeHistory(house, project.id);
      print(words[config.language].reread(after[0]?.brands.length ?? 0));
      for (const line of await shownDifference(before, after, config)) print(line);
    } finally {
      await house.close();
    }
  });

type History = Pick<Report, "surface" | "brands" | "overall">;

/** One of each surface that has answers: they are never added up. */
async function wholeHistory(house: OpenHouse, projectId: string): Promise<History[]> {
  const { allDays } = await import("../measures/report.ts");
  const { getProject } = await import("../store/index.ts");
  const { read } = house.store;
  const project = await getProject(read, projectId);
  const found: History[] = [];
  for (const surface of ["api", "ui"] as const) {
    const history = await allDays(read, project, surface);
    if (history) found.push(history);
  }
  return found;
}

/** False when Ctrl-C ended it; what was read by then is kept. */
async function readAgain(house: OpenHouse, project: Project): Promise<boolean> {
  const { beginReading, rereadNow } = await import("../jobs/index.ts");
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    await beginReading(house, project.id);
    await rereadNow(house, project.id, stopping.signal);
    return true;
  } catch (error) {
    if (stopping.signal.aborted) return false;
    throw error;
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

/** One line per brand and measure that counts differently now; of which surface, where there are both. */
async function shownDifference(before: History[], after: History[], { language, colour }: Config) {
  const { headlines } = await import("../measures/measures.ts");
  const { shownSurface } = await import("../measures/report.ts");
  const wording = words[language];
  const rows = after.flatMap(({ surface, brands, overall }) => {
    const earlier = before.find((history) => history.surface === surface)?.overall;
    const old = new Map(earlier?.map((row) => [row.brandId, row.measures]));
    const names = new Map(brands.map(({ id, name }) => [id, harmless(name)]));
    return overall.flatMap(({ brandId, measures }) =>
      headlines.flatMap(({ id, title }) => {
        const [was, is] = [old.get(brandId)?.[id], measures[id]!];
        if (was?.hits === is.hits && was.answers === is.answers) return [];
        const measured = after.length > 1 ? `${title[language]} · ${shownSurface(surface)}` : title[language];
        return [[names.get(brandId)!, measured, was ? shown(was, language) : "–", shown(is, language)]];
      }),
    );
  });
  if (rows.length === 0) return [wording.sameNumbers];
  return table([[wording.brand, "", wording.before, wording.after], ...rows], 2, styles(colour).dim);
}

const shown = (measure: Measure, language: UiLanguage): string =>
  `${shownMeasure(measure, language)}, ${measure.hits}/${measure.answers}`;
