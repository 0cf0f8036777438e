/** Reads when prompts are asked: schedules, groups of prompts with their own, and quiet days. */
import type { ProjectDefinition, PromptGroup, QuietDays, Schedule } from "../domain.ts";
import { messageOf } from "../errors.ts";
import { nextDueAt } from "../schedule/due.ts";
import { groupOf } from "../schedule/groups.ts";
import type { ProjectInput, ScheduleInput } from "./schema.ts";
import { didYouMean, type Path, type Source } from "./source.ts";

type Prompts = ProjectDefinition["prompts"];
type ReadTimes = Pick<ProjectDefinition, "schedule" | "groups" | "quiet">;

/** Complaints are added to `problems`, what can be used all the same to `warnings`. */
export function readTimes(
  { schedule, groups, quiet }: ProjectInput,
  prompts: Prompts,
  source: Source,
  { problems, warnings }: { problems: string[]; warnings: string[] },
): ReadTimes {
  const read = (input: ScheduleInput, path: Path): Schedule => {
    const made = scheduleOf(input);
    if (input.cron !== undefined) checkCron(made, source.place([...path, "cron"]), problems);
    return made;
  };
  const times: ReadTimes = {
    schedule: schedule ? read(schedule, ["schedule"]) : null,
    groups: groups.map(({ id, schedule, prompts: { ids, ...labels } }, i) => ({
      key: id,
      schedule: read(schedule, ["groups", i, "schedule"]),
      prompts: { ...(ids && { keys: ids }), ...labels },
    })),
    quiet: quiet.flatMap((text, i) => readQuiet(text, source.place(["quiet", i]), problems)),
  };
  checkGroups(times, prompts, source, problems);
  if (problems.length === 0) warnings.push(...idleTimes(times, prompts, source));
  return times;
}

/** Times of day as cron; several minutes need several expressions. */
function scheduleOf({ daily, weekly, cron, every, days, at }: ScheduleInput): Schedule {
  if (cron !== undefined) return { cron };
  const dayList = weekly ? weekly.day : days ? [...new Set(days)].join(",") : "*";
  if (every === "1h") return { cron: `${minuteOf(at)} * * * *` };
  const times = every === undefined ? [daily ?? weekly?.at ?? at!].flat() : timesEvery(Number.parseInt(every), at);
  const [first, ...also] = [...new Set(times.map(minuteOf))].map((minute) => {
    const hours = times.filter((time) => minuteOf(time) === minute).map(hourOf);
    return `${minute} ${[...new Set(hours)].sort((a, b) => a - b).join(",")} * * ${dayList}`;
  });
  return { cron: first!, ...(also.length > 0 && { also }) };
}

type At = ScheduleInput["at"];

const hourOf = (time: string): number => Number(time.slice(0, 2));
const minuteOf = (at: At): number => (typeof at === "string" ? Number(at.slice(3)) : 0);

/** Counted from `at`, or from midnight. */
const timesEvery = (hours: number, at: At): string[] => {
  const [hour, minute] = typeof at === "string" ? [hourOf(at), at.slice(3)] : [0, "00"];
  return Array.from({ length: 24 / hours }, (_, i) => `${String((hour + i * hours) % 24).padStart(2, "0")}:${minute}`);
};

/** The five fields of cron: readable, and with a time that comes. */
function checkCron(schedule: Schedule, place: string, problems: string[]): void {
  try {
    if (nextDueAt({ schedule, timezone: "UTC", quiet: [] }, 0) === null)
      problems.push(`${place}: the time ${schedule.cron} never comes`);
  } catch (error) {
    problems.push(`${place}: ${messageOf(error)}; write five fields such as \`0 6 * * 1-5\``);
  }
}

function readQuiet(text: string, place: string, problems: string[]): QuietDays[] {
  const [from, to = from, ...more] = text.split("..").map((day) => day.trim());
  const wrong = [from!, to!].find((day) => !isDay(day));
  if (more.length > 0 || wrong !== undefined)
    problems.push(`${place}: ${wrong ?? text} is not a day; write "2026-12-24", or "2026-12-24..2027-01-06"`);
  else if (from! > to!) problems.push(`${place}: ends on ${to} before it begins on ${from}; turn the two days round`);
  else return [{ from: from!, to: to! }];
  return [];
}

/** A day of the calendar: YYYY-MM-DD, and not 30 February. */
const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) &&
  !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) &&
  new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

function checkGroups({ groups }: ReadTimes, prompts: Prompts, source: Source, problems: string[]): void {
  const known = prompts.map(({ key }) => key);
  groups.forEach((group, i) => {
    if (groups.findIndex(({ key }) => key === group.key) < i)
      problems.push(`${source.place(["groups", i, "id"])}: the group ${group.key} is there twice`);
    group.prompts.keys?.forEach((key, at) => {
      if (!known.includes(key))
        problems.push(
          `${source.place(["groups", i, "prompts", "ids", at])}: there is no prompt with the id ${key}${didYouMean(key, known)}`,
        );
    });
  });
}

/** Schedules by which nothing is asked. */
function idleTimes({ schedule, groups }: ReadTimes, prompts: Prompts, source: Source): string[] {
  const used = new Set(prompts.map((prompt) => groupOf(prompt, groups)));
  const idle = groups.flatMap(({ key }: PromptGroup, i) =>
    used.has(key)
      ? []
      : `${source.place(["groups", i])}: the group ${key} has no prompt: none fits, or groups before it have them all`,
  );
  if (schedule && !used.has(""))
    idle.push(`${source.place(["schedule"])}: asks nothing: every prompt belongs to a group with its own schedule`);
  return idle;
}
