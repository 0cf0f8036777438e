/** Wakes regularly and opens the runs that are due. */
import type { Clock, Project } from "../domain.ts";
import type { Log } from "../log.ts";
import {
  getProject,
  latestDueAt as latestRunAt,
  latestDueSince,
  listScheduled,
  type ScheduledProject,
  type Store,
} from "../store/index.ts";
import { jitterMs, latestDueAt } from "./due.ts";
import { timesOf, type GroupTimes } from "./groups.ts";

/** How late a run may begin beside its wait; schedules are written in minutes. */
const everyMs = 20_000;

/** One due time of a group of prompts; of a project's own schedule the group is empty. */
export interface Due {
  group: string;
  dueAt: number;
  /** It was tried before, and there was nothing to ask. */
  again: boolean;
}

export interface TickerOptions {
  store: Store;
  clock: Clock;
  log: Log;
  /** Opens a run; the same due time twice opens one run. Resolves with false where there is nothing to ask. */
  open: (project: Project, due: Due) => Promise<boolean>;
  /** Puts in line what a lost or failed job has left undone. */
  sweep: () => Promise<void>;
}

/** The due times for which there was nothing to ask, by project and group: tried again, but not told again. */
type Empty = Map<string, number>;

/** Ticks until `signal` is aborted. What goes wrong is logged and tried again with the next tick. */
export async function runTicker(options: TickerOptions, signal: AbortSignal): Promise<void> {
  const empty: Empty = new Map();
  while (!signal.aborted) {
    try {
      await tick(options, empty);
      await options.sweep();
    } catch (error) {
      options.log.error({ err: error }, "what is due could not be read");
    }
    await options.clock.sleep(everyMs, signal);
  }
}

/** Opens every run that is due now; a project that cannot be run does not keep the others from theirs. */
export async function tick(
  { store, clock, log, open }: Omit<TickerOptions, "sweep">,
  empty: Empty = new Map(),
): Promise<void> {
  const now = clock.now();
  const complain = (project: string, error: unknown) =>
    log.error({ project, err: error }, "the run could not be opened");
  const reached = lastReached(await listScheduled(store.read), now, complain);
  for (const { project, times, dueAt } of await withoutRun(store, reached)) {
    const who = nameOf(project.id, times.group);
    try {
      if (dueAt + jitterMs(times, who, dueAt) > now || (await isYoung(store, project, times.group, dueAt))) continue;
      const due = { group: times.group, dueAt, again: empty.get(who) === dueAt };
      const opened = await open(await getProject(store.read, project.id), due);
      if (opened) empty.delete(who);
      else empty.set(who, dueAt);
    } catch (error) {
      complain(project.key, error);
    }
  }
}

const nameOf = (projectId: string, group: string): string => `${projectId} ${group}`;

interface Reached {
  project: ScheduledProject;
  times: GroupTimes;
  dueAt: number;
}

/** The latest due time of every project and group, if one has come since the project began. */
function lastReached(
  projects: ScheduledProject[],
  now: number,
  complain: (project: string, error: unknown) => void,
): Reached[] {
  const known = new Map<string, number | null>(); // many projects have the same schedule
  return projects.flatMap((project) =>
    timesOf(project).flatMap((times) => {
      try {
        const name = JSON.stringify([times.schedule, times.timezone, times.quiet]);
        if (!known.has(name)) known.set(name, latestDueAt(times, now));
        const dueAt = known.get(name) ?? null;
        return dueAt !== null && dueAt > project.createdAt ? [{ project, times, dueAt }] : [];
      } catch (error) {
        complain(project.key, error);
        return [];
      }
    }),
  );
}

/** How many projects are looked up in one query. */
const atOnce = 1_000;

/** Those that have no run since; the latest first, so that little history is looked at. */
async function withoutRun({ read }: Store, reached: Reached[]): Promise<Reached[]> {
  const left: Reached[] = [];
  const latestFirst = reached.toSorted((one, other) => other.dueAt - one.dueAt);
  for (let start = 0; start < latestFirst.length; start += atOnce) {
    const some = latestFirst.slice(start, start + atOnce);
    const ids = [...new Set(some.map(({ project }) => project.id))];
    const runs = new Map(
      (await latestDueSince(read, ids, some.at(-1)!.dueAt)).map((run) => [
        nameOf(run.projectId, run.promptGroup),
        run.dueAt,
      ]),
    );
    left.push(...some.filter(({ project, times, dueAt }) => (runs.get(nameOf(project.id, times.group)) ?? 0) < dueAt));
  }
  return left;
}

/** A group that has never run was asked with the rest until now: only later due times are its own. */
async function isYoung({ read }: Store, { id }: ScheduledProject, group: string, dueAt: number): Promise<boolean> {
  if (group === "" || (await latestRunAt(read, id, "scheduled", group)) !== null) return false;
  return ((await latestRunAt(read, id, "scheduled")) ?? 0) > dueAt;
}
