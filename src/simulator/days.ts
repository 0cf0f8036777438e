/** Days written YYYY-MM-DD as numbers and back. */
import type { Day } from "../domain.ts";
import { InputError } from "../errors.ts";
import { BoundedMap } from "./bounded.ts";

const dayMs = 86_400_000;
const shape = /^\d{4}-\d{2}-\d{2}$/;

/** True for a real calendar day written YYYY-MM-DD. */
export function isDay(text: string): text is Day {
  const ms = shape.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** Days read before: the same few are asked for with every answer. */
const known = new BoundedMap<Day, number>(1_000);

/** Days since 1970-01-01. Throws an InputError for anything that is not a day. */
export const dayIndex = (day: Day): number =>
  known.ensure(day, () => {
    if (!isDay(day)) throw new InputError(`${day} is not a day written YYYY-MM-DD`);
    return Date.parse(`${day}T00:00:00Z`) / dayMs;
  });

/** Seconds since 1970-01-01 at noon of the day. */
export const noonSeconds = (day: Day): number => (dayIndex(day) + 0.5) * (dayMs / 1000);

/** The day that many days after 1970-01-01. */
export const dayAt = (index: number): Day => new Date(index * dayMs).toISOString().slice(0, 10);
