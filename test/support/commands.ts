/** All commands, in the order of the help. */
import type { Command } from "commander";
import { apply } from "../../src/cli/apply.ts";
import { ask } from "../../src/cli/ask.ts";
import { audit } from "../../src/cli/audit.ts";
import { backup } from "../../src/cli/backup.ts";
import { check } from "../../src/cli/check.ts";
import { deleteCommand } from "../../src/cli/delete.ts";
import { demo } from "../../src/cli/demo.ts";
import { doctor } from "../../src/cli/doctor.ts";
import { exportCommand } from "../../src/cli/export.ts";
import { importCommand } from "../../src/cli/import.ts";
import { init } from "../../src/cli/init.ts";
import { parse } from "../../src/cli/parse.ts";
import { pause, resume } from "../../src/cli/pause.ts";
import { plan } from "../../src/cli/plan.ts";
import { reply } from "../../src/cli/reply.ts";
import { reparse } from "../../src/cli/reparse.ts";
import { jobs } from "../../src/cli/jobs.ts";
import { measure } from "../../src/cli/measure.ts";
import { metrics } from "../../src/cli/metrics.ts";
import { restore } from "../../src/cli/restore.ts";
import { retry } from "../../src/cli/retry.ts";
import { rollup } from "../../src/cli/rollup.ts";
import { report } from "../../src/cli/report.ts";
import { run } from "../../src/cli/run.ts";
import { runs } from "../../src/cli/runs.ts";
import { sources } from "../../src/cli/sources.ts";
import { start } from "../../src/cli/start.ts";
import { ticker } from "../../src/cli/ticker.ts";
import { tryCommand } from "../../src/cli/try.ts";
import { web } from "../../src/cli/web.ts";
import { worker } from "../../src/cli/worker.ts";

export const commands: Command[] = [
  init,
  check,
  tryCommand,
  apply,
  run,
  pause,
  resume,
  importCommand,
  report,
  measure,
  metrics,
  sources,
  plan,
  audit,
  ask,
  demo,
  start,
  worker,
  web,
  ticker,
  doctor,
  runs,
  jobs,
  retry,
  exportCommand,
  backup,
  restore,
  deleteCommand,
  reparse,
  rollup,
  parse,
  reply,
];
