/** A limit on how long something may take that has none of its own. */
import type { Clock } from "../domain.ts";

/** What `work` gives, or a rejection with `late` when it takes longer than `ms`; the work itself is not stopped. */
export async function within<T>(clock: Clock, ms: number, work: Promise<T>, late: Error): Promise<T> {
  const inTime = new AbortController();
  const tooLate = clock.sleep(ms, inTime.signal).then(() => {
    if (!inTime.signal.aborted) throw late;
    return new Promise<never>(() => undefined);
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    inTime.abort();
  }
}
