/** `citera rollup`: counts kept days again from what was found in their answers. */
import { Command } from "commander";
import type { Day } from "../domain.ts";
import type { OpenHouse } from "../service.ts";
import { words, type Wording } from "../words/index.ts";
import { configFor, exitCodes, print, say, withCommonOptions, type CommonOptions } from "./command.ts";
import { checkPeriod, chosenProject, someDay } from "./choosing.ts";

interface RollupOptions extends CommonOptions {
  project?: string;
  from?: Day;
  to?: Day;
  resume?: boolean;
}

/** Without a terminal a line is told for every so many percent. */
const toldEveryPercent = 10;

export const rollup = withCommonOptions(new Command("rollup"))
  .description("count kept days again from what was found in their answers; no number should change by it")
  .option("--project <id>", "which project, where the database holds several")
  .option("--from <day>", "first day, YYYY-MM-DD (default: the first that is kept)", someDay)
  .option("--to <day>", "last day, YYYY-MM-DD (default: the last)", someDay)
  .option("--resume", "count only days that are still marked, as after Ctrl-C")
  .addHelpText("after", "\nExamples:\n  citera rollup\n  citera rollup --from 2026-01-01\n  citera rollup --resume")
  .action(async (options: RollupOptions) => {
    const config = configFor(options);
    checkPeriod(options);
    const { openHouse } = await import("../service.ts");
    const { listProjects } = await import("../store/index.ts");
    const house = await openHouse({ config });
    try {
      const { id } = chosenProject(await listProjects(house.store.read), options.project);
      const wording = words[config.language];
      if (!options.resume) await mark(house, id, options, wording);
      process.exitCode = await count(house, id, wording);
    } finally {
      await house.close();
    }
  });

/** Says which days are left as they are. */
async function mark(house: OpenHouse, projectId: string, { from = "", to = "9999" }: RollupOptions, wording: Wording) {
  const { markToCount } = await import("../jobs/index.ts");
  const frozen = await markToCount(house, projectId, from, to);
  if (frozen.length > 0) say(wording.daysFrozen(frozen.length, frozen[0]!, frozen.at(-1)!));
}

/** Ctrl-C ends it after the day under way; the exit code says so. */
async function count(house: OpenHouse, projectId: string, wording: Wording): Promise<number> {
  const { countMarked } = await import("../jobs/index.ts");
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const show = progress(wording);
  let [counted, all, overtaken] = [0, 0, 0];
  try {
    for await (const day of countMarked(house, projectId, stopping.signal)) {
      [counted, all, overtaken] = [day.done, day.all, overtaken + Number(day.overtaken)];
      show(day.done, day.all, day.day);
    }
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
  if (overtaken > 0) say(wording.daysOvertaken(overtaken));
  if (counted < all) say(wording.countingStopped(counted, all));
  else print(all === 0 ? wording.noDaysToCount : wording.daysCounted(counted));
  return counted < all ? exitCodes.stopped : exitCodes.done;
}

/** One line that is written over on a terminal; elsewhere a line now and then. */
function progress(wording: Wording): (done: number, all: number, day: Day) => void {
  let toldPercent = 0;
  return (done, all, day) => {
    const text = wording.counting(done, all, day);
    if (process.stderr.isTTY) return void process.stderr.write(`\r\u001b[K${text}${done === all ? "\n" : ""}`);
    const percent = Math.floor((done / all) * 100);
    if (percent < toldPercent + toldEveryPercent) return;
    toldPercent = percent;
    say(text);
  };
}
