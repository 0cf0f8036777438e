/** Asks one question out of turn, keeps its answer as adhoc, and reads it at once. */
import type { Assistant, Findings, Project, PromptVersion, Question } from "../domain.ts";
import { AssistantError, InputError } from "../errors.ts";
import {
  addAdhocPrompt,
  cancelRun,
  findAnswer,
  findQuestion,
  newId,
  newRun,
  openRun,
  type KeptAnswer,
} from "../store/index.ts";
import { ask } from "./ask.ts";
import { localDay } from "./days.ts";
import { estimateCosts, setAsideFor } from "./forecast.ts";
import type { House } from "./job.ts";
import { parse, readAnswer, readerOf } from "./parse.ts";

export interface AdhocAnswer {
  answer: KeptAnswer;
  findings: Findings;
}

/**
 * Adhoc answers are kept but never counted. Throws AssistantError when there is no answer, InputError
 * when it was not asked, and RetryLater when asking again later helps; either way the question is over.
 */
export async function askNow(
  house: House,
  project: Project,
  assistant: Assistant,
  version: Pick<PromptVersion, "text" | "language" | "country">,
  signal: AbortSignal,
): Promise<AdhocAnswer> {
  const dueAt = house.clock.now();
  const estimate = (await estimateCosts(house, project, [assistant])).get(assistant.id);
  const run = newRun({
    projectId: project.id,
    dueAt,
    day: localDay(dueAt, project.timezone),
    purpose: "adhoc",
    questions: 1,
    forecastMicroUsd: estimate ?? null,
    openedAt: dueAt,
  });
  const questionId = newId();
  await house.store.tx(async (tx) => {
    const { promptId, versionId } = await addAdhocPrompt(tx, project.id, version, dueAt);
    const question: Question = {
      id: questionId,
      runId: run.id,
      projectId: project.id,
      promptId,
      promptVersionId: versionId,
      assistantId: assistant.id,
      repeat: 0,
      purpose: "adhoc",
      day: run.day,
      state: "waiting",
      attempts: 0,
      estimateMicroUsd: setAsideFor(house, project, assistant, estimate ?? null),
      failure: null,
    };
    while (!(await openRun(tx, run, [question]))) run.dueAt++; // another was asked in this very millisecond
  });
  try {
    await ask(house, { questionId }, signal);
  } catch (error) {
    // nobody waits for the answer any more
    await house.store.tx((tx) => cancelRun(tx, run, project, house.workspaceBudget, house.clock.now()));
    throw error;
  }
  const answer = await findAnswer(house.store.read, questionId);
  if (!answer) throw await whyNot(house, questionId);
  await parse(house, { answerId: answer.id });
  const { findings } = await readAnswer(house.store.read, answer, await readerOf(house, project.id));
  return { answer, findings };
}

async function whyNot(house: House, questionId: string): Promise<Error> {
  const { question, assistant } = (await findQuestion(house.store.read, questionId))!;
  if (question.state === "skipped_budget") return new InputError("the budget leaves no room for another question");
  return question.failure ? new AssistantError(question.failure) : new InputError(`${assistant.title}: no answer`);
}
