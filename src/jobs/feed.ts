/** Hands waiting questions to the queue, a few of each project at a time, so that no project waits for a bigger one. */
import type { Assistant, Question } from "../domain.ts";
import type { NewJob } from "../queue/queue.ts";
import { listAllAssistants, listAskingProjects, listQueued, markQueued, nextTurns } from "../store/index.ts";
import { laneOf } from "./connections.ts";
import { ofHouse, type House } from "./job.ts";
import { limitsOf } from "./lanes.ts";

/** Jobs of a project in a lane, for each question it may have under way: one more waits, so that no place is idle. */
const jobsPerPlace = 2;
/** As long as a reply may take: a job that was lost says nothing of the call, which may be under way and paid for. */
const requeueAfterMs = 300_000;
/** How often questions are looked for whose job was lost. */
const requeueEveryMs = 300_000;

/** Feeds under way by project and lane, and whether another was asked for meanwhile. */
const feeding = ofHouse(() => new Map<string, { again: boolean }>());

/** Fills up what a project has in a lane. Many calls at a time are one more look. */
export async function feed(house: House, projectId: string, lane: string): Promise<void> {
  const underWay = feeding(house);
  const key = `${projectId} ${lane}`;
  const other = underWay.get(key);
  if (other) return void (other.again = true);
  const own = { again: true };
  underWay.set(key, own);
  try {
    while (own.again) {
      own.again = false;
      await feedOnce(house, projectId, lane);
    }
  } finally {
    underWay.delete(key);
  }
}

async function feedOnce(house: House, projectId: string, lane: string): Promise<void> {
  const assistants = (await listAllAssistants(house.store.read, projectId)).filter((one) => laneOf(one) === lane);
  if (assistants.length === 0) return;
  const atMost = jobsPerPlace * limitsOf(house, lane, assistants).concurrency;
  const ids = assistants.map(({ id }) => id);
  const turns = await nextTurns(house.store.read, projectId, ids, atMost);
  if (turns.length === 0) return;
  await house.queue.add(jobsOf(turns, assistants));
  await house.store.tx((tx) => markQueued(tx, turns));
}

/** Fills up every lane of a project. */
export async function feedProject(house: House, projectId: string): Promise<void> {
  const lanes = new Set((await listAllAssistants(house.store.read, projectId)).map(laneOf));
  for (const lane of lanes) await feed(house, projectId, lane);
}

/**
 * Puts back in line what is marked and has lost its job with its queue, and fills up every lane; of one project, or of
 * all. They begin when no call of theirs can be under way any more, or at once where they are `hurried`.
 */
export async function feedAll(
  house: House,
  { projectId, hurried = false }: { projectId?: string; hurried?: boolean } = {},
): Promise<void> {
  const { read } = house.store;
  for (const id of projectId === undefined ? await listAskingProjects(read) : [projectId]) {
    const jobs = jobsOf(await listQueued(read, id), await listAllAssistants(read, id));
    const patient = { delayMs: requeueAfterMs, onlyIfMissing: true } as const;
    if (jobs.length > 0) await house.queue.add(hurried ? jobs : jobs.map((job) => ({ ...job, ...patient })));
    await feedProject(house, id);
  }
}

/** When this process last looked for questions whose job was lost. */
const requeued = ofHouse(() => ({ at: 0 }));

/** Fills up every lane, and now and then looks for questions whose job was lost. */
export async function sweepTurns(house: House): Promise<void> {
  const now = house.clock.now();
  const last = requeued(house);
  if (now - last.at >= requeueEveryMs) {
    last.at = now;
    return feedAll(house);
  }
  for (const id of await listAskingProjects(house.store.read)) await feedProject(house, id);
}

/** One job for each question; those of assistants that are not given have none. */
export function jobsOf(questions: Pick<Question, "id" | "assistantId">[], assistants: Assistant[]): NewJob[] {
  const lanes = new Map(assistants.map((assistant) => [assistant.id, laneOf(assistant)]));
  return questions.flatMap(({ id, assistantId }) => {
    const lane = lanes.get(assistantId);
    return lane === undefined ? [] : [{ name: "ask" as const, key: `ask-${id}`, lane, payload: { questionId: id } }];
  });
}
