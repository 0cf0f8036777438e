#!/usr/bin/env node
/** The command line's entry: lists the commands of cli/ and turns errors into exit codes. */
import { Command } from "commander";
import { ask } from "./cli/ask.ts";
import { apply } from "./cli/apply.ts";
import { check } from "./cli/check.ts";
import { exitCodes, tell } from "./cli/command.ts";
import { demo } from "./cli/demo.ts";
import { doctor } from "./cli/doctor.ts";
import { importCommand } from "./cli/import.ts";
import { init } from "./cli/init.ts";
import { measure } from "./cli/measure.ts";
import { metrics } from "./cli/metrics.ts";
import { parse } from "./cli/parse.ts";
import { reply } from "./cli/reply.ts";
import { reparse } from "./cli/reparse.ts";
import { report } from "./cli/report.ts";
import { rollup } from "./cli/rollup.ts";
import { run } from "./cli/run.ts";
import { sources } from "./cli/sources.ts";
import { start } from "./cli/start.ts";
import { tryCommand } from "./cli/try.ts";
import { version } from "./config.ts";

const program = new Command("citera")
  .description("Shows how AI assistants talk about your brand.")
  .version(version())
  .showSuggestionAfterError()
  .addHelpText(
    "after",
    `
Examples:
  citera demo                     a whole monitoring run with simulated assistants, no key needed
  citera init && citera check     write a project file and look at it
  citera run && citera report     ask the questions once and show the numbers

Exit codes:
  ${exitCodes.done} done · ${exitCodes.fault} fault of the program · ${exitCodes.input} wrong input · ${exitCodes.incomplete} some questions have no answer
  ${exitCodes.store} database cannot be used · ${exitCodes.stopped} stopped by Ctrl-C, go on with \`--resume\``,
  );

for (const command of [
  init,
  check,
  tryCommand,
  apply,
  run,
  importCommand,
  report,
  measure,
  metrics,
  sources,
  ask,
  demo,
  start,
  doctor,
  reparse,
  rollup,
  parse,
  reply,
])
  program.addCommand(command);

// a reader that has seen enough (| head) is no fault
process.stdout.on("error", (error: NodeJS.ErrnoException) =>
  process.exit(error.code === "EPIPE" ? 0 : exitCodes.fault),
);

try {
  program.exitOverride((error) => {
    throw error;
  });
  for (const command of program.commands) command.exitOverride().showSuggestionAfterError();
  await program.parseAsync();
} catch (error) {
  const usage =
    error instanceof Error && "exitCode" in error && "code" in error && String(error.code).startsWith("commander.");
  process.exitCode = usage ? (error.exitCode === 0 ? exitCodes.done : exitCodes.input) : tell(error);
}
