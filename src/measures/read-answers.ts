/** Reads the answers that a query is about, in the form in which metrics read them. */
import { setImmediate } from "node:timers/promises";
import type { Day, Project } from "../domain.ts";
import { InputError } from "../errors.ts";
import type { ReadAnswer, ReadSentence } from "../metrics/metric.ts";
import { factsOf, foundTexts, listCounted, type AnswerFacts, type AnswerKeys, type Db } from "../store/index.ts";
import { cellsOf, passes, type Labels } from "./cells.ts";
import type { Cell } from "./dimensions.ts";
import type { MeasureQuery } from "./query.ts";
import { longestText, sentencesOf } from "./sentences.ts";

/** More answers take longer to read than anybody waits, and more memory than a small machine has. */
const mostAnswers = 20_000;

/** Answers read at once; others have their turn in between, as SQLite lets nobody in while it reads. */
const atOnce = 25;

/** An answer as metrics read it, what it is about, and the domains that it cites. */
export interface PlacedAnswer {
  cell: Cell;
  day: Day;
  read: ReadAnswer;
  domains: ReadonlySet<string>;
}

export interface Reading {
  labels: Labels;
  /** Ids of brands: of others nothing is told. */
  tracked: ReadonlySet<string>;
  /** Texts are cut into sentences; otherwise answers have none. */
  sentences: boolean;
}

/**
 * Answers of a query one after another, from the day on from which they are kept. Throws InputError where they are too
 * many.
 */
export async function* readAnswers(
  db: Db,
  project: Project,
  query: MeasureQuery,
  { labels, tracked, sentences }: Reading,
  most = mostAnswers,
): AsyncGenerator<PlacedAnswer, void, undefined> {
  const keys = await listWanted(db, project, query, labels, most);
  const cells = cellsOf(labels);
  const known = new Map<string, ReadSentence>();
  for (let from = 0; from < keys.length; from += atOnce) {
    await setImmediate();
    const some = new Map(keys.slice(from, from + atOnce).map((key) => [key.id, key]));
    const ids = [...some.keys()];
    const texts = sentences ? await foundTexts(db, ids, project.reading, longestText) : null;
    for (const facts of await factsOf(db, ids, project.reading)) {
      const key = some.get(facts.id)!;
      const cell = cells(key);
      const text = texts?.get(facts.id);
      const read = toRead(facts, cell, tracked, text ? sentencesOf(text, cell.version.language, known) : []);
      const domains = new Set(facts.citations.flatMap(({ domain }) => (domain === "" ? [] : [domain])));
      yield { cell, day: key.day, read, domains };
    }
  }
}

async function listWanted(
  db: Db,
  project: Project,
  { from, to, filter = {} }: MeasureQuery,
  labels: Labels,
  most: number,
): Promise<AnswerKeys[]> {
  const { assistant, surface, servedModel: servedModels, ...ofPrompts } = filter;
  const prompts = labels.prompts.filter((label) => passes({ ...label, surface: "api", servedModel: "" }, ofPrompts));
  const assistants = labels.assistants.filter(
    (one) => (assistant?.includes(one.id) ?? true) && (surface?.includes(one.surface) ?? true),
  );
  const wanted = {
    from: firstKept(project, from),
    to,
    promptVersionIds: prompts.map(({ versionId }) => versionId),
    assistantIds: assistants.map(({ id }) => id),
    servedModels,
  };
  const keys = await listCounted(db, project.id, wanted, most);
  if (keys.length > most)
    throw new InputError([
      `from: more than ${most} answers from ${from} to ${to}, and these metrics read each of them; ` +
        "ask for a shorter period, or for some of them with a filter such as assistant, phase or topic",
    ]);
  return keys;
}

/** Roll-ups of earlier days are kept longer than their answers. */
export const firstKept = ({ answersKeptFrom }: Project, from: Day): Day =>
  answersKeptFrom !== null && answersKeptFrom > from ? answersKeptFrom : from;

const toRead = (
  { assistantId, search, ranked, positions, named, citations, tones }: AnswerFacts,
  { prompt }: Cell,
  tracked: ReadonlySet<string>,
  sentences: ReadAnswer["sentences"],
): ReadAnswer => ({
  prompt: prompt.id,
  assistant: assistantId,
  searched: search,
  cites: citations.length > 0,
  named: [...named].filter((brand) => tracked.has(brand)),
  places: ranked ? new Map(Object.entries(positions).filter(([brand]) => tracked.has(brand))) : null,
  cited: [...new Set(citations.flatMap(({ owner }) => owner ?? []))].filter((brand) => tracked.has(brand)),
  tones,
  sentences,
});
