/** The ticker's role: opens the runs that are due, goes on with what was left, sweeps; one process of all does it. */
import type { Project } from "../domain.ts";
import {
  planRun,
  prepareReading,
  reparseJob,
  startRun,
  sweepDirtyDays,
  sweepKeep,
  sweepTurns,
  type House,
} from "../jobs/index.ts";
import { runTicker, type Due } from "../schedule/ticker.ts";
import { listProjects } from "../store/index.ts";
import { lead } from "./leading.ts";

/** Ticks while no other process does, until `signal` is aborted. */
export const tickAlone = (house: House, signal: AbortSignal): Promise<void> =>
  lead({ ...house, name: "ticker", work: (working) => catchUpAndTick(house, working) }, signal);

async function catchUpAndTick(house: House, signal: AbortSignal): Promise<void> {
  for (const project of await listProjects(house.store.read)) await readNewly(house, project);
  const { store, clock, log } = house;
  const open = (project: Project, due: Due) => openDueRun(house, project, due);
  const sweep = async () => {
    await sweepDirtyDays(house);
    await sweepTurns(house); // the first also goes on with what another process has left
    await sweepKeep(house);
  };
  await runTicker({ store, clock, log, open, sweep }, signal);
}

/** Has history read again where the brands or the parser have changed. */
export async function readNewly(house: House, project: Project): Promise<void> {
  if (await prepareReading(house, project.id)) await house.queue.add([reparseJob(project.id)]);
}

/** Opens a due run; assistants without a key are left out and logged. Resolves with false where nothing can be asked. */
export async function openDueRun(house: House, project: Project, { group, dueAt, again }: Due): Promise<boolean> {
  await readNewly(house, project);
  const plan = await planRun(house, project, group);
  const about = { project: project.key, ...(group && { group }) };
  if (!again) {
    for (const { assistant, missing } of plan.leftOut)
      house.log.warn({ ...about, assistant: assistant.key, missing }, "assistant left out: its key is not set");
    if (plan.questions === 0) house.log.warn(about, "a run is due, but there is nothing to ask or nobody to be asked");
  }
  if (plan.questions === 0) return false;
  const run = await startRun(house, plan, dueAt, "scheduled");
  if (run) house.log.info({ ...about, run: run.id, questions: plan.questions }, "run opened");
  return true;
}
