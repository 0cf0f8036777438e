/** How lanes fare that are not in full health, for all processes and over restarts. */
import { and, eq, isNull, lte, sql } from "drizzle-orm";
import type { Assistant } from "../domain.ts";
import type { Db } from "./store.ts";

/** A lane that failed, is paused, or is coming back. */
export type LaneHealth = Db["tables"]["lanes"]["$inferSelect"];

export const listLaneHealth = (db: Db): Promise<LaneHealth[]> => db.select().from(db.tables.lanes);

/**
 * Counts a failure of a lane that is not paused; returns how many there were one after another, and with how many
 * questions at once it may go on; null while it is paused, when what comes back was sent before.
 */
export async function countFailure(
  tx: Db,
  { name, concurrency, reason }: Pick<LaneHealth, "name" | "concurrency" | "reason">,
  now: number,
): Promise<Pick<LaneHealth, "failures" | "concurrency"> | null> {
  const { lanes } = tx.tables;
  const [counted] = await tx
    .insert(lanes)
    .values({ name, concurrency, reason, failures: 1, pausedUntil: 0 })
    .onConflictDoUpdate({
      target: lanes.name,
      set: { failures: sql`${lanes.failures} + 1`, reason },
      setWhere: lte(lanes.pausedUntil, now),
    })
    .returning({ failures: lanes.failures, concurrency: lanes.concurrency });
  return counted ?? null;
}

/** Sends nothing to a lane until a time, and then no more than so many questions at once. */
export async function pauseLane(
  tx: Db,
  name: string,
  { pausedUntil, concurrency }: Pick<LaneHealth, "pausedUntil" | "concurrency">,
): Promise<void> {
  const { lanes } = tx.tables;
  await tx.update(lanes).set({ pausedUntil, concurrency }).where(eq(lanes.name, name));
}

/**
 * A reply: the lane may have one question more at once; returns how many now, `full` where it is in full health again,
 * null where nothing has changed, as while it is paused, when what comes back was sent before.
 */
export async function recoverLane(tx: Db, name: string, full: number, now: number): Promise<number | null> {
  const { lanes } = tx.tables;
  const [row] = await tx
    .update(lanes)
    .set({ failures: 0, concurrency: sql`${lanes.concurrency} + 1` })
    .where(and(eq(lanes.name, name), lte(lanes.pausedUntil, now)))
    .returning({ concurrency: lanes.concurrency });
  if (!row || row.concurrency < full) return row?.concurrency ?? null;
  await tx.delete(lanes).where(eq(lanes.name, name));
  return full;
}

/** What lanes are made of: every way in which assistants in force are asked, once. */
export function listSlots(
  db: Db,
): Promise<Pick<Assistant, "adapter" | "settings" | "concurrency" | "requestsPerMinute">[]> {
  const { adapter, settings, concurrency, requestsPerMinute, archivedAt } = db.tables.assistants;
  return db
    .selectDistinct({ adapter, settings, concurrency, requestsPerMinute })
    .from(db.tables.assistants)
    .where(isNull(archivedAt));
}
