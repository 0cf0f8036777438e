#!/usr/bin/env node
/** The command line's entry: lists the commands of cli/ and turns errors into exit codes. */
import { Command } from "commander";
import { exitCodes, tell } from "./cli/command.ts";
import { version } from "./config.ts";

/** Each is loaded when it is wanted: a worker that starts again does not wait for what the others need. */
const commands: Record<string, () => Promise<Command>> = {
  init: async () => (await import("./cli/init.ts")).init,
  check: async () => (await import("./cli/check.ts")).check,
  try: async () => (await import("./cli/try.ts")).tryCommand,
  apply: async () => (await import("./cli/apply.ts")).apply,
  run: async () => (await import("./cli/run.ts")).run,
  pause: async () => (await import("./cli/pause.ts")).pause,
  resume: async () => (await import("./cli/pause.ts")).resume,
  import: async () => (await import("./cli/import.ts")).importCommand,
  report: async () => (await import("./cli/report.ts")).report,
  measure: async () => (await import("./cli/measure.ts")).measure,
  metrics: async () => (await import("./cli/metrics.ts")).metrics,
  sources: async () => (await import("./cli/sources.ts")).sources,
  plan: async () => (await import("./cli/plan.ts")).plan,
  audit: async () => (await import("./cli/audit.ts")).audit,
  ask: async () => (await import("./cli/ask.ts")).ask,
  demo: async () => (await import("./cli/demo.ts")).demo,
  start: async () => (await import("./cli/start.ts")).start,
  worker: async () => (await import("./cli/worker.ts")).worker,
  web: async () => (await import("./cli/web.ts")).web,
  ticker: async () => (await import("./cli/ticker.ts")).ticker,
  doctor: async () => (await import("./cli/doctor.ts")).doctor,
  runs: async () => (await import("./cli/runs.ts")).runs,
  jobs: async () => (await import("./cli/jobs.ts")).jobs,
  retry: async () => (await import("./cli/retry.ts")).retry,
  export: async () => (await import("./cli/export.ts")).exportCommand,
  backup: async () => (await import("./cli/backup.ts")).backup,
  restore: async () => (await import("./cli/restore.ts")).restore,
  delete: async () => (await import("./cli/delete.ts")).deleteCommand,
  reparse: async () => (await import("./cli/reparse.ts")).reparse,
  rollup: async () => (await import("./cli/rollup.ts")).rollup,
  parse: async () => (await import("./cli/parse.ts")).parse,
  reply: async () => (await import("./cli/reply.ts")).reply,
};

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

const named = commands[process.argv[2] ?? ""];
const loaded = named ? [await named()] : await Promise.all(Object.values(commands).map((load) => load()));
for (const command of loaded) program.addCommand(command);

// a reader that has seen enough (| head) is no fault
process.stdout.on("error", (error: NodeJS.ErrnoException) =>
  process.exit(error.code === "EPIPE" ? 0 : exitCodes.fault),
);

try {
  program.exitOverride((error) => {
    throw error;
  });
  for (const command of program.commands.flatMap((one) => [one, ...one.commands]))
    command.exitOverride().showSuggestionAfterError();
  await program.parseAsync();
} catch (error) {
  const usage =
    error instanceof Error && "exitCode" in error && "code" in error && String(error.code).startsWith("commander.");
  process.exitCode = usage ? (error.exitCode === 0 ? exitCodes.done : exitCodes.input) : tell(error);
}
