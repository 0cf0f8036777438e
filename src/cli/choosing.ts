/** Options that say which project, which days and which values; shared by the commands that show numbers. */
import { InvalidArgumentError, type Command } from "commander";
import type { Project } from "../domain.ts";
import { InputError } from "../errors.ts";

export interface PeriodOptions {
  project?: string;
  days: number;
  from?: string;
  to?: string;
}

/** The options of every command that shows numbers of a period. */
export const withPeriod = (command: Command): Command =>
  command
    .option("--project <id>", "which project, where the database holds several")
    .option("--days <number>", "last days with answers", wholeDays, 28)
    .option("--from <day>", "first day, YYYY-MM-DD", someDay)
    .option("--to <day>", "last day, YYYY-MM-DD", someDay);

/** Values between commas. */
export const listed = (text: string): string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);

/** The project asked for, or the only one. Throws InputError that names the others. */
export function chosenProject(projects: Project[], key: string | undefined, how = "with --project"): Project {
  const keys = projects.map((project) => project.key).join(", ");
  if (projects.length === 0)
    throw new InputError("the database holds no project yet; `citera apply` or `citera run` puts one in");
  if (key === undefined && projects.length > 1)
    throw new InputError(`the database holds several projects; choose one ${how}: ${keys}`);
  const project = key === undefined ? projects[0] : projects.find((candidate) => candidate.key === key);
  if (!project) throw new InputError(`there is no project ${key}; there are ${keys}`);
  return project;
}

function wholeDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > 3660)
    throw new InvalidArgumentError("must be a whole number from 1 to 3660");
  return days;
}

/** Throws InputError where a period ends before it begins. */
export function checkPeriod({ from, to }: { from?: string | undefined; to?: string | undefined }): void {
  if (from !== undefined && to !== undefined && from > to) throw new InputError(`--from ${from} is after --to ${to}`);
}

/** A day as it is written on the command line. */
export function someDay(text: string): string {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(text))
    // 30 February would become 2 March
    throw new InvalidArgumentError("must be a day such as 2026-01-31");
  return text;
}
