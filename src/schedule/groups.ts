/** Which prompts are due together: those of a group, and those of none; pure. */
import type { Project, Prompt, PromptGroup } from "../domain.ts";
import { nextDueAt, type Times } from "./due.ts";

type Labels = Pick<Prompt, "key" | "topic" | "tags" | "phase">;

/** The key of the group that a prompt belongs to, the first that fits; empty for none. */
export const groupOf = (prompt: Labels, groups: PromptGroup[]): string =>
  groups.find((group) => fits(prompt, group.prompts))?.key ?? "";

const fits = (prompt: Labels, { keys, topics, tags, phases }: PromptGroup["prompts"]): boolean =>
  keys?.includes(prompt.key) ||
  (prompt.topic !== null && topics?.includes(prompt.topic)) ||
  tags?.some((tag) => prompt.tags.includes(tag)) ||
  phases?.includes(prompt.phase) ||
  false;

/** What is due apart from the rest: a group's key, or an empty one for the project's own schedule, and its times. */
export interface GroupTimes extends Times {
  group: string;
}

type Scheduled = Pick<Project, "schedule" | "timezone" | "groups" | "quiet">;

/** The project's own schedule, if it has one, and those of its groups. */
export const timesOf = ({ schedule, timezone, groups, quiet }: Scheduled): GroupTimes[] =>
  [...(schedule ? [{ key: "", schedule }] : []), ...groups].map(({ key, schedule }) => ({
    group: key,
    schedule,
    timezone,
    quiet,
  }));

/** When what is due next; those that are never due again are left out. */
export const upcoming = (project: Scheduled, now: number): { group: string; dueAt: number }[] =>
  timesOf(project)
    .flatMap((times) => {
      const next = nextDueAt(times, now);
      return next === null ? [] : [{ group: times.group, dueAt: next }];
    })
    .sort((one, other) => one.dueAt - other.dueAt);
