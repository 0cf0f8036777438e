/** When the prompts of a project are due; pure. */
import { createHash } from "node:crypto";
import { Cron } from "croner";
import type { Day, QuietDays, Schedule } from "../domain.ts";

/*
 * croner reads the expressions and counts wall times in a zone without daylight saving; what a wall time means in the
 * project's zone is decided here. croner's own rules for days of 23 and 25 hours go by the looks of an expression: one
 * time a day is moved out of the gap and not doubled, but of `15,45 2 * * *` or `30 2,14 * * *` what lies in the gap is
 * skipped and what lies in the doubled hour comes twice; its option `fixedTimeRule` mends lists, but no minutes with a
 * wildcard; `0 *\/2 * * *` comes at both of the two o'clocks, an hour apart.
 */

/** When prompts are due: their schedule in the project's zone, and the days on which nothing is. */
export interface Times {
  schedule: Schedule;
  /** IANA time zone. */
  timezone: string;
  quiet: QuietDays[];
}

const secondMs = 1000;
const dayMs = 86_400_000;
const mostJitterMs = 600_000;

/**
 * The latest due time at or before `now`, whether it has been run or not; null where none ever came. Times are epoch
 * milliseconds. A wall time that the clocks leave out is due right after the gap, one that comes twice is due the first
 * time, so that a day of 23 or 25 hours has the runs of any other; a day that a zone leaves out has none. Only where
 * every hour is asked for (`*`), each hour that passes has its run. Nothing is due on quiet days, and what was missed
 * before them waits until they are over.
 */
export function latestDueAt(times: Times, now: number): number | null {
  if (quietAt(times, now)) return null;
  const found = expressions(times.schedule).flatMap((cron) => latestOf(cron, times, now) ?? []);
  return found.length > 0 ? Math.max(...found) : null;
}

/**
 * The latest due time that has not been run, or null: after downtime one run catches up for all that were missed.
 * `since` is the latest run's due time, or when the project began.
 */
export function dueAt(times: Times, since: number, now: number): number | null {
  const latest = latestDueAt(times, now);
  return latest !== null && latest > since ? latest : null;
}

/** The first due time after `now`; null where none ever comes. */
export function nextDueAt(times: Times, now: number): number | null {
  const found = expressions(times.schedule).flatMap((cron) => nextOf(cron, times, now) ?? []);
  return found.length > 0 ? Math.min(...found) : null;
}

/**
 * How long after its due time a run is opened, so that not all projects ask at the full hour: up to ten minutes, at most
 * a tenth of the time until it is due again, and the same whoever computes it. `who` names project and group.
 */
export function jitterMs(times: Times, who: string, due: number): number {
  const next = nextDueAt(times, due) ?? Infinity;
  const most = Math.min(mostJitterMs, (next - due) / 10);
  const chance = createHash("sha256").update(`${who} ${due}`).digest().readUInt32BE() / 2 ** 32;
  return Math.floor(chance * most);
}

/** Whether `now` lies in a quiet day of the project's zone. */
const quietAt = ({ quiet, timezone }: Times, now: number): QuietDays | undefined =>
  quiet.length === 0 ? undefined : quietOn(quiet, dayOf(wallOf(timezone, now)));

const quietOn = (quiet: QuietDays[], day: Day): QuietDays | undefined =>
  quiet.find(({ from, to }) => from <= day && day <= to);

const expressions = ({ cron, also = [] }: Schedule): string[] => [cron, ...also];

/** Goes back from the latest wall time that has been: it may lie after the present one where clocks were set back. */
function latestOf(cron: string, { timezone, quiet }: Times, now: number): number | null {
  const pattern = patternOf(cron);
  const here = wallOf(timezone, now);
  let best: number | null = null;
  let wall = before(pattern, Math.max(here, now + offsetAt(timezone, now - dayMs)) + 1);
  while (wall !== null) {
    for (const instant of instantsOf(pattern, timezone, wall)) {
      const silent = quietOn(quiet, dayOf(wallOf(timezone, instant)));
      if (silent) wall = Math.min(wall, startOf(silent.from));
      else if (instant <= now && (best === null || instant > best)) best = instant;
    }
    if (best !== null && wall <= here) return best;
    wall = before(pattern, wall);
  }
  return best;
}

