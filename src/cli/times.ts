/** Times and how long something took, as people read them. */

/** `2026-03-02 06:00` in an IANA time zone. */
export const shownTime = (at: number, timezone: string): string =>
  // Swedish writes dates as YYYY-MM-DD
  new Intl.DateTimeFormat("sv-SE", { timeZone: timezone, dateStyle: "short", timeStyle: "short" }).format(at);

/** `3 min 20 s`, `2 h 5 min`; of less than ten seconds also the tenths. */
export function shownDuration(ms: number, locale: string): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 10) return `${(ms / 1000).toLocaleString(locale, { maximumFractionDigits: 1 })} s`;
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
