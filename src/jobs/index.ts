/** The list of jobs. */
import { RetryLater } from "../errors.ts";
import type { Handlers, JobName, JobPayloads } from "../queue/queue.ts";
import { ask } from "./ask.ts";
import type { House } from "./job.ts";
import { countNow } from "./recount.ts";
import { redirects } from "./redirects.ts";
import { reparse } from "./reparse.ts";
import { rollup, rollupDirtyDays } from "./rollup.ts";

export { askNow } from "./adhoc.ts";
export { isHeldBack } from "./attention.ts";
export { openAudit, planRound, runAudit, type Audit, type AuditEnd, type AuditRound, type AuditWish } from "./audit.ts";
export { adapterOf, missingSecrets, resolveSettings } from "./connections.ts";
export { addDays, localDay } from "./days.ts";
export { feedAll, sweepTurns } from "./feed.ts";
export { estimateCosts, usualCost } from "./forecast.ts";
export { importAnswers, importState, type Collected, type ImportState } from "./import.ts";
export { aboutQuestion, type House } from "./job.ts";
export { sweepKeep } from "./keep.ts";
export { nameLanes } from "./lanes.ts";
export { noNotes, type Notes } from "./notes.ts";
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
  ask: noted(house, "ask", (payload, signal) => ask(house, payload, signal)),
  rollup: noted(house, "rollup", (payload) => rollup(house, payload)),
  redirects: noted(house, "redirects", (payload, signal) => redirects(house, payload, signal)),
  reparse: noted(house, "reparse", async (payload, signal) => {
    await reparse(house, payload, signal);
    await rollupDirtyDays(house, payload.projectId);
  }),
});

/** Tells how each piece of work ended and how long it took. */
const noted =
  <Name extends JobName>(
    { notes, clock }: House,
    name: Name,
    work: (payload: JobPayloads[Name], signal: AbortSignal) => Promise<void>,
  ) =>
  async (payload: JobPayloads[Name], signal: AbortSignal): Promise<void> => {
    const began = clock.now();
    try {
      await work(payload, signal);
      notes.worked(name, "done", clock.now() - began);
    } catch (error) {
      notes.worked(name, error instanceof RetryLater ? "later" : "failed", clock.now() - began);
      throw error;
    }
  };
