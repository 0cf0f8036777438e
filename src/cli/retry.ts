/** `citera retry`: has jobs that were set aside begin anew. */
import { Command } from "commander";
import type { Config } from "../config.ts";
import { InputError, StoreError } from "../errors.ts";
import type { OpenHouse } from "../service.ts";
import { words } from "../words/index.ts";
import { configFor, print, withCommonOptions, type CommonOptions } from "./command.ts";

export const retry = withCommonOptions(new Command("retry"))
  .description("have jobs begin anew that were set aside, as `citera jobs --failed` lists them")
  .argument("[keys...]", "which jobs")
  .option("--all", "all of them")
  .addHelpText(
    "after",
    "\nExamples:\n  citera retry --all\n  citera retry ask-0198a2b4-5d1e-7c3f-9a60-3f9a0c71b2de\n  citera jobs --failed --json      lists the keys",
  )
  .action(async (keys: string[], { all, ...options }: CommonOptions & { all?: boolean }) => {
    if (all === true ? keys.length > 0 : keys.length === 0)
      throw new InputError("name the jobs, as `citera jobs --failed` lists them, or say --all for all of them");
    const config = configFor(options);
    const house = await openHere(config);
    try {
      const unknown = all ? [] : await missing(house, keys);
      if (unknown.length > 0)
        throw new InputError(unknown.map((key) => `there is no job set aside with the key ${key}`));
      print(words[config.language].operations.jobs.retried(await house.queue.retry(all ? undefined : keys)));
    } finally {
      await house.close(0);
    }
  });

/** Throws StoreError, which says what to do where a running service holds the database. */
async function openHere(config: Config): Promise<OpenHouse> {
  const { openHouse } = await import("../service.ts");
  try {
    return await openHouse({ config });
  } catch (error) {
    if (!(error instanceof StoreError) || error.kind !== "locked") throw error;
    throw new StoreError("locked", words[config.language].operations.jobs.locked, { cause: error });
  }
}

/** More than anybody names on a command line. */
const most = 100_000;

async function missing(house: OpenHouse, keys: string[]): Promise<string[]> {
  const known = new Set((await house.queue.listSetAside(most)).map(({ key }) => key));
  return keys.filter((key) => !known.has(key));
}
