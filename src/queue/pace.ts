/** How often jobs of a lane may begin where only so many may in a minute: evenly spread, never in a burst. */

/** Faster than this many a second, several begin at a time. */
const mostStartsPerSecond = 10;

/** So many at a time, and the time they take, in ms. */
export function evenly(perMinute: number): { max: number; duration: number } {
  const max = Math.max(1, Math.ceil(perMinute / (60 * mostStartsPerSecond)));
  return { max, duration: Math.ceil((max * 60_000) / perMinute) };
}

export class Pace {
  readonly #eachMs: number;
  readonly #atOnce: number;
  #nextAt = 0;

  constructor(perMinute: number) {
    this.#eachMs = 60_000 / perMinute;
    this.#atOnce = evenly(perMinute).max;
  }

  /** When the next may begin; `now` or earlier when it may at once. */
  nextAt(now: number): number {
    // a clock that was put back would make everybody wait for the time it showed before
    if (this.#nextAt - now > this.#atOnce * this.#eachMs) this.#nextAt = now;
    return this.#nextAt;
  }

  /** How many may begin now. */
  room(now: number): number {
    return this.nextAt(now) <= now ? this.#atOnce : 0;
  }

  /** So many have begun. */
  begun(jobs: number, now: number): void {
    if (jobs > 0) this.#nextAt = now + jobs * this.#eachMs;
  }
}
