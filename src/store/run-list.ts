/** Looks runs up for people: the latest ones, or one by its name, with how their questions fare. */
import { count, desc, eq, inArray, like } from "drizzle-orm";
import type { QuestionState, Run } from "../domain.ts";
import { chunks, type Db } from "./store.ts";

/** The latest runs by due time, of one project or of all. */
export const listRuns = (db: Db, { projectId, limit }: { projectId?: string; limit: number }): Promise<Run[]> => {
  const { runs } = db.tables;
  return db
    .select()
    .from(runs)
    .where(projectId === undefined ? undefined : eq(runs.projectId, projectId))
    .orderBy(desc(runs.dueAt), desc(runs.id))
    .limit(limit);
};

/** Runs whose id is `name` or ends with it: the end of an id tells runs apart, its beginning is a time. At most two. */
export async function findRuns(db: Db, name: string): Promise<Run[]> {
  if (!/^[0-9a-f-]{4,36}$/.test(name)) return []; // of what ids are made
  const { runs } = db.tables;
  return db
    .select()
    .from(runs)
    .where(like(runs.id, `%${name}`))
    .limit(2);
}

/** Questions by state, per run; a run without questions has no entry. */
export async function countStates(
  db: Db,
  runIds: string[],
): Promise<Map<string, Partial<Record<QuestionState, number>>>> {
  const { questions } = db.tables;
  const states = new Map<string, Partial<Record<QuestionState, number>>>();
  for (const ids of chunks(runIds)) {
    const rows = await db
      .select({ runId: questions.runId, state: questions.state, number: count() })
      .from(questions)
      .where(inArray(questions.runId, ids))
      .groupBy(questions.runId, questions.state);
    for (const { runId, state, number } of rows) states.set(runId, { ...states.get(runId), [state]: number });
  }
  return states;
}
