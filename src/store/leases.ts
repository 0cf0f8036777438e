/** Leases: who does for all processes what only one of them may do. */
import { and, eq, lte, or, sql } from "drizzle-orm";
import type { Db } from "./store.ts";

/**
 * Takes the lease called `name` until `until` (epoch milliseconds), or renews it where `holder` has it; false while
 * somebody else holds it. Clocks that differ between machines at most pass it on early or late: what is done under it
 * must bear being done by two.
 */
export async function takeLease(tx: Db, name: string, holder: string, now: number, until: number): Promise<boolean> {
  const { leases } = tx.tables;
  const held = await tx
    .insert(leases)
    .values({ name, holder, until })
    .onConflictDoUpdate({
      target: leases.name,
      set: { holder: sql`excluded.holder`, until: sql`excluded.until` },
      setWhere: or(eq(leases.holder, holder), lte(leases.until, now))!, // two conditions give one
    })
    .returning({ holder: leases.holder });
  return held.length > 0;
}

/** Gives the lease back where `holder` has it, so that the next one need not wait. */
export async function releaseLease(tx: Db, name: string, holder: string): Promise<void> {
  const { leases } = tx.tables;
  await tx.delete(leases).where(and(eq(leases.name, name), eq(leases.holder, holder)));
}
