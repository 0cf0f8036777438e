/** Reads answers of one prompt in which a rival is there and the own brand is not, and the pages that these cite. */
import { and, desc, eq, gte, inArray, lte, ne, sql } from "drizzle-orm";
import type { Day, Project, Surface } from "../domain.ts";
import { measuredPurposes } from "./answers.ts";
import type { Db } from "./store.ts";

/** So many of a prompt's answers are looked at, the newest first: enough for its sources, and one statement each. */
const mostAnswers = 500;

export interface WithoutOwnQuery {
  /** Ids of the prompt's versions. */
  versionIds: string[];
  ownBrandId: string;
  rivalIds: string[];
  from: Day;
  to: Day;
  surface: Surface;
}

/** Ids of answers that name or cite a rival and neither name nor cite the own brand, as roll-ups count; newest first. */
export async function listWithoutOwn(db: Db, project: Project, query: WithoutOwnQuery): Promise<string[]> {
  const { answers, findings, mentions, citations } = db.tables;
  const { ownBrandId, rivalIds } = query;
  const asked = await newestQuestions(db, project.id, query);
  if (asked.length === 0 || rivalIds.length === 0) return [];
  const names = (brands: string[]) =>
    sql`exists (select 1 from ${mentions} where ${and(
      eq(mentions.answerId, answers.id),
      eq(mentions.reading, project.reading),
      inArray(mentions.brandId, brands),
      ne(mentions.certainty, "uncertain"),
    )})`;
  const cites = (brands: string[]) =>
    sql`(${eq(answers.search, true)} and exists (select 1 from ${citations} where ${and(
      eq(citations.answerId, answers.id),
      eq(citations.reading, project.reading),
      inArray(citations.ownerBrandId, brands),
    )}))`;
  const rows = await db
    .select({ id: answers.id })
    .from(answers)
    .innerJoin(findings, and(eq(findings.answerId, answers.id), eq(findings.reading, project.reading)))
    .where(
      and(
        inArray(answers.id, asked),
        inArray(answers.outcome, ["answered", "no_search"]),
        sql`(${names(rivalIds)} or ${cites(rivalIds)})`,
        sql`not ${names([ownBrandId])} and not ${cites([ownBrandId])}`,
      ),
    )
    .orderBy(desc(answers.day), desc(answers.id));
  return rows.map(({ id }) => id);
}

/** Found by run and version, so that no other answer of the period is looked at; an answer has its question's id and day. */
async function newestQuestions(
  db: Db,
  projectId: string,
  { versionIds, from, to, surface }: WithoutOwnQuery,
): Promise<string[]> {
  const { runs, questions, assistants } = db.tables;
  const rows = await db
    .select({ id: questions.id })
    .from(runs)
    .innerJoin(questions, eq(questions.runId, runs.id))
    .innerJoin(assistants, eq(assistants.id, questions.assistantId))
    .where(
      and(
        eq(runs.projectId, projectId),
        gte(runs.day, from),
        lte(runs.day, to),
        inArray(questions.purpose, measuredPurposes),
        inArray(questions.promptVersionId, versionIds),
        eq(assistants.surface, surface),
      ),
    )
    .orderBy(desc(runs.day), desc(questions.id))
    .limit(mostAnswers);
  return rows.map(({ id }) => id);
}

/** A page cited in an answer. */
export interface CitedPage {
  answerId: string;
  domain: string;
  /** The canonical address. */
  url: string;
  title: string | null;
  ownerBrandId: string | null;
  /** Ids of brands named in what it supports; null where that is not known. */
  named: string[] | null;
}

/** Pages that these answers cite, in the order of the answers' ids and of their texts. */
export function listCitedPages(db: Db, project: Project, answerIds: string[]): Promise<CitedPage[]> {
  const { citations } = db.tables;
  const { answerId, domain, canonicalUrl, title, ownerBrandId, named } = citations;
  return db
    .select({ answerId, domain, url: canonicalUrl, title, ownerBrandId, named })
    .from(citations)
    .where(and(inArray(answerId, answerIds), eq(citations.reading, project.reading), ne(domain, "")))
    .orderBy(answerId, citations.number);
}
