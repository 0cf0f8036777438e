/** The embedded queue's statements: jobs as rows with leases. */
import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, lte, min, sql, type SQL } from "drizzle-orm";
import { given, givenRow, givenRows, givenTo, prepared, type Db } from "../store/index.ts";
import type { LaneDepth, NewJob, SetAside } from "./queue.ts";

/** Rows per INSERT; also bounds how many variants of the statement are kept. */
export const addAtOnce = 100;

export interface JobRow {
  key: string;
  name: NewJob["name"];
  payload: unknown;
  attempts: number;
}

/**
 * Adds jobs of different keys; a key that waits is brought forward if it is wanted earlier, one under way is marked to
 * run again, one set aside begins anew. Those that are wanted only if they are missing leave the first two alone.
 */
export async function insertJobs(tx: Db, newJobs: NewJob[], now: number): Promise<void> {
  for (const onlyIfMissing of [false, true]) {
    const some = newJobs.filter((job) => (job.onlyIfMissing ?? false) === onlyIfMissing);
    if (some.length > 0) await insertAlike(tx, some, now, onlyIfMissing);
  }
}

async function insertAlike(tx: Db, newJobs: NewJob[], now: number, onlyIfMissing: boolean): Promise<void> {
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
    givenUpAt: null,
  }));
  const insert = prepared(tx, `add ${rows.length} jobs${onlyIfMissing ? " if missing" : ""}`, () =>
    tx
      .insert(jobs)
      .values(rows.map((_, i) => givenRow(jobs, String(i))))
      .onConflictDoUpdate({
        target: jobs.key,
        ...(onlyIfMissing && { setWhere: isNotNull(jobs.error) }),
        set: {
          again: sql`${jobs.leaseUntil} > 0`,
          attempts: sql`case when ${jobs.error} is null then ${jobs.attempts} else 0 end`,
          error: null,
          givenUpAt: null,
          runAt: sql`case when excluded.run_at < ${jobs.runAt} then excluded.run_at else ${jobs.runAt} end`,
        },
      }),
  );
  await insert(givenRows(rows));
}

/** Removes finished jobs; those added again meanwhile become free instead. */
export async function removeDone(tx: Db, keys: string[]): Promise<void> {
  if (keys.length === 0) return;
  const { jobs } = tx.tables;
  const remove = prepared(tx, `remove ${keys.length} jobs`, () =>
    tx
      .delete(jobs)
      .where(
        and(
          inArray(
            jobs.key,
            keys.map((_, i) => given(`key${i}`)),
          ),
          eq(jobs.again, false),
        ),
      )
      .returning({ key: jobs.key }),
  );
  const gone = await remove(givenRows(keys.map((key) => ({ key }))));
  if (gone.length === keys.length) return;
  const wanted = keys.filter((key) => !gone.some((row) => row.key === key));
  await tx.update(jobs).set({ leaseUntil: 0, again: false, attempts: 0 }).where(inArray(jobs.key, wanted));
}

/** Takes up to `limit` due jobs of a lane, those due first, leased until `leaseUntil`. */
export async function takeDue(tx: Db, lane: string, limit: number, now: number, leaseUntil: number): Promise<JobRow[]> {
  const { jobs } = tx.tables;
  const take = prepared(tx, "take due jobs", () => {
    const free = and(lte(jobs.leaseUntil, given("now")), isNull(jobs.error));
    const due = tx
      .select({ key: jobs.key })
      .from(jobs)
      .where(and(eq(jobs.lane, given("lane")), lte(jobs.runAt, given("now")), free))
      .orderBy(asc(jobs.runAt), asc(jobs.key))
      .limit(given("limit"));
    return tx
      .update(jobs)
      .set({ leaseUntil: givenTo(jobs.leaseUntil, "leaseUntil"), attempts: sql`${jobs.attempts} + 1` })
      .where(and(inArray(jobs.key, due), free)) // asked twice, because another worker may have been quicker
      .returning({
        key: jobs.key,
        name: jobs.name,
        payload: jobs.payload,
        attempts: jobs.attempts,
        runAt: jobs.runAt,
      });
  });
  const rows = (await take({ lane, limit, now, leaseUntil })) as (JobRow & { runAt: number })[]; // as insertJobs wrote them
  return rows.sort((a, b) => a.runAt - b.runAt || (a.key < b.key ? -1 : 1)); // databases return them as they come by
}

