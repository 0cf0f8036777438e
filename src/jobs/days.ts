/** Local calendar days of instants, in any time zone. */
import type { Day } from "../domain.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

/** The local day, YYYY-MM-DD, of `at` (epoch milliseconds) in an IANA time zone. */
export function localDay(at: number, timezone: string): Day {
  let format = formats.get(timezone);
  if (!format) {
    // Swedish writes dates as YYYY-MM-DD
    format = new Intl.DateTimeFormat("sv-SE", {
      timeZone: timezone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    formats.set(timezone, format);
  }
  return format.format(at);
}

/** The day `days` after `day`; days are counted in the calendar, whatever their length. */
export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
