/** What is set aside and spent per day, month, run and in all: a cap holds however many questions are asked at once. */
import { and, eq, sql } from "drizzle-orm";
import type { Budget, Day, Project } from "../domain.ts";
import { givenRow, givenRows, given, prepared } from "./prepared.ts";
import type { Db } from "./store.ts";

export interface Period {
  /** Empty for the whole workspace. */
  projectId: string;
  name: string;
  capMicroUsd: number | null;
}

/** Caps of all projects together. */
export type WorkspaceBudget = Pick<Budget, "perDayMicroUsd" | "perMonthMicroUsd">;

/** The project whose rows are those of the whole workspace. */
const workspace = "";

/** The periods a question's cost counts in, in the order in which rows are locked. */
export function periodsOf(
  { id, budget }: Pick<Project, "id" | "budget">,
  { runId, day }: { runId: string; day: Day },
  all: WorkspaceBudget,
): Period[] {
  const [ofDay, ofMonth] = [`day-${day}`, `month-${day.slice(0, 7)}`];
  const together = [
    { projectId: workspace, name: ofDay, capMicroUsd: all.perDayMicroUsd },
    { projectId: workspace, name: ofMonth, capMicroUsd: all.perMonthMicroUsd },
  ];
  return [
    // where nothing is capped, all workers need not meet at one row
    ...together.filter(({ capMicroUsd }) => capMicroUsd !== null),
    { projectId: id, name: ofDay, capMicroUsd: budget.perDayMicroUsd },
    { projectId: id, name: ofMonth, capMicroUsd: budget.perMonthMicroUsd },
    { projectId: id, name: `run-${runId}`, capMicroUsd: budget.perRunMicroUsd },
    { projectId: id, name: "total", capMicroUsd: budget.totalMicroUsd ?? null },
  ];
}

/**
 * Sets `amount` micro-USD aside in every capped period, or in none: reserved + spent never passes a cap.
 * Returns the period that was full, or null.
 */
export async function reserve(tx: Db, periods: Period[], amount: number): Promise<Period | null> {
  const capped = periods.filter((period) => period.capMicroUsd !== null);
  for (const [i, period] of capped.entries()) {
    if (await setAside(tx, period, amount)) continue;
    await settle(tx, capped.slice(0, i), amount, 0);
    return period;
  }
  return null;
}

/** One conditional statement: nobody can come between looking and taking. */
async function setAside(tx: Db, { projectId, name, capMicroUsd }: Period, amount: number): Promise<boolean> {
  if (amount > capMicroUsd!) return false;
  const { spending } = tx.tables;
  const take = prepared(tx, "set aside", () =>
    tx
      .insert(spending)
      .values(givenRow(spending))
      .onConflictDoUpdate({
        target: [spending.projectId, spending.period],
        set: { reservedMicroUsd: sql`${spending.reservedMicroUsd} + excluded.reserved_micro_usd` },
        setWhere: sql`${spending.reservedMicroUsd} + ${spending.spentMicroUsd} + excluded.reserved_micro_usd <= cast(${given("cap")} as bigint)`,
      })
      .returning({ period: spending.period }),
  );
  const row = { projectId, period: name, reservedMicroUsd: amount, spentMicroUsd: 0 };
  return (await take({ ...row, cap: capMicroUsd })).length > 0;
}

/** Gives back what `reserve` set aside and books what was spent, in one statement. */
export async function settle(tx: Db, periods: Period[], reserved: number, spent: number): Promise<void> {
  if (periods.length === 0 || (reserved === 0 && spent === 0)) return;
  const { spending } = tx.tables;
  const rows = periods.map(({ projectId, name, capMicroUsd }) => ({
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
