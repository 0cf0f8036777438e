/** Writes roll-ups: counts per day, prompt version, assistant, served model and brand, from which all rates are made. */
import { and, asc, eq, gte, lte, sql } from "drizzle-orm";
import type { Counts, Day, Surface } from "../domain.ts";
import { listAnswerDays } from "./answer-days.ts";
import { newId } from "./ids.ts";
import { addCounts, noCounts, packCounts } from "./matrix.ts";
import { givenRow, insertMany, prepared } from "./prepared.ts";
import type { Db } from "./store.ts";

/** One cell's counts. */
export interface Rollup extends Counts {
  projectId: string;
  day: Day;
  promptVersionId: string;
  assistantId: string;
  servedModel: string;
  brandId: string;
}

type Row<Table extends "sourceRollups" | "outcomeRollups" | "surfaceDays"> = Db["tables"][Table]["$inferSelect"];
/** How often an assistant's answers cite a page, or any page of a domain (`url` empty). */
export type SourceRollup = Row<"sourceRollups">;
/** How many replies ended how, and what they cost. */
export type OutcomeRollup = Row<"outcomeRollups">;

/** Everything a day is added up to. */
export interface DayCounts {
  rollups: Rollup[];
  sources: SourceRollup[];
  outcomes: OutcomeRollup[];
  /** Of every assistant in `rollups`, by id. */
  surfaces: ReadonlyMap<string, Surface>;
}

/** The mark that says a day is out of date, or null. */
export async function findMark(db: Db, projectId: string, day: Day): Promise<string | null> {
  const { dirtyDays } = db.tables;
  const [row] = await db
    .select()
    .from(dirtyDays)
    .where(and(eq(dirtyDays.projectId, projectId), eq(dirtyDays.day, day)));
  return row?.mark ?? null;
}

/** Days whose roll-up is out of date, of one project or of all. */
export const listDirtyDays = (db: Db, projectId?: string): Promise<{ projectId: string; day: Day }[]> => {
  const { dirtyDays } = db.tables;
  return db
    .select({ projectId: dirtyDays.projectId, day: dirtyDays.day })
    .from(dirtyDays)
    .where(projectId === undefined ? undefined : eq(dirtyDays.projectId, projectId))
    .orderBy(asc(dirtyDays.projectId), asc(dirtyDays.day));
};

/** Says that a day's roll-up is out of date. */
export async function markDirty(tx: Db, projectId: string, day: string): Promise<void> {
  const { dirtyDays } = tx.tables;
  const set = prepared(tx, "dirty day", () =>
    tx
      .insert(dirtyDays)
      .values(givenRow(dirtyDays))
      .onConflictDoUpdate({ target: [dirtyDays.projectId, dirtyDays.day], set: { mark: sql`excluded.mark` } }),
  );
  await set({ projectId, day, mark: newId() });
}

/** Days of a period on which anything was answered or counted, and which of them are frozen. */
export async function listKeptDays(
  db: Db,
  projectId: string,
  from: Day,
  to: Day,
): Promise<{ countable: Day[]; frozen: Day[] }> {
  const { outcomeRollups: table } = db.tables;
  const counted = await db
    .selectDistinct({ day: table.day })
    .from(table)
    .where(and(eq(table.projectId, projectId), gte(table.day, from), lte(table.day, to)));
  const days = new Set([...(await listAnswerDays(db, projectId, { from, to })), ...counted.map(({ day }) => day)]);
  const keptFrom = await answersKeptFrom(db, projectId);
  const inOrder = [...days].sort();
  return { countable: inOrder.filter((day) => day >= keptFrom), frozen: inOrder.filter((day) => day < keptFrom) };
}

/**
 * Replaces a day's roll-ups and removes the mark they were made for, but not a newer one. Where no mark is left a newer
 * roll-up has been made meanwhile, and this one is thrown away; so it is where the day's answers are no longer kept.
 */
