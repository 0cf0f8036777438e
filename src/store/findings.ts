/** Keeps what a reading found in an answer, and marks the answer's day for a new roll-up. */
import { and, asc, eq, inArray, lt } from "drizzle-orm";
import type { Brand, Citation, Findings, Mention, Project } from "../domain.ts";
import type { KeptAnswer } from "./answers.ts";
import { given, givenList, givenTo, insertMany, insertNew, prepared } from "./prepared.ts";
import type { Reading } from "./readings.ts";
import { markDirty } from "./rollups.ts";
import { chunks, type Db } from "./store.ts";

/** So many brands named beside one citation are kept; an answer that lists them all says nothing by it. */
const mostNamed = 100;
/** Answers that are marked as read in one statement. */
const mostAtOnce = 50;

/** An answer with what a reading found in it. */
export interface Found {
  answer: KeptAnswer;
  findings: Findings;
}

/** Writes the findings of some answers; the same reading twice writes once. Brand keys become brand ids. */
export async function saveFindings(tx: Db, found: Found[], reading: number, brands: Brand[]): Promise<void> {
  const { tables } = tx;
  // in one order, here and below, so that no two processes wait for each other
  const inOrder = [...found].sort((a, b) => (a.answer.id < b.answer.id ? -1 : 1));
  const all = inOrder.map(({ answer, findings }) => rowsOf({ answerId: answer.id, reading }, findings, brands));
  const { answerId } = tables.findings;
  const written = await insertNew(
    tx,
    tables.findings,
    all.map(({ findings }) => findings),
    answerId,
  );
  const rows = all.filter(({ findings }) => written.has(findings.answerId));
  await insertMany(
    tx,
    tables.mentions,
    rows.flatMap(({ mentions }) => mentions),
  );
  await insertMany(
    tx,
    tables.citations,
    rows.flatMap(({ citations }) => citations),
  );
  await insertMany(
    tx,
    tables.candidates,
    rows.flatMap(({ candidates }) => candidates),
  );
  for (const some of chunks(rows, mostAtOnce))
    await setReading(
      tx,
      some.map(({ findings }) => findings.answerId),
      reading,
    );
  const days = new Map(
    found.flatMap(({ answer: { id, projectId, day } }) =>
      written.has(id) ? [[`${projectId} ${day}`, { projectId, day }]] : [],
    ),
  );
  for (const key of [...days.keys()].sort()) await markDirty(tx, days.get(key)!.projectId, days.get(key)!.day);
}

/** Says that answers have been read with a reading, unless a later one has read them. */
async function setReading(tx: Db, ids: string[], reading: number): Promise<void> {
  const { answers } = tx.tables;
  const set = prepared(tx, `reading of ${ids.length} answers`, () =>
    tx
      .update(answers)
      .set({ reading: givenTo(answers.reading, "reading") })
      .where(and(inArray(answers.id, givenList(ids.length)), lt(answers.reading, given("reading")))),
  );
  await set({ ...ids, reading });
}

/** Writes the findings of one answer anew, in place of what the same reading found before. */
export async function replaceFindings(
  tx: Db,
  answer: KeptAnswer,
  reading: number,
  found: Findings,
  brands: Brand[],
): Promise<void> {
  const { findings, mentions, citations, candidates } = tx.tables;
  for (const table of [mentions, citations, candidates, findings])
    await tx.delete(table).where(and(eq(table.answerId, answer.id), eq(table.reading, reading)));
  await saveFindings(tx, [{ answer, findings: found }], reading, brands);
}

interface Key {
  answerId: string;
  reading: number;
}

/** The rows of one answer's findings; every column has a value. */
function rowsOf({ answerId, reading }: Key, { mentions, ranking, citations, ghosts }: Findings, brands: Brand[]) {
  const idOf = new Map(brands.map((brand) => [brand.key, brand.id]));
  const own = brands.find((brand) => brand.role === "own");
  const placed = Object.entries(ranking.positions).map(([brand, place]) => [idOf.get(brand)!, place]);
  return {
    findings: {
      answerId,
      reading,
      rankingSource: ranking.source,
      positions: Object.fromEntries(placed) as Record<string, number>,
      ghosts: ghosts.map((brand) => idOf.get(brand)!),
    },
    // written out: rest and spread copies take longer than reading the answer does
    mentions: mentions.map((mention, number) => ({
      answerId,
      reading,
      number,
      brandId: idOf.get(mention.brand)!,
      start: mention.start,
      end: mention.end,
      form: mention.form,
      via: mention.via,
      certainty: mention.certainty,
      reason: mention.reason ?? null,
      denied: mention.denied === true,
      uncited: mention.uncited === true,
      place: mention.place ?? null,
      sentenceStart: mention.sentence?.start ?? null,
      sentenceEnd: mention.sentence?.end ?? null,
    })),
    citations: citations.map((citation, number) => ({
      answerId,
      reading,
      number,
      url: citation.url,
      canonicalUrl: citation.canonicalUrl,
      host: citation.host,
      domain: citation.domain,
      kind: citation.kind,
      title: citation.title ?? null,
      ownerBrandId: (citation.owner === "own" ? own?.id : idOf.get(citation.owner.replace(/^competitor:/, ""))) ?? null,
      start: citation.start ?? null,
      end: citation.end ?? null,
      type: citation.type ?? null,
      supportsStart: citation.supports?.start ?? null,
      supportsEnd: citation.supports?.end ?? null,
      named: citation.named?.slice(0, mostNamed).map((brand) => idOf.get(brand)!) ?? null,
    })),
    candidates: ranking.candidates.map(({ text, start, end, position }, number) => ({
      answerId,
      reading,
      number,
      name: text,
      start,
      end,
      position,
      folded: text.normalize("NFKC").toLowerCase().replace(/\s+/g, " "),
    })),
  };
}

