/** A clock that stands still until it is told to go on, and the real one. */
import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "../../src/domain.ts";

/** For tests with processes and servers that have their own time. */
export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => pause(Math.max(0, ms), undefined, { ...(signal && { signal }) }).catch(() => undefined),
};

/**
 * Lets `stepMs` pass again and again until `work` has ended, with a moment of real time between: what goes to servers and
 * databases needs it, and would be overtaken by its own time limits.
 */
export async function passWhile<T>(clock: StillClock, stepMs: number, work: Promise<T>): Promise<T> {
  let over = false;
  const end = () => void (over = true);
  work.then(end, end);
  while (!over) {
    await Promise.race([work.catch(() => undefined), pause(5)]);
    clock.pass(stepMs);
  }
  return work;
}

/** Stands still until it is told to go on; sleepers wake when their time has come. */
export class StillClock implements Clock {
  #now: number;
  #sleepers = new Set<{ at: number; wake: () => void }>();

  constructor(now = Date.parse("2026-03-02T06:00:00Z")) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted || ms <= 0) return resolve();
      const sleeper = {
        at: this.#now + ms,
        wake: () => {
          this.#sleepers.delete(sleeper);
          signal?.removeEventListener("abort", sleeper.wake);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener("abort", sleeper.wake, { once: true });
    });
  }

  /** Lets `ms` pass and wakes who has slept long enough. */
  pass(ms: number): void {
    this.#now += ms;
    for (const sleeper of [...this.#sleepers]) if (sleeper.at <= this.#now) sleeper.wake();
  }
}
