/** Reads which domains answers cite, some at a time, for measures of what is cited from one answer to the next. */
import { and, eq, inArray, ne } from "drizzle-orm";
import type { Day, Project, Surface } from "../domain.ts";
import { inPeriod } from "./answers.ts";
import { isValid } from "./day-facts.ts";
import type { Db } from "./store.ts";

/** Which answers are wanted; what is left out does not matter. */
export interface SearchingAnswers {
  from: Day;
  to: Day;
  surface?: Surface | undefined;
  /** Ids. */
  prompts?: readonly string[] | undefined;
  assistants?: readonly string[] | undefined;
}

/** An answer of an assistant that was asked to search. */
export interface SearchingAnswer {
  id: string;
  day: Day;
  /** Unix milliseconds. */
  askedAt: number;
  promptId: string;
  assistantId: string;
}

/** Answers that count, have been read and were to be searched for, in order of time; of more than `most` one more. */
export async function listSearching(
  db: Db,
  { id: projectId, reading }: Project,
  { from, to, surface, prompts, assistants }: SearchingAnswers,
  most: number,
): Promise<SearchingAnswer[]> {
  const { answers, findings, promptVersions } = db.tables;
  const { id, day, askedAt, assistantId } = answers;
  const rows = await db
    .select({ id, day, askedAt, promptId: promptVersions.promptId, assistantId })
    .from(answers)
    .innerJoin(promptVersions, eq(promptVersions.id, answers.promptVersionId))
    .innerJoin(findings, and(eq(findings.answerId, answers.id), eq(findings.reading, reading)))
    .where(
      and(
        inPeriod(db, projectId, from, to, surface),
        isValid(db),
        eq(answers.search, true),
        prompts && inArray(promptVersions.promptId, [...prompts]),
        assistants && inArray(assistantId, [...assistants]),
      ),
    )
    .limit(most + 1);
  const inTime = (a: SearchingAnswer, b: SearchingAnswer) =>
    a.day < b.day ? -1 : a.day > b.day ? 1 : a.askedAt - b.askedAt || (a.id < b.id ? -1 : 1);
  return rows.sort(inTime);
}

/** A domain that an answer cites; several times where its pages have several owners. */
export interface AnswersDomain {
  answerId: string;
  domain: string;
  ownerBrandId: string | null;
}

/** Domains that some answers cite, as far as they are known. */
export function listCitedDomains(db: Db, { reading }: Project, answerIds: string[]): Promise<AnswersDomain[]> {
  const { citations } = db.tables;
  const { answerId, domain, ownerBrandId } = citations;
  return db
    .selectDistinct({ answerId, domain, ownerBrandId })
    .from(citations)
    .where(and(inArray(answerId, answerIds), eq(citations.reading, reading), ne(domain, "")));
}
