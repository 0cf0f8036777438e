/** Counts days again here and now, one after another: what is not counted yet stays marked, so that anybody can go on. */
import type { Day } from "../domain.ts";
import { RetryLater } from "../errors.ts";
import { chunks, listDirtyDays, listKeptDays, markDirty } from "../store/index.ts";
import type { House } from "./job.ts";
import { rollup } from "./rollup.ts";

/** Days marked in one transaction: answers that come meanwhile need not wait for a year of them. */
const marksAtOnce = 50;

/** Marks all days of a period whose answers are kept; gives the days that are frozen and therefore left. */
export async function markToCount(house: House, projectId: string, from: Day, to: Day): Promise<Day[]> {
  const { countable, frozen } = await listKeptDays(house.store.read, projectId, from, to);
  for (const days of chunks(countable, marksAtOnce))
    await house.store.tx(async (tx) => {
      for (const day of days) await markDirty(tx, projectId, day);
    });
  return frozen;
}

export interface CountedDay {
  day: Day;
  /** How many days are done, of how many. */
  done: number;
  all: number;
  /** Answers came meanwhile: who brought them counts the day once more. */
  overtaken: boolean;
}

/** Adds up every day of a project that is marked, in order; `signal` ends it after the day under way. */
export async function* countMarked(
  house: House,
  projectId: string,
  signal?: AbortSignal,
): AsyncGenerator<CountedDay, void, undefined> {
  const marked = await listDirtyDays(house.store.read, projectId);
  for (const [i, dirty] of marked.entries()) {
    if (signal?.aborted) return;
    yield { day: dirty.day, done: i + 1, all: marked.length, overtaken: await isOvertaken(rollup(house, dirty)) };
  }
}

async function isOvertaken(counting: Promise<void>): Promise<boolean> {
  try {
    await counting;
    return false;
  } catch (error) {
    if (error instanceof RetryLater) return true;
    throw error;
  }
}

/** The same for those who have nothing to do in between. */
export async function countNow(house: House, projectId: string): Promise<void> {
  const days = countMarked(house, projectId);
  while (!(await days.next()).done);
}
