/** `citera audit`: asks round after round until the visibility of a panel is known closely enough. */
import { Command, InvalidArgumentError, Option } from "commander";
import type { Config } from "../config.ts";
import type { Project, Surface } from "../domain.ts";
import type { Audit, AuditEnd, AuditRound, AuditWish } from "../jobs/index.ts";
import type { OpenHouse } from "../service.ts";
import { words } from "../words/index.ts";
import { chosenProject } from "./choosing.ts";
import { configFor, exitCodes, print, say, styles, withCommonOptions, type CommonOptions } from "./command.ts";
import { Progress } from "./progress.ts";
import { halfWidth, levelOf } from "./width.ts";

interface AuditOptions extends CommonOptions {
  width: number;
  level: number;
  mostRounds: number;
  budget?: number;
  surface?: Surface;
  resume?: boolean;
  json?: boolean;
}

export const audit = withCommonOptions(new Command("audit"))
  .description("ask all questions in rounds until the brand's visibility is known closely enough, and no longer")
  .argument("[project]", "which project, where the database holds several")
  .requiredOption("--width <points>", "half the width: 5pp is five percentage points up and down", halfWidth)
  .option("--level <share>", "how sure the interval is to be", levelOf, 0.95)
  .option("--most-rounds <number>", "end after so many, narrow or not", someRounds, 10)
  .option("--budget <USD>", "begin no round that would cost more in all; the project's caps hold besides", usd)
  .addOption(
    new Option("--surface <surface>", "assistants of APIs or of apps (default: api, if any)").choices(["api", "ui"]),
  )
  .option("--resume", "go on with the latest audit; what has its answer is not asked again")
  .option("--json", "as JSON, at the end")
  .addHelpText(
    "after",
    "\nThe answers are kept and enter no other number. Without --resume an audit begins anew. Exit code 3: it ended\n" +
      "before it was narrow enough.\n\n" +
      "Examples:\n  citera audit --width 5pp\n  citera audit --width 3pp --most-rounds 20 --budget 10\n  citera audit --width 3pp --resume",
  )
  .action(async (key: string | undefined, options: AuditOptions) => {
    const config = configFor(options);
    const { openHouse } = await import("../service.ts");
    const { listProjects, openStoreReadOnly } = await import("../store/index.ts");
    const store = await openStoreReadOnly(config.databaseUrl); // a wrong name is said before anything is made
    const project = await listProjects(store.read)
      .then((projects) => chosenProject(projects, key))
      .finally(() => store.close());
    const house = await openHouse({ config });
    try {
      process.exitCode = await auditProject(house, project, options, config);
    } finally {
      await house.close();
    }
  });

/** Opens the audit, has it asked and told, and returns the exit code. */
async function auditProject(
  house: OpenHouse,
  project: Project,
  options: AuditOptions,
  { language, colour }: Config,
): Promise<number> {
  const { openAudit, planRound } = await import("../jobs/index.ts");
  const { readNewly } = await import("../service.ts");
  const { auditData, endLines, openingLines, roundLine } = await import("./audit-text.ts");
  const wish: AuditWish = {
    ...{ width: options.width, level: options.level, mostRounds: options.mostRounds },
    budgetMicroUsd: options.budget === undefined ? null : Math.round(options.budget * 1e6),
  };
  const plan = await planRound(house, project, options.surface);
  for (const line of openingLines(plan, wish, language)) say(line);
  await readNewly(house, project);
  const { budgetMicroUsd } = wish;
  const opened = await openAudit(house, plan, { budgetMicroUsd, resume: options.resume === true });
  const tell = (round: AuditRound) => (options.json ? say : print)(roundLine(round, language));
  const end = await askRounds(house, opened, wish, tell, options);
  if (options.json) print(JSON.stringify(auditData(project, opened, wish, end), null, 2));
  else for (const line of endLines(opened, end, language, styles(colour))) print(line);
  if (end.ended === "stopped") return exitCodes.stopped;
  return end.ended === "narrow" ? exitCodes.done : exitCodes.incomplete;
}

/** Ctrl-C ends it after the questions under way; a second one at once. */
async function askRounds(
  house: OpenHouse,
  opened: Audit,
  wish: AuditWish,
  tell: (round: AuditRound) => void,
  options: AuditOptions,
): Promise<AuditEnd> {
  const { runAudit } = await import("../jobs/index.ts");
  const { countQuestions } = await import("../store/index.ts");
  const language = configFor(options).language;
  const stopping = new AbortController();
  process.once("SIGINT", () => {
    process.once("SIGINT", () => process.exit(exitCodes.stopped));
    say(words[language].stopping);
    stopping.abort();
  });
  process.once("SIGTERM", () => stopping.abort());
  const terminal = process.stderr.isTTY === true;
  const write = (text: string) => process.stderr.write(text);
  const progress = new Progress({ write, terminal, wording: words[language], styles: styles(terminal) });
  const assistants = opened.plan.assistants.map(({ assistant }) => assistant);
  const look = async () => {
    if (terminal) progress.show(assistants, await countQuestions(house.store.read, opened.run.id));
  };
  const onRound = (round: AuditRound) => {
    progress.clear();
    tell(round);
  };
  await house.work();
  return Promise.race([
    runAudit(house, opened, wish, { signal: stopping.signal, onRound, onLook: look }),
    house.broken,
  ]);
}

function someRounds(text: string): number {
  const rounds = Number(text);
  if (!Number.isInteger(rounds) || rounds < 3 || rounds > 1_000)
    throw new InvalidArgumentError("must be a whole number from 3 to 1000: fewer do not show how much answers vary");
  return rounds;
}

function usd(text: string): number {
  const amount = Number(text);
  if (text.trim() === "" || !Number.isFinite(amount) || amount <= 0 || amount > 1_000_000)
    throw new InvalidArgumentError("must be an amount in USD such as 10 or 2.50");
  return amount;
}
