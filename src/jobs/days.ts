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

export { addDays } from "../measures/days.ts";
