/** Keeps answers that were collected elsewhere, read and marked for the day's count in one transaction. */
import { createHash } from "node:crypto";
import type { Assistant, Project, PromptVersion, Question, Reply } from "../domain.ts";
import {
  addImportedQuestions,
  findAnswers,
  importRuns,
  namedId,
  packBody,
  saveAnswers,
  saveFindings,
  type KeptAnswer,
  type Seen,
} from "../store/index.ts";
import { localDay } from "./days.ts";
import type { House } from "./job.ts";
import { readAnswer, readerOf, resolveSoon, type Reader } from "./parse.ts";

/** One answer as it was collected. */
export interface Collected {
  /** Its own name among the assistant's answers: the row's id, else a hash of what it holds. */
  name: string;
  version: Pick<PromptVersion, "id" | "promptId" | "language">;
  assistant: Assistant;
  askedAt: number;
  reply: Reply;
  /** The row as it came. */
  body: string;
}

/** `known`: it is kept already; `taken`: its name belongs to another answer. */
export type ImportState = "new" | "known" | "taken";

const idOf = (project: Project, { assistant, name }: Collected): string =>
  namedId(`${assistant.id} ${name}`, project.id);

const isSame = (
  one: Pick<KeptAnswer, "askedAt" | "text" | "promptVersionId">,
  { askedAt, reply, version }: Collected,
) => one.askedAt === askedAt && one.text === reply.text && one.promptVersionId === version.id;

const stateOf = { new: "new", same: "known", other: "taken" } as const;

/** Which of these answers are new, in their order; `seen` knows those that came before them, kept or only looked at. */
export async function importState(
  house: House,
  project: Project,
  batch: Collected[],
  seen: Seen,
): Promise<ImportState[]> {
  const ids = batch.map((collected) => idOf(project, collected));
  const kept = new Map((await findAnswers(house.store.read, ids)).map((answer) => [answer.id, answer]));
  return batch.map((collected, i) => {
    const before = kept.get(ids[i]!);
    if (before) return isSame(before, collected) ? "known" : "taken";
    const { askedAt, reply, version } = collected;
    const content = createHash("sha256")
      .update(JSON.stringify([askedAt, reply.text, version.id]))
      .digest("base64");
    return stateOf[seen.add(ids[i]!, content)];
  });
}

/** Keeps new answers with their findings, all or none; what was kept meanwhile by another process stays as it is. */
export async function importAnswers(house: House, project: Project, batch: Collected[]): Promise<void> {
  const { store } = house;
  let reader = await readerOf(house, project.id);
  const packed = await Promise.all(
    batch.map(async (collected) => ({
      collected,
      answer: answerOf(project, collected),
      body: await packBody(collected.body),
    })),
  );
  const read = await readAll(house, packed, reader);
  const kept = await store.tx(async (tx) => {
    const runs = await importRuns(
      tx,
      project.id,
      packed.map(({ answer }) => answer.day),
    );
    const fresh = await saveAnswers(
      tx,
      read.map((one) => ({ ...one, question: questionOf(one.answer, one.collected, runs.get(one.answer.day)!) })),
    );
    await saveFindings(tx, fresh, reader.reading.number, reader.brands);
    await addImportedQuestions(
      tx,
      fresh.map(({ question }) => question),
    );
    return fresh;
  });
  // history may have been read again before these answers could be seen; a reading begun later sees them
  for (
    let last = reader;
    (reader = await readerOf(house, project.id)).reading.number !== last.reading.number;
    last = reader
  ) {
    const again = await readAll(house, kept, reader);
    await store.tx((tx) => saveFindings(tx, again, reader.reading.number, reader.brands));
  }
  for (const { answer, unresolved } of read) await resolveSoon(house, answer, unresolved);
}

const readAll = <T extends { answer: KeptAnswer }>(house: House, some: T[], reader: Reader) =>
  Promise.all(some.map(async (one) => ({ ...one, ...(await readAnswer(house.store.read, one.answer, reader)) })));

const answerOf = (project: Project, collected: Collected): KeptAnswer => ({
  ...collected.reply,
  id: idOf(project, collected),
  projectId: project.id,
  day: localDay(collected.askedAt, project.timezone),
  requestedModel: collected.assistant.model,
  search: collected.assistant.search,
  askedAt: collected.askedAt,
  tookMs: 0,
  promptVersionId: collected.version.id,
  assistantId: collected.assistant.id,
  reading: 0,
  locationApplied: null,
  language: collected.version.language,
});

const questionOf = (answer: KeptAnswer, { version }: Collected, runId: string): Omit<Question, "repeat"> => ({
  id: answer.id,
  runId,
  projectId: answer.projectId,
  promptId: version.promptId,
  promptVersionId: version.id,
  assistantId: answer.assistantId,
  purpose: "import",
  day: answer.day,
  state: "done",
  attempts: 1,
  estimateMicroUsd: 0,
  failure: null,
});
