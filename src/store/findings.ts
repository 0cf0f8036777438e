/** Keeps what a reading found in an answer, and marks the answer's day for a new roll-up. */
import { and, count, countDistinct, desc, eq, inArray, lt, ne, sql } from "drizzle-orm";
import type { Brand, Findings, Project } from "../domain.ts";
import { inPeriod, type KeptAnswer } from "./answers.ts";
import { newId } from "./ids.ts";
import { given, givenRow, givenTo, insertMany, prepared } from "./prepared.ts";
import { chunks, type Db } from "./store.ts";

export interface Reading {
  projectId: string;
  number: number;
  parserVersion: number;
  brandSetVersion: number;
}

/** The newest reading of a project: the one new answers are read with. */
export async function newestReading(db: Db, projectId: string): Promise<Reading | null> {
  const { readings } = db.tables;
  const newest = prepared(db, "newest reading", () =>
    db
      .select()
      .from(readings)
      .where(eq(readings.projectId, given("projectId")))
      .orderBy(desc(readings.number))
      .limit(1),
  );
  const [row] = await newest({ projectId });
  return row ?? null;
}

/** The newest reading if it was made by this parser and brand set; else a new one is begun. */
export async function ensureReading(tx: Db, project: Project, parserVersion: number): Promise<Reading> {
  const newest = await newestReading(tx, project.id);
  if (newest?.parserVersion === parserVersion && newest.brandSetVersion === project.brandSetVersion) return newest;
  return addReading(tx, project, parserVersion);
}

/** Begins another reading, also where nothing has changed since the last. */
export async function addReading(tx: Db, project: Project, parserVersion: number): Promise<Reading> {
  const newest = await newestReading(tx, project.id);
  const reading = {
    projectId: project.id,
    number: (newest?.number ?? 0) + 1,
    parserVersion,
    brandSetVersion: project.brandSetVersion,
  };
  await tx.insert(tx.tables.readings).values(reading);
  return reading;
}

/** Makes measures use `reading` from now on and marks every day for a new roll-up. */
export async function switchReading(tx: Db, projectId: string, reading: number): Promise<void> {
  const { projects, answers } = tx.tables;
  await tx.update(projects).set({ reading }).where(eq(projects.id, projectId));
  const days = await tx.selectDistinct({ day: answers.day }).from(answers).where(eq(answers.projectId, projectId));
  for (const { day } of days) await markDirty(tx, projectId, day);
}

