/** When something is due by the clock on the wall, found by looking at it every five minutes: slow, and sure. */
import fc from "fast-check";
import { dueAt, latestDueAt, nextDueAt, type Times } from "../../src/schedule/due.ts";

/** Zones that change in the night, at midnight, by half an hour or two hours, for Ramadan, never, and one that left out a day. */
export const zones = [
  "Europe/Stockholm",
  "America/New_York",
  "America/Sao_Paulo", // changed at midnight, until 2019
  "America/Nuuk", // late in the evening, and at midnight back into the day before
  "Australia/Lord_Howe", // half an hour
  "Africa/Casablanca",
  "Asia/Kolkata",
  "Pacific/Apia", // had no 30 December 2011
  "Antarctica/Troll", // two hours
];

const stepMs = 5 * 60_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const formats = new Map<string, Intl.DateTimeFormat>();

/** What the wall shows, such as `2026-03-29 03:00`. */
function wallText(timezone: string, instant: number): string {
  const digits = "2-digit";
  const format =
    formats.get(timezone) ??
    new Intl.DateTimeFormat("sv", {
      timeZone: timezone,
      year: "numeric",
      month: digits,
      day: digits,
      hour: digits,
      minute: digits,
    });
  formats.set(timezone, format);
  return format.format(instant);
}

/** A schedule in words of its own, and as cron. */
export interface WallSchedule {
  /** Times of the day; null for `minutes` of every hour that passes. */
  times: string[] | null;
  minutes: number[];
  /** 0 for Sunday; empty for all. */
  weekdays: number[];
}

const asCron = ({ times, minutes, weekdays }: WallSchedule): string[] => {
  const days = weekdays.length ? weekdays.join(",") : "*";
  const [first, ...rest] = times ?? [];
  if (first === undefined) return [`${minutes.join(",")} * * * ${days}`];
  return [first, ...rest].map((time) => `${Number(time.slice(3))} ${Number(time.slice(0, 2))} * * ${days}`);
};

/** All due times from `from` to `to` by looking at the wall. */
function dueByTheWall(schedule: WallSchedule, timezone: string, quiet: Times["quiet"], from: number, to: number) {
  const found = new Set<number>();
  const looks: { at: number; text: string }[] = [];
  for (let at = from - dayMs; at <= to + dayMs; at += stepMs) looks.push({ at, text: wallText(timezone, at) });
  const fits = (day: string) =>
    (schedule.weekdays.length === 0 || schedule.weekdays.includes(new Date(`${day}T00:00:00Z`).getUTCDay())) &&
    !quiet.some((stretch) => stretch.from <= day && day <= stretch.to);
  if (schedule.times === null) {
    for (const { at, text } of looks)
      if (schedule.minutes.includes(Number(text.slice(14))) && fits(text.slice(0, 10))) found.add(at);
  } else {
    for (const day of new Set(looks.slice(1).map(({ text }) => text.slice(0, 10))))
      for (const time of fits(day) ? schedule.times : []) {
        const first = looks.findIndex(({ text }) => text >= `${day} ${time}`);
        if (first > 0) found.add(looks[first]!.at);
      }
  }
  return [...found].filter((at) => at >= from && at <= to).sort((a, b) => a - b);
}

/** The instants within ten years at which the clocks of a zone are changed. */
function changes(timezone: string, firstYear: number): number[] {
  const ahead = (at: number) => Date.parse(`${wallText(timezone, at).replace(" ", "T")}Z`) - at;
  const found: number[] = [];
  const start = Date.UTC(firstYear, 0, 1);
  for (let at = start; at < start + 3653 * dayMs; at += 4 * dayMs) {
    let [low, high] = [at, at + 4 * dayMs];
    if (ahead(low) === ahead(high)) continue;
    while (high - low > stepMs) {
      const middle = low + Math.floor((high - low) / 2 / stepMs) * stepMs;
      if (ahead(middle) === ahead(low)) low = middle;
      else high = middle;
    }
    found.push(high);
  }
  return found;
}

const leapDays = [2008, 2012, 2024, 2028].map((year) => Date.UTC(year, 1, 29));
const two = (number: number) => String(number).padStart(2, "0");
const minute = fc.integer({ min: 0, max: 11 }).map((n) => n * 5);
/** Mostly around the hours at which clocks are changed. */
const time = fc
  .tuple(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 23 })), minute)
  .map(([hour, past]) => `${two(hour)}:${two(past)}`);
const schedules: fc.Arbitrary<WallSchedule> = fc.record({
  times: fc.option(fc.array(time, { minLength: 1, maxLength: 3 }), { freq: 4 }),
  minutes: fc.uniqueArray(minute, { minLength: 1, maxLength: 3 }),
  weekdays: fc.oneof(
    fc.constant<number[]>([]),
    fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 4 }),
  ),
});

/**
 * Holds `due.ts` against the wall around every change of the clocks in the ten years from `firstYear`, with `each`
 * schedules for each change that is looked at, of which there are `most` a zone.
 */
export function holdAgainstTheWall(timezone: string, firstYear: number, most: number, each: number): void {
  const dates = [...changes(timezone, firstYear), ...leapDays];
  const place = fc.tuple(fc.constantFrom(...dates), fc.integer({ min: -24, max: 6 }), schedules, fc.nat(5));
  fc.assert(
    fc.property(place, ([change, hours, schedule, gone]) => {
      const from = change + hours * hourMs;
      const to = from + 30 * hourMs;
      const day = wallText(timezone, from + 26 * hourMs).slice(0, 10);
      const quiet = gone === 0 ? [{ from: day, to: day }] : [];
      const [cron, ...also] = asCron(schedule);
      const times: Times = { schedule: { cron: cron!, also }, timezone, quiet };
      holdOnce(times, dueByTheWall(schedule, timezone, quiet, from, to), {
        from,
        to,
        gone: gone * hourMs + 3 * stepMs,
      });
    }),
    { numRuns: Math.min(dates.length, most) * each },
  );
}

/** The next time, the latest time, and what a ticker that is away for `gone` at a time opens. */
function holdOnce(times: Times, wanted: number[], { from, to, gone }: { from: number; to: number; gone: number }) {
  const shown = (all: number[]) => all.map((at) => `${new Date(at).toISOString()} (${wallText(times.timezone, at)})`);
  const next: number[] = [];
  for (let at = nextDueAt(times, from - 1); at !== null && at <= to; at = nextDueAt(times, at)) next.push(at);
  same(shown(next), shown(wanted), "the next due times");
  const quietOn = (at: number) =>
    times.quiet.some((stretch) => stretch.from === wallText(times.timezone, at).slice(0, 10));
  let since = from - 1;
  const [opened, missed]: number[][] = [[], []];
  for (let now = from; now <= to; now += gone) {
    const reached = quietOn(now) ? [] : wanted.filter((at) => at <= now);
    const latest = latestDueAt(times, now);
    if (reached.length > 0) same(shown([latest ?? 0]), shown(reached.slice(-1)), "the latest due time");
    const due = dueAt(times, since, now);
    if (reached.some((at) => at > since)) missed!.push(reached.at(-1)!);
    if (due !== null) opened!.push((since = due));
  }
  same(shown(opened!), shown(missed!), "the runs");
}

function same(found: string[], wanted: string[], what: string): void {
  if (found.join() !== wanted.join())
    throw new Error(`${what}: ${found.join(", ")}\nby the wall: ${wanted.join(", ")}`);
}
