/** Opens a run of a project: which questions are due, what they will cost, and one job for each. */
import type { Assistant, Project, Purpose, Question, Run } from "../domain.ts";
import { groupOf } from "../schedule/groups.ts";
import {
  listAssistants,
  listPrompts,
  newId,
  newRun,
  openQuestions,
  openRun,
  type CurrentPrompt,
} from "../store/index.ts";
import { adapterOf, missingSecrets } from "./connections.ts";
import { localDay } from "./days.ts";
import { feedAll, feedProject } from "./feed.ts";
import { estimateCosts, setAsideFor } from "./forecast.ts";
import type { House } from "./job.ts";

export interface RunPlan {
  project: Project;
  /** The group of prompts whose time it is; empty for those of no group, and where all are asked. */
  group: string;
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
  /** What is set aside for one answer while it is asked. */
  setAsideMicroUsd: number;
}

/**
 * What a run now would ask and cost; asks nothing. Without `group` all prompts are asked, else those of the group, where
 * an empty one is for those of no group.
 */
export async function planRun(house: House, project: Project, group?: string): Promise<RunPlan> {
  const { read } = house.store;
  const prompts = (await listPrompts(read, project.id)).filter(
    (prompt) => group === undefined || groupOf(prompt, project.groups) === group,
  );
  const inForce = await listAssistants(read, project.id);
  const collected = inForce.filter(({ adapter }) => adapterOf(house, adapter).collected);
  const all = inForce.filter((assistant) => !collected.includes(assistant));
  const leftOut = all
    .map((assistant) => ({ assistant, missing: missingSecrets(house, assistant) }))
    .filter(({ missing }) => missing.length > 0);
  const asked = all.filter((assistant) => !leftOut.some((left) => left.assistant === assistant));
  const costs = await estimateCosts(house, project, asked);
  const questions = prompts.length * project.repeats;
  const assistants = asked.map((assistant) => {
    const costPerAnswerMicroUsd = costs.get(assistant.id) ?? null;
    const setAsideMicroUsd = setAsideFor(house, project, assistant, costPerAnswerMicroUsd);
    return { assistant, questions, costPerAnswerMicroUsd, setAsideMicroUsd };
  });
  const costMicroUsd = assistants.reduce((sum, planned) => sum + questions * (planned.costPerAnswerMicroUsd ?? 0), 0);
  return {
    project,
    group: group ?? "",
    prompts,
    assistants,
    leftOut,
    collected,
    questions: questions * assistants.length,
    costMicroUsd,
  };
}

/** Opens the planned run and puts its questions in line. A run of that due time that is there already is left as it is. */
export async function startRun(house: House, plan: RunPlan, dueAt: number, purpose: Purpose): Promise<Run | null> {
  const { project } = plan;
  const run = newRun({
    projectId: project.id,
    dueAt,
    day: localDay(dueAt, project.timezone),
    purpose,
    promptGroup: plan.group,
    questions: plan.questions,
    forecastMicroUsd: plan.assistants.some(({ costPerAnswerMicroUsd }) => costPerAnswerMicroUsd !== null)
      ? plan.costMicroUsd
      : null,
    openedAt: house.clock.now(),
  });
  const questions = plan.prompts.flatMap((prompt) =>
    plan.assistants.flatMap((planned) =>
      Array.from({ length: project.repeats }, (_, repeat) => questionOf(run, prompt, planned, repeat)),
    ),
  );
  if (!(await house.store.tx((tx) => openRun(tx, run, questions)))) return null;
  await feedProject(house, project.id);
  return run;
}

/** Puts the questions of an unfinished run back in line that had their turn, and then the others; returns how many. */
export async function resumeRun(house: House, run: Run): Promise<number> {
  await feedAll(house, { projectId: run.projectId, hurried: true });
  return (await openQuestions(house.store.read, run.id)).length;
}

/** A question of a run that has not been asked. */
export const questionOf = (run: Run, prompt: CurrentPrompt, planned: PlannedAssistant, repeat: number): Question => ({
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
  estimateMicroUsd: planned.setAsideMicroUsd,
  failure: null,
});
