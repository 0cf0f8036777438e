/** What a period's findings say beside its measures: counted in the database, a few rows each. */
import {
  and,
  count,
  countDistinct,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  lte,
  ne,
  sql,
  sum,
  type Column,
  type SQL,
} from "drizzle-orm";
import type { Day, Project, SourceType, Surface } from "../domain.ts";
import { inPeriod } from "./answers.ts";
import type { Db } from "./store.ts";

export interface TopSource {
  domain: string;
  ownerBrandId: string | null;
  /** Times cited, and in how many different answers. */
  citations: number;
  answers: number;
}

/** Domains cited most in a period, by the days that are counted. */
export const listTopSources = (
  db: Db,
  project: Project,
  from: Day,
  to: Day,
  limit: number,
  surface?: Surface,
): Promise<TopSource[]> => {
  const { sourceRollups, assistants } = db.tables;
  const { domain, owner } = sourceRollups;
  const answers = sum(sourceRollups.answers).mapWith(Number);
  const citations = sum(sourceRollups.citations).mapWith(Number);
  return db
    .select({ domain, ownerBrandId: sql<string | null>`nullif(${owner}, '')`, citations, answers })
    .from(sourceRollups)
    .innerJoin(assistants, eq(assistants.id, sourceRollups.assistantId))
    .where(
      and(
        eq(sourceRollups.projectId, project.id),
        gte(sourceRollups.day, from),
        lte(sourceRollups.day, to),
        eq(sourceRollups.url, ""),
        surface && eq(assistants.surface, surface),
      ),
    )
    .groupBy(domain, owner)
    .orderBy(desc(sum(sourceRollups.answers)), desc(sum(sourceRollups.citations)), domain)
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
  surface?: Surface,
) {
  const { answers, mentions } = db.tables;
  const named = countDistinct(mentions.brandId);
  return db
    .select({ answerId: answers.id, rivals: named })
    .from(mentions)
    .innerJoin(answers, eq(answers.id, mentions.answerId))
    .where(
      and(
        inPeriod(db, project.id, from, to, surface),
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

/** What answers say about one brand, in answers; an answer counts once. */
export interface BrandInsight {
  brandId: string;
  /** Answers that name it and cite pages. */
  namedAmongCitations: number;
  /** ... in which no citation supports a sentence that names it. */
  uncited: number;
  /** Answers with a name that may mean it, which wait for a person. */
  uncertain: number;
  /** Answers that say that they know nothing of it. */
  denied: number;
  /** Answers that cite its pages. */
  cited: number;
  /** ... without naming it. */
  ghosts: number;
}

export interface Insights {
  /** Answers that count. */
  answers: number;
  /** ... that cite pages. */
  citing: number;
  /** ... that hold a ranking. */
  ranked: number;
  brands: BrandInsight[];
  sourceTypes: { type: SourceType; answers: number; citations: number }[];
  /** Names ranked that nobody tracks, those in most answers first. */
  candidates: { name: string; answers: number }[];
}

/** Everything beside the measures; at most `mostCandidates` candidates. */
export async function loadInsights(
  db: Db,
  project: Project,
  from: string,
  to: string,
  mostCandidates: number,
  surface?: Surface,
): Promise<Insights> {
  const { answers, findings, citations, candidates } = db.tables;
  const counted = countedAnswers(db, project, from, to, surface);
  const ofReading = (table: typeof findings | typeof citations | typeof candidates) =>
    and(eq(table.answerId, answers.id), eq(table.reading, project.reading));
  const [total] = await db
    .select({
      answers: count(),
      ranked: sql`count(case when ${findings.rankingSource} <> 'order' then 1 end)`.mapWith(Number),
    })
    .from(answers)
    .innerJoin(findings, ofReading(findings))
    .where(counted);
  const [citing] = await db
    .select({ answers: countDistinct(citations.answerId) })
    .from(answers)
    .innerJoin(citations, ofReading(citations))
    .where(counted);
  const sourceTypes = await db
    .select({ type: citations.type, answers: countDistinct(citations.answerId), citations: count() })
    .from(answers)
    .innerJoin(citations, ofReading(citations))
    .where(counted)
    .groupBy(citations.type)
    .orderBy(desc(countDistinct(citations.answerId)), desc(count()), citations.type);
  const others = await db
    .select({ name: sql<string>`min(${candidates.name})`, answers: countDistinct(candidates.answerId) })
    .from(answers)
    .innerJoin(candidates, ofReading(candidates))
    .where(counted)
    .groupBy(candidates.folded)
    .orderBy(desc(countDistinct(candidates.answerId)), candidates.folded)
    .limit(mostCandidates);
  return {
    answers: total!.answers,
    citing: citing!.answers,
    ranked: total!.ranked,
    brands: await brandInsights(db, project, counted),
    sourceTypes: sourceTypes.flatMap(({ type, ...row }) => (type === null ? [] : [{ ...row, type }])),
    candidates: others,
  };
}

const countedAnswers = (db: Db, project: Project, from: string, to: string, surface?: Surface) =>
  and(inPeriod(db, project.id, from, to, surface), inArray(db.tables.answers.outcome, ["answered", "no_search"]));

async function brandInsights(
  db: Db,
  project: Project,
  counted: ReturnType<typeof countedAnswers>,
): Promise<BrandInsight[]> {
  const { answers, mentions, citations } = db.tables;
  const flag = (condition: SQL) => sql<number>`max(case when ${condition} then 1 else 0 end)`.mapWith(Number);
  const is = (column: Column) => sql`(case when ${column} then 1 else 0 end) = 1`; // null in findings of older parsers
  const sure = sql`${mentions.certainty} <> 'uncertain'`;
  // not `exists`, for which Postgres may read the citations of all times
  const cites = sql`(select 1 from ${citations} where ${citations.answerId} = ${answers.id} and ${citations.reading} = ${project.reading} limit 1) = 1`;
  const perAnswer = db
    .select({
      brandId: mentions.brandId,
      named: flag(sql`${sure} and ${cites}`).as("named"),
      supported: flag(sql`${sure} and not (${is(mentions.uncited)})`).as("supported"),
      uncertain: flag(sql`not (${sure}) and not (${is(mentions.denied)})`).as("uncertain"),
      denied: flag(sql`${is(mentions.denied)}`).as("denied"),
    })
    .from(answers)
    .innerJoin(mentions, and(eq(mentions.answerId, answers.id), eq(mentions.reading, project.reading)))
    .where(counted)
    .groupBy(answers.id, mentions.brandId)
    .as("per_answer");
  const named = await db
    .select({
      brandId: perAnswer.brandId,
      namedAmongCitations: sum(perAnswer.named).mapWith(Number),
      uncited: sql`sum(${perAnswer.named} * (1 - ${perAnswer.supported}))`.mapWith(Number),
      uncertain: sum(perAnswer.uncertain).mapWith(Number),
      denied: sum(perAnswer.denied).mapWith(Number),
    })
    .from(perAnswer)
    .groupBy(perAnswer.brandId);
  const isNamed = sql`exists (select 1 from ${mentions} where ${mentions.answerId} = ${answers.id} and ${mentions.reading} = ${project.reading} and ${mentions.brandId} = ${citations.ownerBrandId} and ${sure})`;
  const cited = await db
    .select({
      brandId: citations.ownerBrandId,
      cited: countDistinct(citations.answerId),
      ghosts: sql`count(distinct case when not ${isNamed} then ${answers.id} end)`.mapWith(Number),
    })
    .from(answers)
    .innerJoin(citations, and(eq(citations.answerId, answers.id), eq(citations.reading, project.reading)))
    .where(and(counted, isNotNull(citations.ownerBrandId)))
    .groupBy(citations.ownerBrandId);
  const insights = new Map<string, BrandInsight>();
  const none = { namedAmongCitations: 0, uncited: 0, uncertain: 0, denied: 0, cited: 0, ghosts: 0 };
  for (const row of named) insights.set(row.brandId, { ...none, ...row });
  for (const { brandId, ...row } of cited)
    insights.set(brandId!, { ...(insights.get(brandId!) ?? { ...none, brandId: brandId! }), ...row });
  return [...insights.values()];
}