/** Goes on from the earliest wall time that will be: it may lie before the present one where clocks will be set back. */
function nextOf(cron: string, { timezone, quiet }: Times, now: number): number | null {
  const pattern = patternOf(cron);
  const here = wallOf(timezone, now);
  let best: number | null = null;
  let wall = after(pattern, Math.min(here, now + offsetAt(timezone, now + dayMs)));
  while (wall !== null) {
    for (const instant of instantsOf(pattern, timezone, wall)) {
      const silent = quietOn(quiet, dayOf(wallOf(timezone, instant)));
      if (silent) wall = Math.max(wall, startOf(silent.to) + dayMs - secondMs);
      else if (instant > now && (best === null || instant < best)) best = instant;
    }
    if (best !== null && wall > here) return best;
    wall = after(pattern, wall);
  }
  return best;
}

interface Pattern {
  cron: Cron;
  /** Every hour that passes counts, not the hours of the clock. */
  hourly: boolean;
}

const patterns = new Map<string, Pattern>();

/** Throws what croner says of an expression that it cannot read. */
function patternOf(expression: string): Pattern {
  let pattern = patterns.get(expression);
  if (!pattern) {
    const cron = new Cron(expression, { utcOffset: 0, paused: true, mode: "5-part" });
    const hourly = expression.trim().split(/\s+/)[1] === "*" || expression.trim().toLowerCase() === "@hourly";
    patterns.set(expression, (pattern = { cron, hourly }));
  }
  return pattern;
}

/** Wall times are written as if they were UTC. croner counts whole seconds. */
const before = ({ cron }: Pattern, wall: number): number | null =>
  cron.previousRuns(1, new Date(Math.ceil(wall / secondMs) * secondMs))[0]?.getTime() ?? null;
const after = ({ cron }: Pattern, wall: number): number | null => cron.nextRun(new Date(wall))?.getTime() ?? null;

/** When a wall time is due: see `latestDueAt`. */
function instantsOf({ hourly }: Pattern, timezone: string, wall: number): number[] {
  const [earlier, later] = [offsetAt(timezone, wall - dayMs), offsetAt(timezone, wall + dayMs)];
  const offsets = earlier === later ? [earlier] : [Math.max(earlier, later), Math.min(earlier, later)];
  const there = offsets.map((offset) => wall - offset).filter((instant) => wallOf(timezone, instant) === wall);
  if (there.length > 0) return hourly ? there : there.slice(0, 1);
  return hourly || later - earlier >= dayMs ? [] : [endOfGap(timezone, wall, wall - later, wall - earlier)];
}

/** The first instant between `low` and `high` at which the clocks have passed `wall`. */
function endOfGap(timezone: string, wall: number, low: number, high: number): number {
  while (high - low > secondMs) {
    const middle = Math.floor((low + high) / 2 / secondMs) * secondMs;
    if (wallOf(timezone, middle) >= wall) high = middle;
    else low = middle;
  }
  return high;
}

const dayOf = (wall: number): Day => new Date(wall).toISOString().slice(0, 10);
const startOf = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
const wallOf = (timezone: string, instant: number): number => instant + offsetAt(timezone, instant);

const offsetFormats = new Map<string, Intl.DateTimeFormat>();

/** How far a zone is ahead of UTC, in milliseconds. Throws a RangeError for a zone that nobody knows. */
function offsetAt(timezone: string, instant: number): number {
  let format = offsetFormats.get(timezone);
  if (!format) {
    format = new Intl.DateTimeFormat("en", { timeZone: timezone, timeZoneName: "longOffset" });
    offsetFormats.set(timezone, format);
  }
  const [, sign, hours = 0, minutes = 0, seconds = 0] =
    /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(format.format(instant)) ?? [];
  return (sign === "-" ? -1 : 1) * ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
