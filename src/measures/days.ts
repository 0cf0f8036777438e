/** Arithmetic of days. */
import type { Day } from "../domain.ts";

const dayMs = 86_400_000;

/** The day `days` after `day`; days are counted in the calendar, whatever their length. */
export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** Days from one to a later one; 0 for the same. */
export const daysFrom = (one: Day, later: Day): number => (Date.parse(later) - Date.parse(one)) / dayMs;
