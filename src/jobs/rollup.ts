/** Adds up a day's findings, so that measures never read answers. */
import type { Day, Project } from "../domain.ts";
import { RetryLater } from "../errors.ts";
import type { NewJob } from "../queue/queue.ts";
import {
  factsOfDay,
  findMark,
  finishRuns,
  getProject,
  listAllAssistants,
  listBrands,
  listDirtyDays,
  outcomesOfDay,
  replaceDay,
  type Db,
  type Store,
} from "../store/index.ts";
import { DayCounter } from "./counting.ts";
import { ofHouse, type House } from "./job.ts";

/** Answers of a run come close together; waiting a little adds up many at once. */
const collectMs = 1_000;
/** While answers keep coming, adding up takes at most a tenth of the time. */
const restTimes = 10;
/** Numbers get no older than this beside the count itself: where counting takes over 6 s, its part of the time is greater. */
const longestRestMs = 60_000;

const keyOf = (projectId: string, day: Day): string => `rollup-${projectId}-${day}`;

const rollupJob = (projectId: string, day: Day, delayMs: number): NewJob => ({
  name: "rollup",
  key: keyOf(projectId, day),
  lane: "rollup",
  payload: { projectId, day },
  delayMs,
});

/**
 * Days whose roll-up this process has put in line, so that not every answer asks for it anew; true when an answer
 * came since the roll-up last began. A day stays here when another process has done its job, or when it was set aside:
 * the job's last look at the mark sees what came before, and what comes afterwards waits for the next sweep.
 */
const inLine = ofHouse(() => new Map<string, boolean>());

/** Asks for a roll-up after a while, together with what else comes until then. */
export async function rollupSoon(house: House, projectId: string, day: Day): Promise<void> {
  const [line, key] = [inLine(house), keyOf(projectId, day)];
  const waits = line.has(key);
  line.set(key, true);
  if (waits) return;
  try {
    await house.queue.add([rollupJob(projectId, day, collectMs)]);
  } catch (error) {
    line.delete(key); // it is not in line
    throw error;
  }
}

/** Asks for a roll-up at once: the run has ended, nothing more will come. */
export const rollupNow = (house: House, projectId: string, day: Day): Promise<void> =>
  house.queue.add([rollupJob(projectId, day, 0)]);

/** Repeatable: makes the day's counts anew, and removes only the mark it has seen; a newer mark brings it back. */
export async function rollup(house: House, { projectId, day }: { projectId: string; day: Day }): Promise<void> {
  const { read } = house.store;
  const began = house.clock.now();
  const [line, key] = [inLine(house), keyOf(projectId, day)];
  line.set(key, false);
  const mark = await findMark(read, projectId, day);
  if (mark !== null) {
    const project = await getProject(read, projectId);
    const counted = await countDay(house.store, project, day, mark);
    house.log.debug({ project: project.key, day, answers: counted, tookMs: house.clock.now() - began }, "day counted");
  }
  await house.store.tx((tx) => finishRuns(tx, projectId, house.clock.now()));
  const left = await findMark(read, projectId, day);
  if (left === null && line.get(key) !== true) {
    line.delete(key); // whoever writes from now on asks anew
    return;
  }
  const rest = Math.min(longestRestMs, Math.max(collectMs, restTimes * (house.clock.now() - began)));
  throw new RetryLater(rest, "more answers came meanwhile");
}

/** Counts a day anew and puts it in the place of what was counted before; gives the number of answers. */
export async function countDay(store: Store, project: Project, day: Day, mark: string): Promise<number> {
  const { read } = store;
  const { id: projectId, reading } = project;
  const counter = await counterOf(read, project, day);
  for await (const facts of factsOfDay(read, projectId, day, reading)) for (const fact of facts) counter.add(fact);
  const outcomes = await outcomesOfDay(read, projectId, day);
  const counts = { ...counter.counts(), outcomes: outcomes.map((row) => ({ projectId, day, ...row })) };
  await store.tx((tx) => replaceDay(tx, projectId, day, counts, mark));
  return counter.answers;
}

/** A counter for answers of a day, with the brands and assistants that the project has now. */
export async function counterOf(read: Db, { id: projectId }: Project, day: Day): Promise<DayCounter> {
  const brands = await listBrands(read, projectId);
  return new DayCounter({
    projectId,
    day,
    brandIds: brands.map(({ id }) => id),
    ownBrandId: brands.find(({ role }) => role === "own")?.id,
    surfaces: new Map((await listAllAssistants(read, projectId)).map(({ id, surface }) => [id, surface])),
  });
}

/** Gives every day that is out of date its job: what a crash between two steps left behind. */
export async function rollupDirtyDays(house: House, projectId?: string): Promise<void> {
  const days = await listDirtyDays(house.store.read, projectId);
  await house.queue.add(days.map((dirty) => rollupJob(dirty.projectId, dirty.day, 0)));
}

/**
 * The same for days whose job was set aside or lost, or that nobody asked for. One that is in line keeps its time, and
 * one that is being counted is not counted once more for this: it sees itself whether its mark is the last.
 */
export async function sweepDirtyDays(house: House): Promise<void> {
  const days = await listDirtyDays(house.store.read);
  const jobs = days.map((dirty): NewJob => ({
    ...rollupJob(dirty.projectId, dirty.day, collectMs),
    onlyIfMissing: true,
  }));
  await house.queue.add(jobs);
}
