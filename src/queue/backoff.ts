/** After how long a job that failed runs again, and when it is given up: the same on every engine. */

export const maxAttempts = 8;
const firstDelayMs = 500;
const longestDelayMs = 60_000;

/** Full jitter: anything between nothing and a bound that doubles with every attempt. */
export const delayAfter = (attempts: number, random: () => number): number =>
  Math.round(random() * Math.min(longestDelayMs, firstDelayMs * 2 ** attempts));
