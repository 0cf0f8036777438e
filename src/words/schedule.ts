/** When a project is asked next, in words. */
import type { Project, UiLanguage } from "../domain.ts";
import { words } from "./index.ts";

type Scheduled = Pick<Project, "schedule" | "timezone" | "groups" | "quiet"> & { pausedAt?: number | null };

/** One line for each next run, and for a pause or quiet days of which one must know; `now` is epoch milliseconds. */
export function shownSchedule(
  { schedule, groups, timezone, quiet, pausedAt = null }: Scheduled,
  next: { group: string; dueAt: number }[],
  now: number,
  language: UiLanguage,
): string[] {
  const { locale, schedule: wording } = words[language];
  const local = new Intl.DateTimeFormat("sv", { timeZone: timezone, dateStyle: "short", timeStyle: "short" });
  if (pausedAt !== null) return [wording.paused(local.format(pausedAt), timezone)];
  if (!schedule && groups.length === 0) return [wording.none];
  const weekday = new Intl.DateTimeFormat(locale, { timeZone: timezone, weekday: "short" });
  const today = local.format(now).slice(0, 10);
  const ahead = quiet
    .filter(({ to }) => to >= today)
    .sort((one, other) => one.from.localeCompare(other.from))
    .map(({ from, to }) => (from === to ? from : `${from}..${to}`));
  return [
    ...next.map(({ group, dueAt }) => {
      const time = `${weekday.format(dueAt)} ${local.format(dueAt)} (${timezone})`;
      return group ? wording.nextOfGroup(group, time) : wording.next(time);
    }),
    ...(next.length === 0 ? [wording.never] : []),
    ...(ahead.length > 0 ? [wording.quiet(ahead.slice(0, 5).join(", ") + (ahead.length > 5 ? ", ..." : ""))] : []),
  ];
}