/** Writes the findings of one answer; the same reading twice writes once. Brand keys become brand ids. */
export async function saveFindings(
  tx: Db,
  answer: KeptAnswer,
  reading: number,
  findings: Findings,
  brands: Brand[],
): Promise<void> {
  const tables = tx.tables;
  const idOf = new Map(brands.map((brand) => [brand.key, brand.id]));
  const key = { answerId: answer.id, reading };
  const { source, positions } = findings.ranking;
  const named = Object.entries(positions).map(([brand, place]) => [idOf.get(brand)!, place]);
  const row = { ...key, rankingSource: source, positions: Object.fromEntries(named) as Record<string, number> };
  const insert = prepared(tx, "findings", () =>
    tx
      .insert(tables.findings)
      .values(givenRow(tables.findings))
      .onConflictDoNothing()
      .returning({ id: tables.findings.answerId }),
  );
  const written = await insert(row);
  if (written.length === 0) return;
  const mentions = findings.mentions.map(({ brand, start, end, form, via, certainty }, number) => ({
    ...key,
    number,
    brandId: idOf.get(brand)!,
    start,
    end,
    form,
    via,
    certainty,
  }));
  await insertMany(tx, tables.mentions, mentions);
  const citations = findings.citations.map(({ owner, title = null, start = null, end = null, ...citation }, number) => {
    const ownerKey =
      owner === "own" ? brands.find((brand) => brand.role === "own")?.key : owner.replace(/^competitor:/, "");
    const ownerBrandId = (ownerKey !== undefined && idOf.get(ownerKey)) || null;
    return { ...key, ...citation, number, title, start, end, ownerBrandId };
  });
  await insertMany(tx, tables.citations, citations);
  const { answers } = tables;
  const setReading = prepared(tx, "answer's reading", () =>
    tx
      .update(answers)
      .set({ reading: givenTo(answers.reading, "reading") })
      .where(and(eq(answers.id, given("id")), lt(answers.reading, given("reading")))),
  );
  await setReading({ id: answer.id, reading });
  await markDirty(tx, answer.projectId, answer.day);
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

/** Removes findings of other readings than the current one; returns how many answers were cleaned, at most `limit`. */
export async function removeOldFindings(tx: Db, project: Project, limit: number): Promise<number> {
  const { answers, findings, mentions, citations } = tx.tables;
  const old = await tx
    .selectDistinct({ id: findings.answerId })
    .from(findings)
    .innerJoin(answers, eq(answers.id, findings.answerId))
    .where(and(eq(answers.projectId, project.id), lt(findings.reading, project.reading)))
    .limit(limit);
  const ids = old.map(({ id }) => id);
  if (ids.length === 0) return 0;
  for (const table of [mentions, citations, findings])
    await tx.delete(table).where(and(inArray(table.answerId, ids), lt(table.reading, project.reading)));
  return ids.length;
}

export interface AnswerFindings {
  mentions: { brandId: string; start: number; end: number; form: string }[];
  positions: Record<string, number>;
}

/** What the reading found in some answers, by answer id. */
export async function listFindings(db: Db, answerIds: string[], reading: number): Promise<Map<string, AnswerFindings>> {
  const { findings, mentions } = db.tables;
  const found = new Map<string, AnswerFindings>();
  for (const ids of chunks(answerIds)) {
    const rows = await db
      .select()
      .from(findings)
      .where(and(inArray(findings.answerId, ids), eq(findings.reading, reading)));
    for (const { answerId, positions } of rows) found.set(answerId, { mentions: [], positions });
    const named = await db
      .select()
      .from(mentions)
      .where(and(inArray(mentions.answerId, ids), eq(mentions.reading, reading)));
    for (const { answerId, brandId, start, end, form } of named)
      found.get(answerId)?.mentions.push({ brandId, start, end, form });
  }
  return found;
}

export interface TopSource {
  domain: string;
  ownerBrandId: string | null;
  /** Times cited, and in how many different answers. */
  citations: number;
  answers: number;
}

/** Domains cited most in a period, scheduled questions only. */
export const listTopSources = (
  db: Db,
  project: Project,
  from: string,
  to: string,
  limit: number,
): Promise<TopSource[]> => {
  const { answers, citations } = db.tables;
  return db
    .select({
      domain: citations.domain,
      ownerBrandId: citations.ownerBrandId,
      citations: count(),
      answers: countDistinct(citations.answerId),
    })
    .from(citations)
    .innerJoin(answers, eq(answers.id, citations.answerId))
    .where(and(inPeriod(db, project.id, from, to), eq(citations.reading, project.reading), ne(citations.domain, "")))
    .groupBy(citations.domain, citations.ownerBrandId)
    .orderBy(desc(countDistinct(citations.answerId)), desc(count()), citations.domain)
    .limit(limit);
};

/** Answers of a period that name rivals but not the own brand, most rivals first. */
export async function listMissing(
  db: Db,
  project: Project,
  ownBrandId: string,
  from: string,
  to: string,
  limit: number,
) {
  const { answers, mentions } = db.tables;
  const named = countDistinct(mentions.brandId);
  return db
    .select({ answerId: answers.id, rivals: named })
    .from(mentions)
    .innerJoin(answers, eq(answers.id, mentions.answerId))
    .where(
      and(
        inPeriod(db, project.id, from, to),
        inArray(answers.outcome, ["answered", "no_search"]),
        eq(mentions.reading, project.reading),
        ne(mentions.certainty, "uncertain"),
      ),
    )
    .groupBy(answers.id, answers.day)
    .having(sql`sum(case when ${mentions.brandId} = ${ownBrandId} then 1 else 0 end) = 0`)
    .orderBy(desc(named), desc(answers.day), answers.id)
    .limit(limit);
}
