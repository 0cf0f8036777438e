/** Which days and which surface are meant where nobody says so. */
import type { Day, Project, Surface } from "../domain.ts";
import { answeredDays, type Db } from "../store/index.ts";
import { addDays, daysFrom } from "./days.ts";

export interface Period {
  from?: Day | undefined;
  to?: Day | undefined;
  /** Days up to the last one with answers, where `from` is not given. */
  days: number | "all";
  /** The API where it has answers, unless given. */
  surface?: Surface | undefined;
}

export interface ChosenPeriod {
  from: Day;
  to: Day;
  surface: Surface;
  /** As many days before, to compare with; null where none of them has answers. */
  before: { from: Day; to: Day } | null;
}

/** The days and the surface of a period, by default its last days with answers; null when there is no answer yet. */
export async function choosePeriod(db: Db, { id }: Project, period: Period): Promise<ChosenPeriod | null> {
  const surface = period.surface ?? ((await answeredDays(db, id, "api")) ? "api" : "ui");
  const answered = await answeredDays(db, id, surface);
  if (!answered) return null;
  const to = period.to ?? answered.last;
  const from = period.from ?? (period.days === "all" ? answered.first : addDays(to, 1 - period.days));
  const before = { from: addDays(from, -daysFrom(from, to) - 1), to: addDays(from, -1) };
  return { from, to, surface, before: before.to < answered.first ? null : before };
}
