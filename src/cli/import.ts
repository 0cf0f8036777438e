/** `citera import`: takes in answers that were collected elsewhere. */
import { createReadStream, existsSync, statSync } from "node:fs";
import { Command } from "commander";
import type { Config } from "../config.ts";
import type { Project } from "../domain.ts";
import { InputError } from "../errors.ts";
import type { Collected } from "../jobs/index.ts";
import type { OpenHouse } from "../service.ts";
import { words, type Wording } from "../words/index.ts";
import { applyFile, databaseFor, finishReading, shownChanges } from "./apply.ts";
import {
  configFor,
  exitCodes,
  harmless,
  print,
  readProject,
  say,
  styles,
  usualFile,
  withCommonOptions,
  type CommonOptions,
} from "./command.ts";
import type { RowChecker } from "./import-check.ts";
import { readRows } from "./import-rows.ts";

/** Answers kept at a time, and the text they may hold together: memory does not grow with the file. */
const batchRows = 200;
const batchLetters = 1_000_000;
/** Rows whose problems are said; a file of another kind has as many as it has lines. */
const mostTold = 50;

interface ImportOptions extends CommonOptions {
  file: string;
  assistant?: string;
  dryRun?: boolean;
  strict?: boolean;
}

interface Tally {
  kept: number;
  known: number;
  bad: number;
}

export const importCommand = withCommonOptions(new Command("import"))
  .description(
    "take in answers that were collected elsewhere, as JSON Lines or CSV; the same answer twice is kept once",
  )
  .argument("<file>", "the answers; - for standard input")
  .option("--file <file>", "project file", usualFile)
  .option("--assistant <id>", "whose answers they are where a row does not say: one with `adapter: import`")
  .option("--strict", "keep nothing when any row has a problem; else the good rows are kept")
  .option("--dry-run", "look at every row and keep nothing")
  .addHelpText(
    "after",
    `\nOne row: {"prompt": "Which tool is best?", "askedAt": "2026-01-31T14:05:00+01:00", "text": "Acme ..."}\n` +
      "\nExamples:\n  citera import answers.jsonl --dry-run\n  citera import export.csv --assistant chatgpt-app --strict\n  capture-tool | citera import -",
  )
  .action(async (source: string, options: ImportOptions) => {
    const config = configFor(options);
    const definition = await readProject(options.file, config.language);
    lookAt(source, options);
    const { openHouse } = await import("../service.ts");
    const database = await databaseFor(config.databaseUrl, options.dryRun === true);
    const house = await openHouse({ config: { ...config, databaseUrl: database.url } });
    try {
      const written = !options.dryRun || database.url !== config.databaseUrl; // a look ahead may write what goes away again
      const { project, changes } = await applyFile(house, definition, !written);
      if (!written && changes.length > 0)
        throw new InputError("the project file has changes; `citera apply` first, then look at the rows");
      for (const line of shownChanges(changes, styles(config.colour))) say(line);
      process.exitCode = await importFile(house, project, source, options, config);
    } finally {
      await house.close();
      database.remove();
    }
  });

/** A mistake in the call is said before anything is opened. */
function lookAt(source: string, { strict }: ImportOptions): void {
  if (source === "-") {
    if (strict) throw new InputError("--strict reads the answers twice and needs a file, not standard input");
  } else if (!existsSync(source)) throw new InputError(`${source}: there is no such file`);
  else if (statSync(source).isDirectory()) throw new InputError(`${source}: this is a folder; name a file in it`);
}

async function importFile(
  house: OpenHouse,
  project: Project,
  source: string,
  options: ImportOptions,
  { language }: Config,
): Promise<number> {
  const { countNow, importAnswers } = await import("../jobs/index.ts");
  const wording = words[language];
  const show = (count: number) => count.toLocaleString(wording.locale);
  const look = async () => undefined;
  if (options.dryRun || options.strict) {
    const { kept, known, bad } = await eachBatch(house, project, source, options, language, look);
    if (options.dryRun) print(wording.importable(show(kept), show(known)));
    else if (bad > 0) say(wording.importStrict);
    if (options.dryRun || bad > 0) return bad > 0 ? exitCodes.input : exitCodes.done;
  }
  await finishReading(house, project);
  const tally = await eachBatch(house, project, source, options, language, (batch) =>
    importAnswers(house, project, batch),
  );
  await countNow(house, project.id);
  print(wording.imported(show(tally.kept), show(tally.known)));
  if (tally.bad > 0) say(wording.importBad(show(tally.bad)));
  return tally.bad > 0 ? exitCodes.input : exitCodes.done;
}

/** Goes through the file batch by batch; `keep` is given the answers that are new. */
async function eachBatch(
  house: OpenHouse,
  project: Project,
  source: string,
  options: ImportOptions,
  language: Config["language"],
  keep: (batch: Collected[]) => Promise<void>,
): Promise<Tally> {
  const wording = words[language];
  const { assistants } = await import("../assistants/index.ts");
  const { importState } = await import("../jobs/index.ts");
  const { rowChecker } = await import("./import-check.ts");
  const adapter = assistants.find(({ id }) => id === "import")!;
  const checker = await rowChecker(house.store, project, adapter, {
    assistant: options.assistant,
    now: house.clock.now(),
  });
  const tally: Tally = { kept: 0, known: 0, bad: 0 };
  const complain = (line: number, problems: string[]) => {
    if (++tally.bad > mostTold) return;
    for (const problem of problems) say(harmless(`${source === "-" ? "line " : `${source}:`}${line}: ${problem}`));
  };
  const flush = async (batch: Placed[]) => {
    const states = await importState(
      house,
      project,
      batch.map(({ collected }) => collected),
      seen,
    );
    const fresh = batch.filter((_, i) => states[i] === "new").map(({ collected }) => collected);
    if (fresh.length > 0) await keep(fresh);
    tally.kept += fresh.length;
    tally.known += states.filter((state) => state === "known").length;
    batch.forEach(({ line }, i) => {
      if (states[i] === "taken")
        complain(line, ["id: it belongs to another answer of this assistant; give each answer its own id, or none"]);
    });
  };
  const { openSeen } = await import("../store/index.ts");
  const seen = openSeen();
  try {
    for await (const batch of batches(source, checker, complain, wording.importFile)) await flush(batch);
  } finally {
    seen.close();
  }
  if (tally.bad > mostTold) say(wording.importMore((tally.bad - mostTold).toLocaleString(wording.locale)));
  if (checker.unread.size > 0) say(harmless(wording.importUnread([...checker.unread].join(", "))));
  return tally;
}

interface Placed {
  line: number;
  collected: Collected;
}

/** Rows that can be read, some at a time; the others are complained of. */
async function* batches(
  source: string,
  checker: RowChecker,
  complain: (line: number, problems: string[]) => void,
  told: Wording["importFile"],
): AsyncGenerator<Placed[], void> {
  let batch: Placed[] = [];
  let letters = 0;
  for await (const row of readRows(source === "-" ? process.stdin : createReadStream(source), told)) {
    if (row.problem !== undefined) {
      complain(row.line, [row.problem]);
      continue;
    }
    try {
      batch.push({ line: row.line, collected: await checker.check(row) });
      letters += row.body.length;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      complain(row.line, error.problems);
    }
    if (batch.length < batchRows && letters < batchLetters) continue;
    yield batch;
    batch = [];
    letters = 0;
  }
  if (batch.length > 0) yield batch;
}
