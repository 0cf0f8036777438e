/** Which cited domains each assistant stays with for each question, and which come and go. */
import { setImmediate } from "node:timers/promises";
import type { Project } from "../domain.ts";
import { InputError } from "../errors.ts";
import {
  coreAndCarousel,
  fewestAnswers,
  habitsOver,
  standings,
  type CoreAndCarousel,
  type Habits,
} from "../metrics/index.ts";
import { chunks, listCitedDomains, listSearching, type Db, type SearchingAnswers } from "../store/index.ts";
import { checkQuery } from "./query.ts";
import { firstKept } from "./read-answers.ts";

export { fewestAnswers, habitsOver, standings };
export type { CoreAndCarousel, Habits };

/** More take longer to read than anybody waits. */
const mostAnswers = 50_000;

/** One assistant's habits on one question. */
export interface QuestionHabits {
  promptId: string;
  assistantId: string;
  answers: number;
  /** Null where the answers are fewer than `fewestAnswers`. */
  habits: CoreAndCarousel | null;
}

export interface SourceHabits {
  /** Those with answers, as assistants and questions were added. */
  questions: QuestionHabits[];
  /** Domain to the id of the brand that owns all of its pages that are cited; a domain that brands share has no owner. */
  owners: Map<string, string>;
}

/**
 * The core and the carousel of each question and assistant, from answers of assistants that were asked to search. A
 * question stays the same when its wording or the assistant's model is changed: what a change brings shows as arrived,
 * what it takes away as left. Throws InputError where the period is none or the answers are too many.
 */
export async function sourceHabits(
  db: Db,
  project: Project,
  query: SearchingAnswers,
  most = mostAnswers,
): Promise<SourceHabits> {
  const { from, to } = query;
  checkQuery({ from, to }, []);
  const answers = await listSearching(db, project, { ...query, from: firstKept(project, from) }, most);
  if (answers.length > most)
    throw new InputError(
      `from: more than ${most} answers from ${from} to ${to}; ` +
        "ask for a shorter period, or for one assistant or one question",
    );
  const cited = new Map<string, string[]>(answers.map(({ id }) => [id, []]));
  const ownersOf = new Map<string, string | null>();
  for (const some of chunks([...cited.keys()])) {
    await setImmediate(); // SQLite lets nobody in while it reads
    for (const { answerId, domain, ownerBrandId } of await listCitedDomains(db, project, some)) {
      cited.get(answerId)!.push(domain);
      const known = ownersOf.get(domain);
      ownersOf.set(domain, known === undefined || known === ownerBrandId ? ownerBrandId : null);
    }
  }
  const questions = new Map<string, { promptId: string; assistantId: string; lists: string[][] }>();
  for (const { id, promptId, assistantId } of answers) {
    const key = `${assistantId} ${promptId}`; // ids grow with time
    const question = questions.get(key) ?? { promptId, assistantId, lists: [] };
    question.lists.push(cited.get(id)!);
    questions.set(key, question);
  }
  return {
    questions: [...questions]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { promptId, assistantId, lists }]) => ({
        ...{ promptId, assistantId },
        answers: lists.length,
        habits: coreAndCarousel(lists),
      })),
    owners: new Map([...ownersOf].flatMap(([domain, owner]) => (owner === null ? [] : [[domain, owner] as const]))),
  };
}