/** Frees a job for another attempt at `runAt`, or at once when it was added again meanwhile. */
export async function putBack(tx: Db, key: string, now: number, runAt: number, attempts: number): Promise<void> {
  const { jobs } = tx.tables;
  await tx
    .update(jobs)
    .set({
      leaseUntil: 0,
      attempts,
      again: false,
      runAt: sql`cast(case when ${jobs.again} then ${now} else ${runAt} end as bigint)`,
    })
    .where(eq(jobs.key, key));
}

/** Sets a job aside with its error, until it is added again; one that was added again meanwhile begins anew. */
export async function giveUp(tx: Db, key: string, error: string, now: number): Promise<void> {
  const { jobs } = tx.tables;
  await tx
    .update(jobs)
    .set({
      leaseUntil: 0,
      again: false,
      attempts: sql`case when ${jobs.again} then 0 else ${jobs.attempts} end`,
      error: sql`case when ${jobs.again} then null else ${error} end`,
      givenUpAt: sql`cast(case when ${jobs.again} then null else ${now} end as bigint)`,
    })
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

/** Jobs that were given up, latest first. */
export async function listSetAside(db: Db, limit: number): Promise<SetAside[]> {
  const { key, name, lane, attempts, error, givenUpAt } = db.tables.jobs;
  const rows = await db
    .select({ key, name, lane, attempts, error, at: givenUpAt })
    .from(db.tables.jobs)
    .where(isNotNull(error))
    .orderBy(desc(givenUpAt), asc(key))
    .limit(limit);
  return rows as SetAside[]; // names come from insertJobs; where there is an error, there is its time
}

/** Frees jobs that were given up, all or some, to begin anew at `now`; returns their lanes, one for each. */
export async function revive(tx: Db, now: number, keys?: string[]): Promise<string[]> {
  const { jobs } = tx.tables;
  const revived = await tx
    .update(jobs)
    .set({ error: null, givenUpAt: null, attempts: 0, leaseUntil: 0, runAt: now })
    .where(and(isNotNull(jobs.error), keys && inArray(jobs.key, keys)))
    .returning({ lane: jobs.lane });
  return revived.map(({ lane }) => lane);
}

/** How full every lane with jobs is at `now`. */
export async function countLanes(db: Db, now: number): Promise<LaneDepth[]> {
  const { jobs } = db.tables;
  const numberOf = (state: SQL | undefined) => count(sql`case when ${state} then 1 end`);
  const free = and(isNull(jobs.error), lte(jobs.leaseUntil, now));
  const rows = await db
    .select({
      lane: jobs.lane,
      waiting: numberOf(and(free, lte(jobs.runAt, now))),
      delayed: numberOf(and(free, gt(jobs.runAt, now))),
      underWay: numberOf(and(isNull(jobs.error), gt(jobs.leaseUntil, now))),
      setAside: numberOf(isNotNull(jobs.error)),
      oldest: min(sql`case when ${and(free, lte(jobs.runAt, now))} then ${jobs.runAt} end`),
    })
    .from(jobs)
    .groupBy(jobs.lane)
    .orderBy(jobs.lane);
  return rows.map(({ oldest, ...lane }) => ({ ...lane, oldestMs: oldest === null ? null : now - Number(oldest) }));
}

/** When a lane's next free job is due; null when there is none. */
export async function nextDueAt(db: Db, lane: string): Promise<number | null> {
  const { jobs } = db.tables;
  const next = prepared(db, "next due job", () =>
    db
      .select({ runAt: jobs.runAt })
      .from(jobs)
      .where(and(eq(jobs.lane, given("lane")), eq(jobs.leaseUntil, 0), isNull(jobs.error)))
      .orderBy(asc(jobs.runAt))
      .limit(1),
  );
  const [row] = await next({ lane });
  return row?.runAt ?? null;
}

/** Whether any job is waiting, delayed or under way. */
export async function anyOpen(db: Db): Promise<boolean> {
  const { jobs } = db.tables;
  const any = prepared(db, "any open job", () =>
    db.select({ key: jobs.key }).from(jobs).where(isNull(jobs.error)).limit(1),
  );
  return (await any({})).length > 0;
}

export const listLanes = async (db: Db): Promise<string[]> =>
  (await db.selectDistinct({ lane: db.tables.jobs.lane }).from(db.tables.jobs)).map(({ lane }) => lane);
