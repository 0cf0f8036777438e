/** Wakes regularly and opens the runs that are due. */
import type { Clock, Project } from "../domain.ts";
import type { Log } from "../log.ts";
import { latestDueAt, listProjects, type Store } from "../store/index.ts";
import { dueAt } from "./due.ts";

/** How late a run may begin; schedules are written in minutes. */
const everyMs = 20_000;

export interface TickerOptions {
  store: Store;
  clock: Clock;
  log: Log;
  /** Opens a run; the same due time twice opens one run. */
  open: (project: Project, dueAt: number) => Promise<void>;
  /** Puts in line what a lost or failed job has left undone. */
  sweep: () => Promise<void>;
}

/** Ticks until `signal` is aborted. What goes wrong is logged and tried again with the next tick. */
export async function runTicker(options: TickerOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await tick(options);
      await options.sweep();
    } catch (error) {
      options.log.error({ err: error }, "what is due could not be read");
    }
    await options.clock.sleep(everyMs, signal);
  }
}

/** Opens every run that is due now; a project that cannot be run does not keep the others from theirs. */
export async function tick({ store, clock, log, open }: Omit<TickerOptions, "sweep">): Promise<void> {
  for (const project of await listProjects(store.read)) {
    if (!project.schedule) continue;
    try {
      const since = (await latestDueAt(store.read, project.id, "scheduled")) ?? project.createdAt;
      const due = dueAt(project.schedule, project.timezone, since, clock.now());
      if (due !== null) await open(project, due);
    } catch (error) {
      log.error({ project: project.key, err: error }, "the run could not be opened");
    }
  }
}
