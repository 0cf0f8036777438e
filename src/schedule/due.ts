/** When a project is due; pure. */
import { Cron } from "croner";
import type { Schedule } from "../domain.ts";

/**
 * The latest due time at or before `now` that has not been run, or null. After downtime one run catches up for all
 * that were missed. `since` is the latest run's due time, or when the project began. Times are epoch milliseconds;
 * the zone decides what a local hour is, also on days of 23 and 25 hours.
 */
export function dueAt(schedule: Schedule, timezone: string, since: number, now: number): number | null {
  const cron = new Cron(schedule.cron, { timezone, paused: true, mode: "5-part" });
  const nextSecond = (Math.floor(now / 1000) + 1) * 1000; // croner counts whole seconds and leaves its reference out
  const [latest] = cron.previousRuns(1, new Date(nextSecond));
  return latest && latest.getTime() > since ? latest.getTime() : null;
}

/** The first due time after `now`. */
export function nextDueAt(schedule: Schedule, timezone: string, now: number): number | null {
  return new Cron(schedule.cron, { timezone, paused: true, mode: "5-part" }).nextRun(new Date(now))?.getTime() ?? null;
}
