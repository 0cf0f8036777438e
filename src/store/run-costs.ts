/** What runs have cost: by the ledger of calls, by their answers where they are older than it, else as it was booked. */
import { and, count, eq, inArray, max, sql, sum } from "drizzle-orm";
import type { Project, Run } from "../domain.ts";
import { periodsOf, spentIn, type WorkspaceBudget } from "./spending.ts";
import { chunks, type Db } from "./store.ts";

/** Calls or answers that cost something, or may have. */
export interface Cost {
  /** Sum of what is known. */
  microUsd: number;
  known: number;
  unknown: number;
}

export interface RunCost {
  /** Where the sum comes from; "booked" counts what was expected where a cost was not told. */
  from: "calls" | "answers" | "booked";
  paid: Cost;
  /** Sent, and broken off before it was known how it ended. */
  possiblyPaid: Cost;
}

/** One assistant's calls of one run that ended alike. */
export interface CallSum extends Cost {
  runId: string;
  assistantId: string;
  payment: "open" | "paid" | "free" | "possibly_paid";
}

const total = (column: Parameters<typeof sum>[0]) => sql<number>`coalesce(${sum(column)}, 0)`.mapWith(Number);

/** The ledger of some runs, added up. */
export async function sumCalls(db: Db, runIds: string[]): Promise<CallSum[]> {
  const { runId, assistantId, payment, costMicroUsd } = db.tables.calls;
  const sums: CallSum[] = [];
  for (const ids of chunks(runIds)) {
    const rows = await db
      .select({
        ...{ runId, assistantId, payment },
        microUsd: total(costMicroUsd),
        known: count(costMicroUsd),
        unknown: sql<number>`count(*) - count(${costMicroUsd})`.mapWith(Number),
      })
      .from(db.tables.calls)
      .where(inArray(runId, ids))
      .groupBy(runId, assistantId, payment)
      .orderBy(runId, assistantId, payment);
    sums.push(...rows);
  }
  return sums;
}

async function sumAnswers(db: Db, runIds: string[]): Promise<Map<string, Cost>> {
  const { answers, questions } = db.tables;
  const sums = new Map<string, Cost>();
  for (const ids of chunks(runIds)) {
    const rows = await db
      .select({
        runId: questions.runId,
        microUsd: total(answers.costMicroUsd),
        known: count(answers.costMicroUsd),
        unknown: sql<number>`count(*) - count(${answers.costMicroUsd})`.mapWith(Number),
      })
      .from(questions)
      .innerJoin(answers, eq(answers.id, questions.id))
      .where(inArray(questions.runId, ids))
      .groupBy(questions.runId);
    for (const { runId, ...cost } of rows) sums.set(runId, cost);
  }
  return sums;
}

const nothing = (): Cost => ({ microUsd: 0, known: 0, unknown: 0 });

const added = (sums: readonly Cost[]): Cost =>
  sums.reduce(
    (all, { microUsd, known, unknown }) => ({
      microUsd: all.microUsd + microUsd,
      known: all.known + known,
      unknown: all.unknown + unknown,
    }),
    nothing(),
  );

/** What each run has cost so far, by id; answers that are no longer kept leave what was booked. */
export async function costsOfRuns(db: Db, runs: Pick<Run, "id" | "projectId">[]): Promise<Map<string, RunCost>> {
  const ids = runs.map(({ id }) => id);
  const calls = await sumCalls(db, ids);
  const answers = await sumAnswers(db, ids);
  const costs = new Map<string, RunCost>();
  for (const { id, projectId } of runs) {
    const own = calls.filter(({ runId }) => runId === id);
    const answered = answers.get(id);
    if (own.length > 0) {
      const of = (...payments: CallSum["payment"][]) => added(own.filter(({ payment }) => payments.includes(payment)));
      costs.set(id, { from: "calls", paid: of("paid"), possiblyPaid: of("possibly_paid", "open") });
    } else if (answered) costs.set(id, { from: "answers", paid: answered, possiblyPaid: nothing() });
    else {
      const { spent } = await spentIn(db, projectId, `run-${id}`);
      costs.set(id, { from: "booked", paid: { ...nothing(), microUsd: spent }, possiblyPaid: nothing() });
    }
  }
  return costs;
}

/** A cap that leaves no room. */
export interface FullCap {
  /** As in the table of what is spent: `day-2026-01-31`. */
  period: string;
  capMicroUsd: number;
  usedMicroUsd: number;
}

/** The caps that leave no room now for the dearest question that a run has skipped; none where they have been raised since. */
export async function fullCaps(
  db: Db,
  run: Pick<Run, "id" | "day">,
  project: Pick<Project, "id" | "budget">,
  all: WorkspaceBudget,
): Promise<FullCap[]> {
  const { questions } = db.tables;
  const [dearest] = await db
    .select({ microUsd: max(questions.estimateMicroUsd) })
    .from(questions)
    .where(and(eq(questions.runId, run.id), eq(questions.state, "skipped_budget")));
  const full: FullCap[] = [];
  for (const { projectId, name, capMicroUsd } of periodsOf(project, { runId: run.id, day: run.day }, all)) {
    if (capMicroUsd === null) continue;
    const { spent, reserved } = await spentIn(db, projectId, name);
    const usedMicroUsd = spent + reserved;
    if (usedMicroUsd + (dearest?.microUsd ?? 0) > capMicroUsd) full.push({ period: name, capMicroUsd, usedMicroUsd });
  }
  return full;
}
