/** What is set aside and spent per day, month and run: a cap holds however many questions are asked at once. */
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Budget, Day } from "../domain.ts";
import { givenRow, givenRows, prepared } from "./prepared.ts";
import type { Db } from "./store.ts";

export interface Period {
  name: string;
  capMicroUsd: number | null;
}

/** The periods a question's cost counts in, in the order in which rows are locked. */
export const periodsOf = (budget: Budget, runId: string, day: Day): Period[] => [
  { name: `day-${day}`, capMicroUsd: budget.perDayMicroUsd },
  { name: `month-${day.slice(0, 7)}`, capMicroUsd: budget.perMonthMicroUsd },
  { name: `run-${runId}`, capMicroUsd: budget.perRunMicroUsd },
];

/**
 * Sets `amount` micro-USD aside in every capped period, or in none: reserved + spent never passes a cap.
 * Returns the name of the period that was full, or null.
 */
export async function reserve(tx: Db, projectId: string, periods: Period[], amount: number): Promise<string | null> {
  const { spending } = tx.tables;
  const capped = periods.filter((period) => period.capMicroUsd !== null);
  if (capped.length === 0) return null;
  const names = capped.map((period) => period.name);
  const rows = names.map((period) => ({ projectId, period, reservedMicroUsd: 0, spentMicroUsd: 0 }));
  await tx.insert(spending).values(rows).onConflictDoNothing();
  const caps = capped.map(({ name, capMicroUsd }) => sql`when ${name} then ${capMicroUsd}`);
  const cap = sql`case ${spending.period} ${sql.join(caps, sql` `)} end`;
  const taken = await tx
    .update(spending)
    .set({ reservedMicroUsd: sql`${spending.reservedMicroUsd} + ${amount}` })
    .where(
      and(
        eq(spending.projectId, projectId),
        inArray(spending.period, names),
        sql`${spending.reservedMicroUsd} + ${spending.spentMicroUsd} + ${amount} <= cast(${cap} as bigint)`,
      ),
    )
    .returning({ period: spending.period });
  const full = names.find((name) => !taken.some(({ period }) => period === name));
  if (full === undefined) return null;
  await settle(
    tx,
    projectId,
    capped.filter(({ name }) => taken.some(({ period }) => period === name)),
    amount,
    0,
  );
  return full;
}

/** Gives back what `reserve` set aside and books what was spent, in one statement. */
export async function settle(
  tx: Db,
  projectId: string,
  periods: Period[],
  reserved: number,
  spent: number,
): Promise<void> {
  if (periods.length === 0) return;
  const { spending } = tx.tables;
  const rows = periods.map(({ name, capMicroUsd }) => ({
    projectId,
    period: name,
    reservedMicroUsd: capMicroUsd === null ? 0 : -reserved,
    spentMicroUsd: spent,
  }));
  const book = prepared(tx, `book ${rows.length}`, () =>
    tx
      .insert(spending)
      .values(rows.map((_, i) => givenRow(spending, String(i))))
      .onConflictDoUpdate({
        target: [spending.projectId, spending.period],
        set: {
          reservedMicroUsd: sql`${spending.reservedMicroUsd} + excluded.reserved_micro_usd`,
          spentMicroUsd: sql`${spending.spentMicroUsd} + excluded.spent_micro_usd`,
        },
      }),
  );
  await book(givenRows(rows));
}

/** Spent and set aside in one period, micro-USD. */
export async function spentIn(db: Db, projectId: string, period: string): Promise<{ spent: number; reserved: number }> {
  const { spending } = db.tables;
  const [row] = await db
    .select()
    .from(spending)
    .where(and(eq(spending.projectId, projectId), eq(spending.period, period)));
  return { spent: row?.spentMicroUsd ?? 0, reserved: row?.reservedMicroUsd ?? 0 };
}