export async function replaceDay(tx: Db, projectId: string, day: Day, counts: DayCounts, mark: string): Promise<void> {
  const { projects, dirtyDays, rollups, surfaceDays, sourceRollups, outcomeRollups } = tx.tables;
  if (!(await holdMark(tx, projectId, day))) return;
  if (!(await isFrozen(tx, projectId, day))) {
    for (const table of [rollups, surfaceDays, sourceRollups, outcomeRollups])
      await tx.delete(table).where(and(eq(table.projectId, projectId), eq(table.day, day)));
    await insertMany(tx, rollups, counts.rollups);
    await insertMany(tx, surfaceDays, surfaceRows(projectId, day, counts));
    await insertMany(tx, sourceRollups, counts.sources);
    await insertMany(tx, outcomeRollups, counts.outcomes);
    await tx
      .update(projects)
      .set({ dataVersion: sql`${projects.dataVersion} + 1` })
      .where(eq(projects.id, projectId));
  }
  await tx
    .delete(dirtyDays)
    .where(and(eq(dirtyDays.projectId, projectId), eq(dirtyDays.day, day), eq(dirtyDays.mark, mark)));
}

/** Has whoever replaces the same day meanwhile wait for this transaction's end; false where there is no mark. */
async function holdMark(tx: Db, projectId: string, day: Day): Promise<boolean> {
  const { dirtyDays } = tx.tables;
  const held = await tx
    .update(dirtyDays)
    .set({ mark: sql`${dirtyDays.mark}` })
    .where(and(eq(dirtyDays.projectId, projectId), eq(dirtyDays.day, day)))
    .returning({ mark: dirtyDays.mark });
  return held.length > 0;
}

/** The day's answers are no longer kept: what was counted is all there is. */
const isFrozen = async (db: Db, projectId: string, day: Day): Promise<boolean> =>
  day < (await answersKeptFrom(db, projectId));

async function answersKeptFrom(db: Db, projectId: string): Promise<Day> {
  const { projects } = db.tables;
  const [project] = await db.select().from(projects).where(eq(projects.id, projectId));
  return project?.answersKeptFrom ?? "";
}

/**
 * Keeps the roll-ups of days before `from` as they are, because their answers are about to be removed: days that are
 * marked must have been counted before.
 */
export async function freezeBefore(tx: Db, projectId: string, from: Day): Promise<void> {
  const { projects } = tx.tables;
  if (await isFrozen(tx, projectId, from)) return;
  await tx.update(projects).set({ answersKeptFrom: from }).where(eq(projects.id, projectId));
}

/** The second level: one row per surface, with the counts of all its assistants. */
function surfaceRows(projectId: string, day: Day, { rollups, surfaces }: DayCounts): Row<"surfaceDays">[] {
  const present = new Set(rollups.map(({ assistantId }) => surfaces.get(assistantId)!));
  return [...present].map((surface) => {
    const own = rollups.filter(({ assistantId }) => surfaces.get(assistantId) === surface);
    const promptVersions = [...new Set(own.map(({ promptVersionId }) => promptVersionId))].sort();
    const brands = [...new Set(own.map(({ brandId }) => brandId))].sort();
    const cells = promptVersions.flatMap(() => brands.map(noCounts));
    const [promptAt, brandAt] = [promptVersions, brands].map((ids) => new Map(ids.map((id, i) => [id, i])));
    for (const row of own)
      addCounts(cells[promptAt!.get(row.promptVersionId)! * brands.length + brandAt!.get(row.brandId)!]!, row);
    return { projectId, day, surface, promptVersions, brands, counts: packCounts(cells), models: modelsOf(own) };
  });
}

/** Answers per assistant and served model; every brand's rows have the same answers, so one brand tells. */
function modelsOf(rows: Rollup[]): Row<"surfaceDays">["models"] {
  const models = new Map<string, Row<"surfaceDays">["models"][number]>();
  for (const { assistantId, servedModel, brandId, answers } of rows) {
    if (brandId !== rows[0]!.brandId) continue;
    const key = `${assistantId} ${servedModel}`;
    const model = models.get(key);
    if (model) model.answers += answers;
    else models.set(key, { assistantId, servedModel, answers });
  }
  return [...models.values()];
}
