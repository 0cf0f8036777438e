/** Roll-ups: counts per day, prompt version, assistant, served model and brand, from which all rates are made. */
import { and, asc, desc, eq, gte, inArray, lte, sql, sum } from "drizzle-orm";
import type { Counts, Day } from "../domain.ts";
import { inPeriod } from "./answers.ts";
import { newId } from "./ids.ts";
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

/** What a day's answers and their findings say, one row per answer. */
export interface AnswerFacts {
  id: string;
  promptVersionId: string;
  assistantId: string;
  servedModel: string | null;
  search: boolean;
  /** It holds a ranking, perhaps of brands that nobody tracks. */
  ranked: boolean;
  positions: Record<string, number>;
  named: Set<string>;
  cited: Set<string>;
}

/** Answers of a day that count, with the brands named and cited by `reading`. */
export async function loadDay(db: Db, projectId: string, day: Day, reading: number): Promise<AnswerFacts[]> {
  const { answers, findings, mentions, citations } = db.tables;
  const ofDay = and(inPeriod(db, projectId, day, day), inArray(answers.outcome, ["answered", "no_search"]));
  const rows = await db
    .select({
      id: answers.id,
      promptVersionId: answers.promptVersionId,
      assistantId: answers.assistantId,
      servedModel: answers.servedModel,
      search: answers.search,
      rankingSource: findings.rankingSource,
      positions: findings.positions,
    })
    .from(answers)
    .innerJoin(findings, and(eq(findings.answerId, answers.id), eq(findings.reading, reading)))
    .where(ofDay);
  const facts = new Map(
    rows.map(({ rankingSource, ...row }) => {
      const ranked = rankingSource !== null && rankingSource !== "order";
      return [row.id, { ...row, ranked, named: new Set<string>(), cited: new Set<string>() }];
    }),
  );
  const named = await db
    .selectDistinct({ id: mentions.answerId, brandId: mentions.brandId })
    .from(answers)
    .innerJoin(mentions, and(eq(mentions.answerId, answers.id), eq(mentions.reading, reading)))
    .where(and(ofDay, inArray(mentions.certainty, ["certain", "likely"])));
  for (const { id, brandId } of named) facts.get(id)?.named.add(brandId);
  const cited = await db
    .selectDistinct({ id: citations.answerId, brandId: citations.ownerBrandId })
    .from(answers)
    .innerJoin(citations, and(eq(citations.answerId, answers.id), eq(citations.reading, reading)))
    .where(ofDay);
  for (const { id, brandId } of cited) if (brandId !== null) facts.get(id)?.cited.add(brandId);
  return [...facts.values()];
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

/**
 * Replaces a day's roll-up and removes the mark it was made for, but not a newer one. Where no mark is left a newer
 * roll-up has been made meanwhile, and this one is thrown away.
 */
export async function replaceDay(tx: Db, projectId: string, day: Day, rows: Rollup[], mark: string): Promise<void> {
  const { rollups, dirtyDays } = tx.tables;
  if ((await findMark(tx, projectId, day)) === null) return;
  await tx.delete(rollups).where(and(eq(rollups.projectId, projectId), eq(rollups.day, day)));
  await insertMany(tx, rollups, rows);
  await tx
    .delete(dirtyDays)
    .where(and(eq(dirtyDays.projectId, projectId), eq(dirtyDays.day, day), eq(dirtyDays.mark, mark)));
}

/** What rows are kept apart by besides prompt version and brand; "" stands where they are not. */
export interface ApartBy {
  day: boolean;
  assistant: boolean;
  servedModel: boolean;
}

/** Roll-ups of a period, added up as far as asked. */
export function sumRollups(
  db: Db,
  projectId: string,
  from: Day,
  to: Day,
  apart: ApartBy,
): Promise<Omit<Rollup, "projectId">[]> {
  const { rollups } = db.tables;
  const keys = {
    day: apart.day ? rollups.day : nothing,
    assistantId: apart.assistant ? rollups.assistantId : nothing,
    servedModel: apart.servedModel ? rollups.servedModel : nothing,
  };
  const counts = {
    answers: sum(rollups.answers).mapWith(Number),
    named: sum(rollups.named).mapWith(Number),
    ranked: sum(rollups.ranked).mapWith(Number),
    top3: sum(rollups.top3).mapWith(Number),
    searched: sum(rollups.searched).mapWith(Number),
    cited: sum(rollups.cited).mapWith(Number),
  };
  return db
    .select({ promptVersionId: rollups.promptVersionId, brandId: rollups.brandId, ...keys, ...counts })
    .from(rollups)
    .where(inDays(db, projectId, from, to))
    .groupBy(rollups.promptVersionId, rollups.brandId, ...Object.values(keys).filter((key) => key !== nothing));
}

const nothing = sql<string>`''`;

const inDays = ({ tables: { rollups } }: Db, projectId: string, from: Day, to: Day) =>
  and(eq(rollups.projectId, projectId), gte(rollups.day, from), lte(rollups.day, to));

/** Prompt versions with answers in a period and their first and last day; `brandId` is any of those counted. */
export function listAskedVersions(db: Db, projectId: string, brandId: string, from: Day, to: Day) {
  const { rollups } = db.tables;
  return db
    .select({
      promptVersionId: rollups.promptVersionId,
      first: sql<Day>`min(${rollups.day})`,
      last: sql<Day>`max(${rollups.day})`,
    })
    .from(rollups)
    .where(and(inDays(db, projectId, from, to), eq(rollups.brandId, brandId)))
    .groupBy(rollups.promptVersionId);
}

/** Answers per day, assistant and model that served them: in order of days, within a day the most first. */
export function listServedModels(db: Db, projectId: string, brandId: string, from: Day, to: Day) {
  const { rollups } = db.tables;
  const answers = sum(rollups.answers).mapWith(Number);
  return db
    .select({ day: rollups.day, assistantId: rollups.assistantId, servedModel: rollups.servedModel, answers })
    .from(rollups)
    .where(and(inDays(db, projectId, from, to), eq(rollups.brandId, brandId)))
    .groupBy(rollups.day, rollups.assistantId, rollups.servedModel)
    .orderBy(rollups.day, desc(sum(rollups.answers)), rollups.servedModel);
}

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
