/** Whose turn it is: questions wait in the store, and only some of each project have a job. */
import { and, asc, count, eq, inArray, ne } from "drizzle-orm";
import type { Question } from "../domain.ts";
import type { Db } from "./store.ts";

export type Turn = Pick<Question, "id" | "assistantId">;

/** Projects with runs that have not ended; what is asked out of turn waits for nobody. */
export async function listAskingProjects(db: Db): Promise<string[]> {
  const { runs } = db.tables;
  const rows = await db
    .selectDistinct({ projectId: runs.projectId })
    .from(runs)
    .where(and(eq(runs.state, "running"), ne(runs.purpose, "adhoc")));
  return rows.map(({ projectId }) => projectId);
}

/**
 * The next questions to some assistants of a project, oldest run first, so that at most `atMost` of them have a job.
 * Whoever takes them adds their jobs and then says so with `markQueued`: in this order nothing is lost in between, and a
 * job that is added twice is one job.
 */
export async function nextTurns(db: Db, projectId: string, assistantIds: string[], atMost: number): Promise<Turn[]> {
  const runIds = await listRunning(db, projectId);
  if (runIds.length === 0) return [];
  const next: Turn[] = [];
  let room = atMost - (await countQueued(db, runIds, assistantIds));
  for (const runId of runIds) {
    if (room <= 0) break;
    const ofRun = await nextOf(db, runId, assistantIds, room);
    next.push(...ofRun);
    room -= ofRun.length;
  }
  return next;
}

/** Questions that have their job now. */
export async function markQueued(tx: Db, turns: Turn[]): Promise<void> {
  const { questions } = tx.tables;
  const ids = turns.map(({ id }) => id);
  await tx.update(questions).set({ queued: true }).where(inArray(questions.id, ids));
}

/** Questions of a project that have a job, or had one that was lost. */
export async function listQueued(db: Db, projectId: string): Promise<Turn[]> {
  const { questions } = db.tables;
  const runIds = await listRunning(db, projectId);
  if (runIds.length === 0) return [];
  return db
    .select({ id: questions.id, assistantId: questions.assistantId })
    .from(questions)
    .where(and(inArray(questions.runId, runIds), isOpen(db), eq(questions.queued, true)))
    .orderBy(asc(questions.id));
}

async function listRunning(db: Db, projectId: string): Promise<string[]> {
  const { runs } = db.tables;
  const rows = await db
    .select({ id: runs.id })
    .from(runs)
    .where(and(eq(runs.state, "running"), eq(runs.projectId, projectId), ne(runs.purpose, "adhoc")))
    .orderBy(asc(runs.dueAt), asc(runs.id));
  return rows.map(({ id }) => id);
}

const isOpen = (db: Db) => inArray(db.tables.questions.state, ["waiting", "asking"]);

async function countQueued(db: Db, runIds: string[], assistantIds: string[]): Promise<number> {
  const { questions } = db.tables;
  const [row] = await db
    .select({ queued: count() })
    .from(questions)
    .where(
      and(
        inArray(questions.runId, runIds),
        isOpen(db),
        eq(questions.queued, true),
        inArray(questions.assistantId, assistantIds),
      ),
    );
  return row!.queued;
}

/** The first that wait, of each assistant by itself: so the index gives them in order, however many there are. */
async function nextOf(db: Db, runId: string, assistantIds: string[], limit: number): Promise<Turn[]> {
  const { questions } = db.tables;
  const { id, assistantId } = questions;
  const found: Turn[] = [];
  for (const one of assistantIds)
    found.push(
      ...(await db
        .select({ id, assistantId })
        .from(questions)
        .where(
          and(
            eq(questions.runId, runId),
            eq(questions.state, "waiting"),
            eq(questions.queued, false),
            eq(assistantId, one),
          ),
        )
        .orderBy(asc(id))
        .limit(limit)),
    );
  return found.sort((a, b) => (a.id < b.id ? -1 : 1)).slice(0, limit);
}
