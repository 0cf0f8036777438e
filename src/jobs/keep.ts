/** Removes raw bodies and answers that are older than a project keeps them; counts stay. */
import type { Day, Project } from "../domain.ts";
import { RetryLater } from "../errors.ts";
import {
  freezeBefore,
  listAnswerDays,
  listDirtyDays,
  listOldAnswers,
  listOldQuestions,
  listProjects,
  listWithBody,
  newestReading,
  removeAnswers,
  removeBodies,
  removeQuestions,
} from "../store/index.ts";
import { addDays, localDay } from "./days.ts";
import { ofHouse, type House } from "./job.ts";
import { reparseJob } from "./reparse.ts";
import { rollup } from "./rollup.ts";

/** Rows of bodies, and answers, removed in one transaction: others that write wait no longer than this takes. */
const bodiesAtOnce = 2_000;
const answersAtOnce = 250;
/** The ticker waits for us: a long history goes with several ticks. */
const longestMs = 5_000;

/** The local day on which a project was last swept, by process: sweeping again does no harm. */
const swept = ofHouse(() => new Map<string, Day>());

/**
 * Once a day and project, whatever is no longer kept is removed; what a call leaves undone the next one does. Answers
 * go only after their days were counted and frozen.
 */
export async function sweepKeep(house: House): Promise<void> {
  const days = swept(house);
  const until = house.clock.now() + longestMs;
  for (const project of await listProjects(house.store.read)) {
    const today = localDay(house.clock.now(), project.timezone);
    if (days.get(project.id) === today) continue;
    if (await sweepProject(house, project, today, until)) days.set(project.id, today);
  }
}

/** False when time was up before the end, or when days have to be counted or read first. */
async function sweepProject(house: House, project: Project, today: Day, until: number): Promise<boolean> {
  const { rawDays, answerDays } = project.keep;
  const inTime = () => house.clock.now() < until;
  if (answerDays !== null) {
    const from = addDays(today, -answerDays);
    if (!(await freeze(house, project, from))) return false;
    if (!(await removeOld(house, project, from, inTime))) return false;
  }
  return rawDays === null || removeOldBodies(house, project, addDays(today, -rawDays), inTime);
}

/** Has days before `from` counted and frozen; false where their answers have to be read first, or came just now. */
async function freeze(house: House, project: Project, from: Day): Promise<boolean> {
  const { store } = house;
  const { id } = project;
  if (!(await anyOld(house, id, from))) return true;
  const newest = await newestReading(store.read, id);
  if (
    newest &&
    (project.reading !== newest.number || (await listOldAnswers(store.read, id, from, 1, newest.number)).length > 0)
  ) {
    await house.queue.add([reparseJob(id)]);
    return false;
  }
  const kept = project.answersKeptFrom ?? "";
  const marked = async () => (await listDirtyDays(store.read, id)).filter(({ day }) => day < from && day >= kept);
  try {
    for (const dirty of await marked()) await rollup(house, dirty);
  } catch (error) {
    if (error instanceof RetryLater) return false;
    throw error;
  }
  return store.tx(async (tx) => {
    const uncounted = (await listDirtyDays(tx, id)).some(({ day }) => day < from && day >= kept);
    if (!uncounted) await freezeBefore(tx, id, from);
    return !uncounted;
  });
}

const anyOld = async ({ store }: House, projectId: string, from: Day): Promise<boolean> =>
  (await listOldAnswers(store.read, projectId, from, 1)).length > 0;

/** False when time was up. */
async function removeOld(house: House, { id, key }: Project, from: Day, inTime: () => boolean): Promise<boolean> {
  const { store, log } = house;
  const lists = [
    { list: listOldAnswers, remove: removeAnswers, noun: "answers" },
    { list: listOldQuestions, remove: removeQuestions, noun: "questions" },
  ];
  for (const { list, remove, noun } of lists) {
    for (let removed = 0; ;) {
      const ids = await list(store.read, id, from, answersAtOnce);
      if (ids.length > 0) await store.tx((tx) => remove(tx, ids));
      removed += ids.length;
      const over = ids.length === 0 || !inTime();
      if (over && removed > 0) log.info({ project: key, before: from, [noun]: removed }, "no longer kept");
      if (ids.length === 0) break;
      if (over) return false;
    }
  }
  return true;
}

/** False when time was up. */
async function removeOldBodies(house: House, { id, key }: Project, from: Day, inTime: () => boolean): Promise<boolean> {
  const { store, log } = house;
  for (const day of await listAnswerDays(store.read, id, { before: from }))
    for (;;) {
      const ids = await listWithBody(store.read, id, day, bodiesAtOnce);
      if (ids.length === 0) break;
      await store.tx((tx) => removeBodies(tx, ids));
      log.info({ project: key, day, bodies: ids.length }, "no longer kept");
      if (!inTime()) return false;
    }
  return true;
}
