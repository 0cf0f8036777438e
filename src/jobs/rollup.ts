/** Adds up a day's findings, so that measures never read answers. */
import type { Day } from "../domain.ts";
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

export const rollupJob = (projectId: string, day: Day): NewJob => ({
  name: "rollup",
  key: `rollup-${projectId}-${day}`,
  lane: "rollup",
  payload: { projectId, day },
  delayMs: collectMs,
});

/** Repeatable: makes the day's counts anew, and removes only the mark it has seen; a newer mark brings it back. */
export async function rollup(house: House, { projectId, day }: { projectId: string; day: Day }): Promise<void> {
  const { read } = house.store;
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
  }
  await house.store.tx((tx) => finishRuns(tx, projectId));
  if ((await findMark(read, projectId, day)) !== null) await house.queue.add([rollupJob(projectId, day)]);
}

/** Counts per prompt version, assistant, served model and brand; brands nobody named have rows of zeros. */
export function countDay(facts: AnswerFacts[], projectId: string, day: Day, brandIds: string[]): Rollup[] {
  const rows = new Map<string, Rollup>();
  for (const fact of facts) {
    const { promptVersionId, assistantId } = fact;
    const servedModel = fact.servedModel ?? "";
    const ranked = Object.keys(fact.positions).length > 0;
    for (const brandId of brandIds) {
      const key = `${promptVersionId} ${assistantId} ${brandId} ${servedModel}`;
      let row = rows.get(key);
      if (!row) {
        row = { projectId, day, promptVersionId, assistantId, servedModel, brandId, ...nothing };
        rows.set(key, row);
      }
      row.answers++;
      if (fact.named.has(brandId)) row.named++;
      if (ranked) row.ranked++;
      if ((fact.positions[brandId] ?? Infinity) <= 3) row.top3++;
      if (fact.search) row.searched++;
      if (fact.search && fact.cited.has(brandId)) row.cited++;
    }
  }
  return [...rows.values()];
}

const nothing = { answers: 0, named: 0, ranked: 0, top3: 0, searched: 0, cited: 0 };

/** Gives every day that is out of date its job: what a crash between two steps left behind. */
export async function rollupDirtyDays(house: House, projectId?: string): Promise<number> {
  const days = await listDirtyDays(house.store.read, projectId);
  if (days.length)
    await house.queue.add(days.map((dirty) => ({ ...rollupJob(dirty.projectId, dirty.day), delayMs: 0 })));
  return days.length;
}
