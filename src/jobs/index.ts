/** The list of jobs. */
import type { Handlers } from "../queue/queue.ts";
import { ask } from "./ask.ts";
import type { House } from "./job.ts";
import { countNow } from "./recount.ts";
import { redirects } from "./redirects.ts";
import { reparse } from "./reparse.ts";
import { rollup, rollupDirtyDays } from "./rollup.ts";

export { askNow } from "./adhoc.ts";
export { isHeldBack } from "./attention.ts";
export { adapterOf, laneOf, missingSecrets, resolveSettings } from "./connections.ts";
export { addDays, localDay } from "./days.ts";
export { usualCost } from "./forecast.ts";
export { importAnswers, importState, type Collected, type ImportState } from "./import.ts";
export type { House } from "./job.ts";
export { beginReading, prepareReading } from "./parse.ts";
export { countMarked, countNow, markToCount } from "./recount.ts";
export { reparseJob } from "./reparse.ts";
export { rollupDirtyDays, sweepDirtyDays } from "./rollup.ts";
export { planRun, resumeRun, startRun, type RunPlan } from "./run.ts";

/** Reads a project's history again and adds it up, here and now instead of by the queue. */
export async function rereadNow(house: House, projectId: string, signal: AbortSignal): Promise<void> {
  await reparse(house, { projectId }, signal);
  await countNow(house, projectId);
}

/** What each job of the queue does in this house. */
export const handlersOf = (house: House): Handlers => ({
  ask: (payload, signal) => ask(house, payload, signal),
  rollup: (payload) => rollup(house, payload),
  redirects: (payload, signal) => redirects(house, payload, signal),
  reparse: async (payload, signal) => {
    await reparse(house, payload, signal);
    await rollupDirtyDays(house, payload.projectId);
  },
});
