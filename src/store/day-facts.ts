/** Reads a day's answers and what was found in them, some at a time, for adding up. */
import { and, asc, count, eq, inArray, min, ne, sql, sum } from "drizzle-orm";
import type { Day, Verdict } from "../domain.ts";
import { inPeriod } from "./answers.ts";
import { chunks, type Db } from "./store.ts";

/** What an answer and its findings say that is counted. */
export interface AnswerFacts {
  id: string;
  promptVersionId: string;
  assistantId: string;
  servedModel: string | null;
  search: boolean;
  /** It holds a ranking, perhaps of brands that nobody tracks. */
  ranked: boolean;
  positions: Record<string, number>;
  /** In the order of the text. */
  named: Set<string>;
  citations: { domain: string; url: string; owner: string | null }[];
  tones: Map<string, Verdict["tone"]>;
}

/** Only these enter denominators. */
export const isValid = (db: Db) => inArray(db.tables.answers.outcome, ["answered", "no_search"]);

/** Answers of a day that count, with what `reading` found in them; memory holds some hundred at a time. */
export async function* factsOfDay(
  db: Db,
  projectId: string,
  day: Day,
  reading: number,
): AsyncGenerator<AnswerFacts[], void, undefined> {
  const { answers } = db.tables;
  const ids = await db
    .select({ id: answers.id })
    .from(answers)
    .where(and(inPeriod(db, projectId, day, day), isValid(db)))
    .orderBy(asc(answers.id));
  // the next ones are read while these are counted
  let coming: Promise<AnswerFacts[]> | undefined;
  for (const some of chunks(ids.map(({ id }) => id))) {
    const next = factsOf(db, some, reading);
    next.catch(() => undefined); // told when its turn comes, unless an earlier one has failed
    if (coming) yield await coming;
    coming = next;
  }
  if (coming) yield await coming;
}

/** What `reading` found in some answers. Those it has not read yet are left out: their findings mark the day again. */
export async function factsOf(db: Db, ids: string[], reading: number): Promise<AnswerFacts[]> {
  // at the same time: on Postgres each has a connection of its own
  const [rows, named, cited, judged] = await Promise.all([
    readIn(db, ids, reading),
    namedIn(db, ids, reading),
    citedIn(db, ids, reading),
    judgedIn(db, ids),
  ]);
  const facts = new Map(
    rows.map(({ rankingSource, ...row }): [string, AnswerFacts] => {
      const ranked = rankingSource !== null && rankingSource !== "order";
      return [row.id, { ...row, ranked, named: new Set(), citations: [], tones: new Map() }];
    }),
  );
  for (const { id, brandId } of named) facts.get(id)?.named.add(brandId);
  for (const { id, ...citation } of cited) facts.get(id)?.citations.push(citation);
  for (const { id, brandId, tone } of judged) facts.get(id)?.tones.set(brandId, tone);
  return [...facts.values()];
}

/** Answers that were read, in order: sums of fractions depend on it. */
function readIn(db: Db, ids: string[], reading: number) {
  const { answers, findings } = db.tables;
  return db
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
    .where(inArray(answers.id, ids))
    .orderBy(asc(answers.id));
}

function namedIn(db: Db, ids: string[], reading: number) {
  const { mentions } = db.tables;
  return db
    .select({ id: mentions.answerId, brandId: mentions.brandId })
    .from(mentions)
    .where(countedMentions(db, ids, reading))
    .groupBy(mentions.answerId, mentions.brandId)
    .orderBy(min(mentions.number));
}

function citedIn(db: Db, ids: string[], reading: number) {
  const { citations } = db.tables;
  const { answerId: id, domain, canonicalUrl: url, ownerBrandId: owner } = citations;
  return db
    .select({ id, domain, url, owner })
    .from(citations)
    .where(and(inArray(id, ids), eq(citations.reading, reading)));
}

function judgedIn(db: Db, ids: string[]) {
  const { answerId: id, brandId, tone } = db.tables.verdicts;
  return db.select({ id, brandId, tone }).from(db.tables.verdicts).where(inArray(id, ids));
}

/** Mentions that measures count. */
export const countedMentions = (db: Db, ids: string[], reading: number) => {
  const { mentions } = db.tables;
  return and(inArray(mentions.answerId, ids), eq(mentions.reading, reading), ne(mentions.certainty, "uncertain"));
};

/** Replies of a day that enter measures, also those that are no answers: how they ended and what they cost. */
export function outcomesOfDay(db: Db, projectId: string, day: Day) {
  const { answers } = db.tables;
  const servedModel = sql<string>`coalesce(${answers.servedModel}, '')`;
  return db
    .select({
      promptVersionId: answers.promptVersionId,
      assistantId: answers.assistantId,
      servedModel,
      outcome: answers.outcome,
      replies: count(),
      costMicroUsd: sql<number>`coalesce(${sum(answers.costMicroUsd)}, 0)`.mapWith(Number),
      priced: count(answers.costMicroUsd),
      unlocated: sql<number>`sum(case when ${answers.locationApplied} = false then 1 else 0 end)`.mapWith(Number),
    })
    .from(answers)
    .where(inPeriod(db, projectId, day, day))
    .groupBy(answers.promptVersionId, answers.assistantId, servedModel, answers.outcome);
}
