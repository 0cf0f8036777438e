/** Jobs that are added together: one INSERT must not meet the same key twice, for Postgres refuses it. */
import type { NewJob } from "./queue.ts";

/** For each key the earliest, but none that is wanted only if missing beside one that is wanted in any case. */
export function oneOfEachKey(newJobs: NewJob[]): NewJob[] {
  const chosen = new Map<string, NewJob>();
  for (const job of newJobs) {
    const other = chosen.get(job.key);
    if (!other || goesBefore(job, other)) chosen.set(job.key, job);
  }
  return [...chosen.values()];
}

const goesBefore = (one: NewJob, other: NewJob): boolean =>
  one.onlyIfMissing === other.onlyIfMissing ? (one.delayMs ?? 0) < (other.delayMs ?? 0) : !one.onlyIfMissing;
