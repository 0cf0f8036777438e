/** Adds up a day's findings, so that measures never read answers. */
import type { Day } from "../domain.ts";
import { RetryLater } from "../errors.ts";
import type { NewJob } from "../queue/queue.ts";
import {
  findMark,
  finishRuns,
  getProject,
  listBrands,
  listDirtyDays,
  loadDay,
  replaceDay,
  type AnswerFacts,
  type Rollup,
} from "../store/index.ts";
import type { House } from "./job.ts";

/** Answers of a run come close together; waiting a little adds up many at once. */
const collectMs = 1_000;
/** While answers keep coming, adding up takes at most a tenth of the time, and numbers are at most this old. */
const restTimes = 10;
const longestRestMs = 30_000;

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
 * came since the roll-up last began.
 */
const inLine = new WeakMap<House, Map<string, boolean>>();

function lineOf(house: House): Map<string, boolean> {
  let line = inLine.get(house);
  if (!line) inLine.set(house, (line = new Map<string, boolean>()));
  return line;
}

/** Asks for a roll-up after a while, together with what else comes until then. */
export async function rollupSoon(house: House, projectId: string, day: Day): Promise<void> {
  const waits = lineOf(house).has(keyOf(projectId, day));
  lineOf(house).set(keyOf(projectId, day), true);
  if (!waits) await house.queue.add([rollupJob(projectId, day, collectMs)]);
}

/** Asks for a roll-up at once: the run has ended, nothing more will come. */
export const rollupNow = (house: House, projectId: string, day: Day): Promise<void> =>
  house.queue.add([rollupJob(projectId, day, 0)]);

/** Repeatable: makes the day's counts anew, and removes only the mark it has seen; a newer mark brings it back. */
export async function rollup(house: House, { projectId, day }: { projectId: string; day: Day }): Promise<void> {
  const { read } = house.store;
  const began = house.clock.now();
  const [line, key] = [lineOf(house), keyOf(projectId, day)];
  line.set(key, false);
  const mark = await findMark(read, projectId, day);
  if (mark !== null) {
    const project = await getProject(read, projectId);
    const facts = await loadDay(read, projectId, day, project.reading);
    const brands = await listBrands(read, projectId);
    const rows = countDay(
      facts,
      projectId,
      day,
      brands.map((brand) => brand.id),
    );
    await house.store.tx((tx) => replaceDay(tx, projectId, day, rows, mark));
    house.log.debug(
      { project: project.key, day, answers: facts.length, tookMs: house.clock.now() - began },
      "day counted",
    );
  }
  await house.store.tx((tx) => finishRuns(tx, projectId));
  const left = await findMark(read, projectId, day);
  if (left === null && line.get(key) !== true) {
    line.delete(key); // whoever writes from now on asks anew
    return;
  }
  const rest = Math.min(longestRestMs, Math.max(collectMs, restTimes * (house.clock.now() - began)));
  throw new RetryLater(rest, "more answers came meanwhile");
}

/** Counts per prompt version, assistant, served model and brand; brands nobody named have rows of zeros. */
export function countDay(facts: AnswerFacts[], projectId: string, day: Day, brandIds: string[]): Rollup[] {
  const rows = new Map<string, Rollup>();
  for (const fact of facts) {
    const { promptVersionId, assistantId } = fact;
    const servedModel = fact.servedModel ?? "";
    for (const brandId of brandIds) {
      const key = `${promptVersionId} ${assistantId} ${brandId} ${servedModel}`;
      let row = rows.get(key);
      if (!row) {
        row = { projectId, day, promptVersionId, assistantId, servedModel, brandId, ...nothing };
        rows.set(key, row);
      }
      row.answers++;
      if (fact.named.has(brandId)) row.named++;
      if (fact.ranked) row.ranked++;
      if ((fact.positions[brandId] ?? Infinity) <= 3) row.top3++;
      if (fact.search) row.searched++;
      if (fact.search && fact.cited.has(brandId)) row.cited++;
    }
  }
  return [...rows.values()];
}

const nothing = { answers: 0, named: 0, ranked: 0, top3: 0, searched: 0, cited: 0 };

/** Gives every day that is out of date its job: what a crash between two steps left behind. */
export async function rollupDirtyDays(house: House, projectId?: string): Promise<void> {
  const days = await listDirtyDays(house.store.read, projectId);
  await house.queue.add(days.map((dirty) => rollupJob(dirty.projectId, dirty.day, 0)));
}

/** The same for days whose job was set aside or lost; late enough to hurry none that is in line. */
export async function sweepDirtyDays(house: House): Promise<void> {
  const days = await listDirtyDays(house.store.read);
  await house.queue.add(days.map((dirty) => rollupJob(dirty.projectId, dirty.day, longestRestMs)));
}
