/** Keeps answers and their raw bodies; nothing here changes an answer once it is written. */
import { promisify } from "node:util";
import { gunzip, gzip, gzipSync } from "node:zlib";
import { and, asc, desc, eq, getTableColumns, gt, gte, inArray, lt, lte, sum } from "drizzle-orm";
import type { Answer, Language, Purpose, Question, Surface } from "../domain.ts";
import { given, insertMany, insertNew, prepared } from "./prepared.ts";
import type { Db } from "./store.ts";

const pack = promisify(gzip);
const unpack = promisify(gunzip);
/** Fast packing: bodies are JSON and shrink to about a quarter already at this level. */
const packLevel = 3;

/** Longer bodies are packed by another thread; for shorter ones handing over costs more than packing. */
const longBody = 100_000;

/** Packs a reply's body before the transaction that keeps it. */
export const packBody = async (body: string): Promise<Buffer> =>
  body.length > longBody ? pack(body, { level: packLevel }) : gzipSync(body, { level: packLevel });

/** An answer with the question it answers, and its packed body. */
export interface NewAnswer {
  question: Pick<Question, "promptVersionId" | "assistantId" | "purpose">;
  answer: Answer;
  body: Buffer;
}

/** Keeps answers with their bodies; a second answer to the same question is not kept. Gives those that were, by id. */
export async function saveAnswers<T extends NewAnswer>(tx: Db, some: T[]): Promise<T[]> {
  const { answers, rawReplies } = tx.tables;
  // in one order, so that no two processes wait for each other
  const inOrder = [...some].sort((a, b) => (a.answer.id < b.answer.id ? -1 : 1));
  const rows = inOrder.map(({ question: { promptVersionId, assistantId, purpose }, answer }) => ({
    ...answer,
    promptVersionId,
    assistantId,
    purpose,
    reading: 0,
  }));
  const fresh = await insertNew(tx, answers, rows, answers.id);
  const kept = inOrder.filter(({ answer }) => fresh.delete(answer.id));
  const bodies = kept.map(({ answer, body }) => ({ answerId: answer.id, body }));
  await insertMany(tx, rawReplies, bodies);
  return kept;
}

export type KeptAnswer = Answer & {
  promptVersionId: string;
  assistantId: string;
  reading: number;
  /** The language it was asked in. */
  language: Language;
};

/** Answers with the language of their questions. */
function keptAnswers(db: Db) {
  const { answers, promptVersions } = db.tables;
  return db
    .select({ ...getTableColumns(answers), language: promptVersions.language })
    .from(answers)
    .innerJoin(promptVersions, eq(promptVersions.id, answers.promptVersionId));
}

export async function findAnswer(db: Db, id: string): Promise<KeptAnswer | null> {
  const { answers } = db.tables;
  const find = prepared(db, "find answer", () => keptAnswers(db).where(eq(answers.id, given("id"))));
  const [row] = await find({ id });
  return row ?? null;
}

/** The reply's body as it came, or null when it is no longer kept. */
export async function findBody(db: Db, answerId: string): Promise<string | null> {
  const { rawReplies } = db.tables;
  const [row] = await db.select().from(rawReplies).where(eq(rawReplies.answerId, answerId));
  return row ? (await unpack(row.body)).toString("utf8") : null;
}

/** Up to `limit` answers of a project that reading `reading` has not read yet, after the id `after`, by id. */
export const listUnread = (
  db: Db,
  projectId: string,
  reading: number,
  after: string,
  limit: number,
): Promise<KeptAnswer[]> => {
  const { answers } = db.tables;
  return keptAnswers(db)
    .where(and(eq(answers.projectId, projectId), lt(answers.reading, reading), gt(answers.id, after)))
    .orderBy(asc(answers.id))
    .limit(limit);
};

/** Mean cost of an assistant's latest answers from a day on, to forecast the next ones; null when none has a price. */
export async function meanCosts(db: Db, projectId: string, from: string): Promise<Map<string, number>> {
  const { outcomeRollups: rollups } = db.tables;
  const rows = await db
    .select({
      assistantId: rollups.assistantId,
      cost: sum(rollups.costMicroUsd).mapWith(Number),
      priced: sum(rollups.priced).mapWith(Number),
    })
    .from(rollups)
    .where(and(eq(rollups.projectId, projectId), gte(rollups.day, from)))
    .groupBy(rollups.assistantId);
  return new Map(
    rows.flatMap(({ assistantId, cost, priced }) =>
      priced === 0 ? [] : [[assistantId, Math.round(cost / priced)] as const],
    ),
  );
}

/** Days with answers of a surface that enter measures, kept or only counted: the first and the last, or null. */
export async function answeredDays(
  db: Db,
  projectId: string,
  surface: Surface,
): Promise<{ first: string; last: string } | null> {
  const { answers, outcomeRollups } = db.tables;
  const edge = async (table: typeof answers | typeof outcomeRollups, order: typeof asc) => {
    const [row] = await db
      .select({ day: table.day })
      .from(table)
      .where(
        and(
          eq(table.projectId, projectId),
          table === answers ? measured(db) : undefined,
          inArray(table.assistantId, assistantsOf(db, projectId, surface)),
        ),
      )
      .orderBy(order(table.day))
      .limit(1);
    return row?.day ?? [];
  };
  const first = [await edge(answers, asc), await edge(outcomeRollups, asc)].flat().sort()[0];
  const last = [await edge(answers, desc), await edge(outcomeRollups, desc)].flat().sort().at(-1);
  return first && last ? { first, last } : null;
}

/** Answers that enter measures: those of scheduled runs and those collected elsewhere. */
export const measuredPurposes: Purpose[] = ["scheduled", "import"];
const measured = (db: Db) => inArray(db.tables.answers.purpose, measuredPurposes);

const assistantsOf = (db: Db, projectId: string, surface: Surface) => {
  const { assistants } = db.tables;
  return db
    .select({ id: assistants.id })
    .from(assistants)
    .where(and(eq(assistants.projectId, projectId), eq(assistants.surface, surface)));
};

/** Answers of a project that enter measures between two days, both included; of one surface where it is given. */
export const inPeriod = (db: Db, projectId: string, from: string, to: string, surface?: Surface) => {
  const { answers } = db.tables;
  return and(
    eq(answers.projectId, projectId),
    gte(answers.day, from),
    lte(answers.day, to),
    measured(db),
    surface && inArray(answers.assistantId, assistantsOf(db, projectId, surface)),
  );
};

/** Answers by id, for reading aloud. */
export const findAnswers = (db: Db, ids: string[]): Promise<KeptAnswer[]> => {
  const { answers } = db.tables;
  return keptAnswers(db).where(inArray(answers.id, ids));
};
