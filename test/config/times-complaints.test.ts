/** Every complaint about times in a project file, schedules, groups, quiet days and what is kept, says how to mend it. */
import { expect, it } from "vitest";
import { complaints, field } from "../support/project-text.ts";

const forms =
  'citera.yaml:4: schedule: must be one of `daily: "06:00"`, `weekly: { day: mon, at: "06:00" }`, `every: 6h`, ' +
  '`days: [mon, fri]` with `at: ["06:00", "18:00"]`, or `cron: "0 6 * * *"`';
const everyHours =
  "citera.yaml:4: schedule.every: must be a number of hours that divides the day: 1h, 2h, 3h, 4h, 6h, 8h, 12h, 24h";

const cases: [what: string, project: string, ...complaints: string[]][] = [
  [
    "a cron minute that is none",
    field('schedule: { cron: "61 * * * *" }'),
    "citera.yaml:4: schedule.cron: CronPattern: Invalid value for minute: 61; write five fields such as `0 6 * * 1-5`",
  ],
  [
    "a cron day that never comes",
    field('schedule: { cron: "0 6 31 2 *" }'),
    "citera.yaml:4: schedule.cron: the time 0 6 31 2 * never comes",
  ],
  [
    "a time that is none",
    field('schedule: { daily: "25:00" }'),
    "citera.yaml:4: schedule.daily: must be a time such as 06:30 (in quotes)",
  ],
  ["a schedule nobody knows", field("schedule: { hourly: 5 }"), forms],
  ["two schedules in one", field('schedule: { daily: "06:00", every: 6h }'), forms],
  [
    "a schedule that is only a word",
    field("schedule: daily"),
    "citera.yaml:4: schedule: must be a group of fields (`name: value`)",
  ],
  [
    "a schedule's field with a slip of the pen",
    field('schedule: { every: 6h, att: "01:30" }'),
    "citera.yaml:4: schedule.att: there is no such field (did you mean `at`?)",
  ],
  ["hours that do not divide the day", field("schedule: { every: 5h }"), everyHours],
  ["hours without their unit", field("schedule: { every: 6 }"), everyHours],
  [
    "several beginnings of hours",
    field('schedule: { every: 6h, at: ["01:00", "02:00"] }'),
    "citera.yaml:4: schedule.at: may stand beside `days`, and as one time beside `every`",
  ],
  [
    "a time beside a daily one",
    field('schedule: { daily: "06:00", at: "07:00" }'),
    "citera.yaml:4: schedule.at: may stand beside `days`, and as one time beside `every`",
  ],
  [
    "days without a time",
    field("schedule: { days: [mon] }"),
    'citera.yaml:4: schedule: needs `at: "06:00"` beside `days`',
  ],
  [
    "a day of the week that is none",
    field('schedule: { days: [mon, tor], at: "06:00" }'),
    "citera.yaml:4: schedule.days[1]: must be one of mon, tue, wed, thu, fri, sat, sun",
  ],
  [
    "a time that is none among several",
    field('schedule: { days: [mon], at: ["06:00", "24:00"] }'),
    "citera.yaml:4: schedule.at[1]: must be a time such as 06:30 (in quotes)",
  ],
  [
    "a group's cron that never comes",
    field('groups: [{ id: g, schedule: { cron: "0 6 30 2 *" }, prompts: { phases: [consideration] } }]'),
    "citera.yaml:4: groups[0].schedule.cron: the time 0 6 30 2 * never comes",
  ],
  [
    "a group without prompts",
    field("groups: [{ id: g, schedule: { every: 6h }, prompts: {} }]"),
    "citera.yaml:4: groups[0].prompts: must name prompts by `ids`, `topics`, `tags` or `phases`",
  ],
  [
    "a group's field with a slip of the pen",
    field("groups: [{ id: g, shedule: { every: 6h }, prompts: { tag: [a], ids: [b] } }]"),
    "citera.yaml:4: groups[0].schedule: is missing",
    "citera.yaml:4: groups[0].prompts.tag: there is no such field (did you mean `tags`?)",
    "citera.yaml:4: groups[0].shedule: there is no such field (did you mean `schedule`?)",
  ],
  [
    "a group that is there twice, and its prompt nowhere",
    field(
      `groups:
  - { id: g, schedule: { every: 6h }, prompts: { phases: [consideration] } }
  - { id: g, schedule: { every: 6h }, prompts: { ids: [best-one] } }`,
    ).replace("- text", "- id: best\n    text"),
    "citera.yaml:6: groups[1].id: the group g is there twice",
    "citera.yaml:6: groups[1].prompts.ids[0]: there is no prompt with the id best-one",
  ],
  [
    "a quiet day that is a number",
    field("quiet: [2026]"),
    'citera.yaml:4: quiet[0]: must be a day such as "2026-12-24" (in quotes)',
  ],
  [
    "quiet days that are in no calendar, or go backwards",
    field('quiet: ["2026-02-30", "2026-12-27..2026-12-24", christmas, 2026-12-24..2026-12-26..2026-12-27]'),
    'citera.yaml:4: quiet[0]: 2026-02-30 is not a day; write "2026-12-24", or "2026-12-24..2027-01-06"',
    "citera.yaml:4: quiet[1]: ends on 2026-12-24 before it begins on 2026-12-27; turn the two days round",
    'citera.yaml:4: quiet[2]: christmas is not a day; write "2026-12-24", or "2026-12-24..2027-01-06"',
    'citera.yaml:4: quiet[3]: 2026-12-24..2026-12-26..2026-12-27 is not a day; write "2026-12-24", or "2026-12-24..2027-01-06"',
  ],
  [
    "answers given up before their raw bodies",
    field("keep: { raw: 400, answers: 30 }"),
    "citera.yaml:4: keep.answers: answers cannot be kept for fewer days (30) than their raw bodies (400)",
  ],
  ["days that are none to keep", field("keep: { raw: 0 }"), "citera.yaml:4: keep.raw: must be at least 1 (days)"],
];

it.each(cases)("a complaint about %s names place and remedy", (_, project, ...expected) => {
  expect(complaints(project)).toEqual(expected);
});
