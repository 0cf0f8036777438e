/** Opens a run of a project: which questions are due, what they will cost, and one job for each. */
import type { Assistant, Project, Purpose, Question, Run } from "../domain.ts";
import type { NewJob } from "../queue/queue.ts";
import {
  listAllAssistants,
  listAssistants,
  listPrompts,
  newId,
  openQuestions,
  openRun,
  type CurrentPrompt,
} from "../store/index.ts";
import { adapterOf, laneOf, missingSecrets } from "./connections.ts";
import { localDay } from "./days.ts";
import { estimateCosts } from "./forecast.ts";
import type { House } from "./job.ts";

export interface RunPlan {
  project: Project;
  prompts: CurrentPrompt[];
  assistants: PlannedAssistant[];
  /** Assistants that cannot be asked, with the variables that are not set. */
  leftOut: { assistant: Assistant; missing: string[] }[];
  /** Assistants that are never asked: their answers are imported. */
  collected: Assistant[];
  questions: number;
  /** Sum over assistants whose price is known. */
  costMicroUsd: number;
}

export interface PlannedAssistant {
  assistant: Assistant;
  questions: number;
  /** Expected cost of one answer; null when the price is not known. */
  costPerAnswerMicroUsd: number | null;
}

/** What a run now would ask and cost; asks nothing. */
export async function planRun(house: House, project: Project): Promise<RunPlan> {
  const { read } = house.store;
  const prompts = await listPrompts(read, project.id);
  const inForce = await listAssistants(read, project.id);
  const collected = inForce.filter(({ adapter }) => adapterOf(house, adapter).collected);
  const all = inForce.filter((assistant) => !collected.includes(assistant));
  const leftOut = all
    .map((assistant) => ({ assistant, missing: missingSecrets(house, assistant) }))
    .filter(({ missing }) => missing.length > 0);
  const asked = all.filter((assistant) => !leftOut.some((left) => left.assistant === assistant));
  const costs = await estimateCosts(house, project, asked);
  const questions = prompts.length * project.repeats;
  const assistants = asked.map((assistant) => ({
    assistant,
    questions,
    costPerAnswerMicroUsd: costs.get(assistant.id) ?? null,
  }));
  const costMicroUsd = assistants.reduce((sum, planned) => sum + questions * (planned.costPerAnswerMicroUsd ?? 0), 0);
  return { project, prompts, assistants, leftOut, collected, questions: questions * assistants.length, costMicroUsd };
}

/** Opens the planned run and puts its questions in line. A run of that due time that is there already is left as it is. */
export async function startRun(house: House, plan: RunPlan, dueAt: number, purpose: Purpose): Promise<Run | null> {
  const { project } = plan;
  const run: Run = {
    id: newId(),
    projectId: project.id,
    dueAt,
    day: localDay(dueAt, project.timezone),
    purpose,
    state: "running",
  };
  const questions = plan.prompts.flatMap((prompt) =>
    plan.assistants.flatMap((planned) =>
      Array.from({ length: project.repeats }, (_, repeat) => questionOf(run, prompt, planned, repeat)),
    ),
  );
  if (!(await house.store.tx((tx) => openRun(tx, run, questions)))) return null;
  await house.queue.add(
    jobsOf(
      questions,
      plan.assistants.map((planned) => planned.assistant),
    ),
  );
  return run;
}

/** Puts the questions of an unfinished run that have no answer back in line. */
export async function resumeRun(house: House, run: Run): Promise<number> {
  const open = await openQuestions(house.store.read, run.id);
  await house.queue.add(jobsOf(open, await listAllAssistants(house.store.read, run.projectId)));
  return open.length;
}

const questionOf = (run: Run, prompt: CurrentPrompt, planned: PlannedAssistant, repeat: number): Question => ({
  id: newId(),
  runId: run.id,
  projectId: run.projectId,
  promptId: prompt.id,
  promptVersionId: prompt.versionId,
  assistantId: planned.assistant.id,
  repeat,
  purpose: run.purpose,
  day: run.day,
  state: "waiting",
  attempts: 0,
  estimateMicroUsd: planned.costPerAnswerMicroUsd ?? 0,
  failure: null,
});

/** One job for each question; those of assistants that are not given have none. */
export function jobsOf(questions: Pick<Question, "id" | "assistantId">[], assistants: Assistant[]): NewJob[] {
  const lanes = new Map(assistants.map((assistant) => [assistant.id, laneOf(assistant)]));
  return questions.flatMap(({ id, assistantId }) => {
    const lane = lanes.get(assistantId);
    return lane === undefined ? [] : [{ name: "ask" as const, key: `ask-${id}`, lane, payload: { questionId: id } }];
  });
}