/** Removes findings of other readings than the current one; returns how many answers were cleaned, at most `limit`. */
export async function removeOldFindings(tx: Db, project: Project, limit: number): Promise<number> {
  const { answers, findings, mentions, citations, candidates } = tx.tables;
  const old = await tx
    .selectDistinct({ id: findings.answerId })
    .from(findings)
    .innerJoin(answers, eq(answers.id, findings.answerId))
    .where(and(eq(answers.projectId, project.id), lt(findings.reading, project.reading)))
    .limit(limit);
  const ids = old.map(({ id }) => id);
  if (ids.length === 0) return 0;
  for (const table of [mentions, citations, candidates, findings])
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

/**
 * One answer's findings as they were written, or null before it was read. What brands archived since had in it is left
 * out; what older parsers did not say is missing.
 */
export async function loadFindings(
  db: Db,
  answer: KeptAnswer,
  reading: Reading,
  brands: Brand[],
): Promise<Findings | null> {
  const { findings, mentions, citations, candidates } = db.tables;
  const of = (table: typeof findings | typeof mentions | typeof citations | typeof candidates) =>
    and(eq(table.answerId, answer.id), eq(table.reading, reading.number));
  const [row] = await db.select().from(findings).where(of(findings));
  if (!row) return null;
  const brandOf = new Map(brands.map((brand) => [brand.id, brand]));
  const keysOf = (ids: string[]) => ids.flatMap((id) => brandOf.get(id)?.key ?? []);
  const named = await db.select().from(mentions).where(of(mentions)).orderBy(asc(mentions.number));
  const cited = await db.select().from(citations).where(of(citations)).orderBy(asc(citations.number));
  const others = await db.select().from(candidates).where(of(candidates)).orderBy(asc(candidates.number));
  const kept = named.flatMap((mention) => {
    const brand = brandOf.get(mention.brandId);
    return brand ? [mentionOf(mention, brand.key, answer.text)] : [];
  });
  return {
    parserVersion: reading.parserVersion,
    mentions: kept,
    ranking: {
      source: row.rankingSource,
      positions: Object.fromEntries(
        Object.entries(row.positions).flatMap(([id, place]) => keysOf([id]).map((key) => [key, place])),
      ),
      order: [...new Set(kept.flatMap(({ brand, certainty }) => (certainty === "uncertain" ? [] : [brand])))],
      candidates: others.map(({ name, start, end, position }) => ({ text: name, start, end, position })),
    },
    citations: cited.map((citation) => citationOf(citation, brandOf, keysOf)),
    ghosts: keysOf(row.ghosts ?? []),
  };
}

type Row<Table extends "mentions" | "citations"> = Db["tables"][Table]["$inferSelect"];

const spanOf = (start: number | null, end: number | null) => (start === null || end === null ? null : { start, end });

function mentionOf(row: Row<"mentions">, brand: string, text: string): Mention {
  const { start, end, form, via, certainty, reason, place } = row;
  const sentence = spanOf(row.sentenceStart, row.sentenceEnd);
  return {
    ...{ brand, start, end, text: text.slice(start, end), form, via, certainty },
    ...(reason !== null && { reason }),
    ...(row.denied === true && { denied: true }),
    ...(place !== null && { place }),
    ...(sentence && { sentence }),
    ...(row.uncited === true && { uncited: true }),
  };
}

function citationOf(
  row: Row<"citations">,
  brandOf: ReadonlyMap<string, Brand>,
  keysOf: (ids: string[]) => string[],
): Citation {
  const { url, title, canonicalUrl, host, domain, kind, type, named } = row;
  const brand = brandOf.get(row.ownerBrandId ?? "");
  const supports = spanOf(row.supportsStart, row.supportsEnd);
  return {
    ...{ url, canonicalUrl, host, domain, kind },
    owner: brand === undefined ? "other" : brand.role === "own" ? "own" : `competitor:${brand.key}`,
    ...(title !== null && { title }),
    ...spanOf(row.start, row.end),
    ...(type !== null && { type }),
    ...(supports && { supports }),
    ...(named !== null && { named: keysOf(named) }),
  };
}
