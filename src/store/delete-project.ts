/** Removes a project with everything that is of it, some rows at a time; what was there stays written in `audit`. */
import { and, asc, count, eq, inArray, like, or } from "drizzle-orm";
import type { Project } from "../domain.ts";
import { newId } from "./ids.ts";
import { removeAnswers, removeQuestions } from "./retention.ts";
import type { Db, Store } from "./store.ts";

/** Answers or questions in one transaction: others that write wait no longer than this takes. */
const atOnce = 250;
const action = "delete project";

interface Detail extends Record<string, unknown> {
  projectId: string;
  /** Rows by table when it began. */
  counts: Record<string, number>;
  /** Epoch milliseconds; null while it is under way. */
  endedAt: number | null;
}

/** What a project holds, by table. */
export async function countProject(db: Db, projectId: string): Promise<Record<string, number>> {
  const { answers, questions, runs, prompts, brands, assistants } = db.tables;
  const counts: Record<string, number> = {};
  for (const [name, table] of Object.entries({ answers, questions, runs, prompts, brands, assistants })) {
    const [row] = await db.select({ rows: count() }).from(table).where(eq(table.projectId, projectId));
    counts[name] = row!.rows;
  }
  return counts;
}

/** A project of this key whose deletion was begun and did not end; its id, or null. */
export async function unfinishedDeletion(db: Db, key: string): Promise<string | null> {
  const { audit } = db.tables;
  const rows = await db
    .select()
    .from(audit)
    .where(and(eq(audit.action, action), eq(audit.subject, key)));
  const open = rows.map(({ detail }) => detail as Detail).find(({ endedAt }) => endedAt === null); // as we wrote it
  return open?.projectId ?? null;
}

/**
 * Removes a project. Nothing is asked for it from the first transaction on; when the last has ended, it is gone. Broken
 * off in between, the same call goes on. `signal` ends it after the transaction under way: returns false.
 */
export async function deleteProject(
  store: Store,
  { id, key }: Pick<Project, "id" | "key">,
  now: () => number,
  signal?: AbortSignal,
): Promise<boolean> {
  await store.tx(async (tx) => begin(tx, id, key, now()));
  // each says whether there may be more to remove: transactions stay short however much there is
  const steps = [removeSomeQuestions, removeSomeAnswers, removeSomeCounts];
  for (const step of steps) while (await store.tx((tx) => step(tx, id))) if (signal?.aborted) return false;
  if (signal?.aborted) return false;
  await store.tx((tx) => end(tx, id, key, now()));
  return true;
}

async function begin(tx: Db, id: string, key: string, at: number): Promise<void> {
  const { audit, projects, dirtyDays, questions } = tx.tables;
  if ((await unfinishedDeletion(tx, key)) !== id) {
    const detail: Detail = { projectId: id, counts: await countProject(tx, id), endedAt: null };
    await tx.insert(audit).values({ id: newId(), at, action, subject: key, detail });
  }
  await tx.update(projects).set({ schedule: null, groups: [], pausedAt: at }).where(eq(projects.id, id));
  await tx
    .update(questions)
    .set({ state: "cancelled" })
    .where(and(eq(questions.projectId, id), inArray(questions.state, ["waiting", "asking"])));
  await tx.delete(dirtyDays).where(eq(dirtyDays.projectId, id)); // no roll-up writes its counts again
}

async function removeSomeQuestions(tx: Db, projectId: string): Promise<boolean> {
  const { questions, runs } = tx.tables;
  const rows = await tx
    .select({ id: questions.id })
    .from(runs)
    .innerJoin(questions, eq(questions.runId, runs.id))
    .where(eq(runs.projectId, projectId))
    .limit(atOnce);
  const ids = rows.map((row) => row.id);
  await removeJobs(tx, ids, "ask");
  await removeQuestions(tx, ids);
  return ids.length > 0;
}

async function removeSomeAnswers(tx: Db, projectId: string): Promise<boolean> {
  const { answers } = tx.tables;
  const rows = await tx
    .select({ id: answers.id })
    .from(answers)
    .where(eq(answers.projectId, projectId))
    .orderBy(asc(answers.projectId), asc(answers.day)) // along an index, past the answers of others
    .limit(atOnce);
  const ids = rows.map((row) => row.id);
  await removeJobs(tx, ids, "redirects");
  await removeAnswers(tx, ids);
  return ids.length > 0;
}

async function removeJobs(tx: Db, ids: string[], name: string): Promise<void> {
  const { jobs } = tx.tables;
  const keys = ids.map((id) => `${name}-${id}`);
  await tx.delete(jobs).where(inArray(jobs.key, keys));
}

/** One day's counts. */
async function removeSomeCounts(tx: Db, projectId: string): Promise<boolean> {
  let any = false;
  const { rollups, surfaceDays, sourceRollups, outcomeRollups } = tx.tables;
  for (const table of [rollups, surfaceDays, sourceRollups, outcomeRollups]) {
    const [first] = await tx.select({ day: table.day }).from(table).where(eq(table.projectId, projectId)).limit(1);
    if (!first) continue;
    any = true;
    await tx.delete(table).where(and(eq(table.projectId, projectId), eq(table.day, first.day)));
  }
  return any;
}

async function end(tx: Db, id: string, key: string, at: number): Promise<void> {
  const { tables } = tx;
  const { prompts, promptVersions, jobs, projects, audit } = tables;
  const own = tx.select({ id: prompts.id }).from(prompts).where(eq(prompts.projectId, id));
  await tx.delete(promptVersions).where(inArray(promptVersions.promptId, own));
  const { runs, brands, assistants, readings, spending, dirtyDays } = tables;
  for (const table of [prompts, runs, brands, assistants, readings, spending, dirtyDays])
    await tx.delete(table).where(eq(table.projectId, id));
  await tx.delete(jobs).where(or(eq(jobs.key, `reparse-${id}`), like(jobs.key, `rollup-${id}-%`)));
  await tx.delete(projects).where(eq(projects.id, id));
  const entries = await tx
    .select()
    .from(audit)
    .where(and(eq(audit.action, action), eq(audit.subject, key)));
  for (const { id: entry, detail } of entries)
    if ((detail as Detail).projectId === id)
      await tx
        .update(audit)
        .set({ detail: { ...detail, endedAt: at } })
        .where(eq(audit.id, entry));
}
