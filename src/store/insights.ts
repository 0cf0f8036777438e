/** What a period's findings say beside its measures: counted in the database, a few rows each. */
import { and, count, countDistinct, desc, eq, inArray, ne, sql } from "drizzle-orm";
import type { Project } from "../domain.ts";
import { inPeriod } from "./answers.ts";
import type { Db } from "./store.ts";

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
