/** `citera jobs`: how full the lanes are, and what was given up and waits for a person. */
import { Command } from "commander";
import type { LaneDepth, SetAside } from "../queue/queue.ts";
import { words, type Wording } from "../words/index.ts";
import { configFor, harmless, print, styles, withCommonOptions, type CommonOptions, type Styles } from "./command.ts";
import { someRows } from "./runs.ts";
import { table } from "./table.ts";
import { shownDuration, shownTime } from "./times.ts";

interface JobsOptions extends CommonOptions {
  failed?: boolean;
  limit: number;
  json?: boolean;
}

export const jobs = withCommonOptions(new Command("jobs"))
  .description("show how full the queue is; with --failed the jobs that were given up, and why")
  .option("--failed", "jobs that were set aside after several tries, the latest first")
  .option("--limit <number>", "so many of them", someRows, 50)
  .option("--json", "as JSON")
  .addHelpText("after", "\nExamples:\n  citera jobs\n  citera jobs --failed\n  citera jobs --failed --limit 500 --json")
  .action(async (options: JobsOptions) => {
    const config = configFor(options);
    const { openHouse } = await import("../service.ts");
    const { openStoreReadOnly } = await import("../store/index.ts");
    const house = await openHouse({ config, store: await openStoreReadOnly(config.databaseUrl) });
    try {
      const wording = words[config.language];
      const style = styles(config.colour);
      if (options.failed) {
        const failed = await house.queue.listSetAside(options.limit);
        if (options.json) return print(JSON.stringify({ setAside: failed.map(failedJson) }, null, 2));
        for (const line of failedTable(failed, wording, style)) print(line);
        if (failed.length === options.limit) print(wording.operations.jobs.more(String(options.limit)));
      } else {
        const lanes = await house.queue.depths();
        if (options.json) return print(JSON.stringify({ lanes }, null, 2));
        for (const line of lanesTable(lanes, wording, style)) print(line);
      }
    } finally {
      await house.close(0);
    }
  });

const failedJson = ({ at, ...job }: SetAside) => ({ ...job, at: new Date(at).toISOString() });

function lanesTable(lanes: LaneDepth[], { locale, operations }: Wording, { dim }: Styles): string[] {
  const { headings, none, seeFailed } = operations.jobs;
  if (lanes.length === 0) return [none];
  const number = (some: number) => some.toLocaleString(locale);
  const rows = lanes.map(({ lane, waiting, delayed, underWay, setAside, oldestMs }) => [
    harmless(lane),
    ...[waiting, delayed, underWay, setAside].map(number),
    oldestMs === null ? "–" : shownDuration(oldestMs, locale),
  ]);
  const heading = [
    ...[headings.lane, headings.waiting, headings.delayed],
    ...[headings.underWay, headings.setAside, headings.oldest],
  ];
  const failed = lanes.reduce((sum, { setAside }) => sum + setAside, 0);
  return [...table([heading, ...rows], 1, dim), ...(failed > 0 ? [seeFailed(failed)] : [])];
}

function failedTable(failed: SetAside[], { operations }: Wording, { dim }: Styles): string[] {
  const { headings, noneFailed } = operations.jobs;
  if (failed.length === 0) return [noneFailed];
  const rows = failed.map(({ key, lane, at, attempts, error }) => [
    harmless(key),
    harmless(lane),
    shownTime(at, Intl.DateTimeFormat().resolvedOptions().timeZone),
    String(attempts),
    harmless(error).replace(/\s+/g, " "),
  ]);
  return table([[headings.key, headings.lane, headings.at, headings.attempts, headings.error], ...rows], 5, dim);
}
