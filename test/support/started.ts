/** A project of one pretend assistant with a run that is opened and not yet worked on. */
import { vi } from "vitest";
import type { Project, ProjectDefinition, Run } from "../../src/domain.ts";
import { planRun, startRun } from "../../src/jobs/index.ts";
import type { WorldDefinition } from "../../src/simulator/index.ts";
import { countQuestions } from "../../src/store/index.ts";
import { prompts } from "../simulator/village.ts";
import type { FreshStore } from "./databases.ts";
import { assistant } from "./definition.ts";
import { openTestHouse, type TestHouse } from "./house.ts";

export interface StartedProject {
  home: TestHouse;
  project: Project;
  run: Run;
  /** Number of the run's questions by state. */
  states: () => Promise<Record<string, number>>;
}

/** Opens town, house, project and run; `more` may override anything of the project. */
export async function startProject(
  fresh: FreshStore,
  count: number,
  more: Partial<ProjectDefinition> = {},
  slot: Parameters<typeof assistant>[1] = {},
  world: Partial<WorldDefinition> = {},
): Promise<StartedProject> {
  const home = await openTestHouse(fresh, { prompts: prompts(count), ...world });
  const settings = { apiKey: "${KEY}", baseUrl: `${home.town.url}/v1` };
  const project = await home.apply({ assistants: [assistant("chatgpt", { settings, ...slot })], ...more });
  const run = (await startRun(home.house, await planRun(home.house, project), home.clock.now(), "scheduled"))!;
  const states = async () => {
    const counts = await countQuestions(fresh.store.read, run.id);
    return Object.fromEntries(counts.map(({ state, questions }) => [state, questions]));
  };
  return { home, project, run, states };
}

/** Resolves when it is so. */
export const soon = (so: () => Promise<void> | void) => vi.waitFor(so, { interval: 2, timeout: 15_000 });
