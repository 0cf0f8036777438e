/** The embedded queue's statements: jobs as rows with leases. */
import { and, asc, count, eq, inArray, isNull, lte, notInArray, sql } from "drizzle-orm";
import type { Db } from "../store/index.ts";
import type { NewJob } from "./queue.ts";

/** Rows per INSERT: nine parameters each stay far below SQLite's limit. */
export const addAtOnce = 500;

export interface JobRow {
  key: string;
  name: NewJob["name"];
  payload: unknown;
  attempts: number;
}

/** Adds jobs; a key that is there stays as it is, one under way is marked to run again. */
export async function insertJobs(tx: Db, newJobs: NewJob[], now: number): Promise<void> {
  const { jobs } = tx.tables;
  const rows = newJobs.map(({ name, key, lane, payload, delayMs = 0 }) => ({
    name,
    key,
    lane,
    payload,
    runAt: now + delayMs,
    leaseUntil: 0,
    attempts: 0,
    again: false,
    error: null,
  }));
  await tx
    .insert(jobs)
    .values(rows)
    .onConflictDoUpdate({ target: jobs.key, set: { again: sql`${jobs.leaseUntil} > 0` } });
}

/** Removes finished jobs; those added again meanwhile become free instead. */
export async function removeDone(tx: Db, keys: string[]): Promise<void> {
  if (keys.length === 0) return;
  const { jobs } = tx.tables;
  const gone = await tx
    .delete(jobs)
    .where(and(inArray(jobs.key, keys), eq(jobs.again, false)))
    .returning({ key: jobs.key });
  if (gone.length === keys.length) return;
  const wanted = keys.filter((key) => !gone.some((row) => row.key === key));
  await tx.update(jobs).set({ leaseUntil: 0, again: false, attempts: 0 }).where(inArray(jobs.key, wanted));
}

/** Takes up to `limit` due jobs of a lane, leased until `leaseUntil`. */
export async function takeDue(tx: Db, lane: string, limit: number, now: number, leaseUntil: number): Promise<JobRow[]> {
  const { jobs } = tx.tables;
  const free = and(lte(jobs.leaseUntil, now), isNull(jobs.error));
  const due = tx
    .select({ key: jobs.key })
    .from(jobs)
    .where(and(eq(jobs.lane, lane), lte(jobs.runAt, now), free))
    .orderBy(asc(jobs.runAt), asc(jobs.key))
    .limit(limit);
  const rows = await tx
    .update(jobs)
    .set({ leaseUntil, attempts: sql`${jobs.attempts} + 1` })
    .where(and(inArray(jobs.key, due), free)) // asked twice, because another worker may have been quicker
    .returning({ key: jobs.key, name: jobs.name, payload: jobs.payload, attempts: jobs.attempts });
  return rows as JobRow[]; // names come from insertJobs
}

/** Frees a job for another attempt at `runAt`, or sets it aside with its error. */
export async function putBack(tx: Db, key: string, change: { runAt: number } | { error: string }): Promise<void> {
  const { jobs } = tx.tables;
  await tx
    .update(jobs)
    .set({ leaseUntil: 0, ...change })
    .where(eq(jobs.key, key));
}

/** Moves the end of the leases of jobs under way; without keys frees every job. */
export async function setLeases(tx: Db, leaseUntil: number, keys?: string[]): Promise<void> {
  const { jobs } = tx.tables;
  await tx
    .update(jobs)
    .set({ leaseUntil })
    .where(keys && inArray(jobs.key, keys));
}

/** When a lane's next job can be taken, leaving out those under way here; null when there is none. */
export async function nextDueAt(db: Db, lane: string, runningKeys: string[]): Promise<number | null> {
  const { jobs } = db.tables;
  const at = sql<number>`case when ${jobs.leaseUntil} > ${jobs.runAt} then ${jobs.leaseUntil} else ${jobs.runAt} end`;
  const notHere = runningKeys.length ? notInArray(jobs.key, runningKeys) : undefined;
  const [row] = await db
    .select({ at: sql<number | null>`min(${at})`.mapWith(Number) })
    .from(jobs)
    .where(and(eq(jobs.lane, lane), isNull(jobs.error), notHere));
  return row?.at ?? null;
}

/** Jobs that are waiting, delayed or under way. */
export async function countOpen(db: Db): Promise<number> {
  const { jobs } = db.tables;
  const [row] = await db.select({ open: count() }).from(jobs).where(isNull(jobs.error));
  return row!.open;
}

export const listLanes = async (db: Db): Promise<string[]> =>
  (await db.selectDistinct({ lane: db.tables.jobs.lane }).from(db.tables.jobs)).map(({ lane }) => lane);
