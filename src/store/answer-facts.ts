/** Reads which answers count in a period, and their texts with what was found where, for measures of whole answers. */
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Aside, Day } from "../domain.ts";
import { inPeriod } from "./answers.ts";
import { countedMentions, isValid } from "./day-facts.ts";
import { chunks, type Db } from "./store.ts";

/** What an answer is about. */
export interface AnswerKeys {
  id: string;
  day: Day;
  promptVersionId: string;
  assistantId: string;
  /** Empty when the provider did not say. */
  servedModel: string;
}

/** Which answers are wanted; what is left out does not matter. */
export interface Wanted {
  from: Day;
  to: Day;
  promptVersionIds: string[];
  assistantIds: string[];
  servedModels?: readonly string[] | undefined;
}

/** Answers that count in a period, by id; of more than `most` only one more is told. */
export async function listCounted(
  db: Db,
  projectId: string,
  { from, to, promptVersionIds, assistantIds, servedModels }: Wanted,
  most: number,
): Promise<AnswerKeys[]> {
  const { answers } = db.tables;
  const servedModel = sql<string>`coalesce(${answers.servedModel}, '')`;
  const { id, day, promptVersionId, assistantId } = answers;
  const found: AnswerKeys[] = [];
  for (const versions of chunks(promptVersionIds)) {
    if (found.length > most) break;
    const rows = await db
      .select({ id, day, promptVersionId, assistantId, servedModel })
      .from(answers)
      .where(
        and(
          inPeriod(db, projectId, from, to),
          isValid(db),
          inArray(promptVersionId, versions),
          inArray(assistantId, assistantIds),
          servedModels && inArray(servedModel, [...servedModels]),
        ),
      )
      .limit(most + 1 - found.length);
    for (const row of rows) found.push(row);
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Offsets are UTF-16 into the text. */
export interface Span {
  start: number;
  end: number;
}

/** A text with the places of what was found in it. */
export interface FoundText {
  text: string;
  asides: Aside[];
  /** Mentions that measures count. */
  mentions: { brandId: string; start: number; end: number }[];
  /** `own`: where it stands; `supports`: the sentence or item it is for, null in a list of sources. */
  citations: { domain: string; own: Span | null; supports: Span | null }[];
}

/** Texts of some answers with what `reading` found in them, by answer id; of each only the first `longest` characters. */
export async function foundTexts(
  db: Db,
  ids: string[],
  reading: number,
  longest: number,
): Promise<Map<string, FoundText>> {
  const { answers, mentions, citations } = db.tables;
  const text = sql<string>`substr(${answers.text}, 1, cast(${longest} as integer))`;
  const rows = await db
    .select({ id: answers.id, text, asides: answers.asides })
    .from(answers)
    .where(inArray(answers.id, ids));
  const texts = new Map(
    rows.map(({ id, ...row }): [string, FoundText] => [id, { ...row, mentions: [], citations: [] }]),
  );
  const named = await db
    .select({ id: mentions.answerId, brandId: mentions.brandId, start: mentions.start, end: mentions.end })
    .from(mentions)
    .where(countedMentions(db, ids, reading))
    .orderBy(asc(mentions.number));
  for (const { id, ...mention } of named) texts.get(id)?.mentions.push(mention);
  const cited = await db
    .select({
      id: citations.answerId,
      domain: citations.domain,
      own: { start: citations.start, end: citations.end },
      supports: { start: citations.supportsStart, end: citations.supportsEnd },
    })
    .from(citations)
    .where(and(inArray(citations.answerId, ids), eq(citations.reading, reading)))
    .orderBy(asc(citations.number));
  for (const { id, domain, own, supports } of cited)
    texts.get(id)?.citations.push({ domain, own: spanOf(own), supports: spanOf(supports) });
  return texts;
}

const spanOf = (span: { start: number | null; end: number | null } | null): Span | null =>
  !span || span.start === null || span.end === null ? null : { start: span.start, end: span.end };
