/** Reads roll-ups: counts of a period, added up as far as asked. */
import { and, asc, desc, eq, gt, gte, inArray, lte, sql, sum, type SQL } from "drizzle-orm";
import type { Counts, Day, Outcome, Surface } from "../domain.ts";
import { countNames, CountSums } from "./matrix.ts";
import type { Db } from "./store.ts";

/** Counts of one prompt version and brand; "" stands for what is not kept apart. */
export interface SummedCounts extends Counts {
  day: Day;
  surface: Surface;
  promptVersionId: string;
  assistantId: string;
  servedModel: string;
  brandId: string;
}

const surfaceKinds: readonly Surface[] = ["api", "ui"];

/** Days read at once: a thousand prompts and twenty brands are half a megabyte a day. */
const daysAtOnce = 100;

type SurfaceDay = Pick<Db["tables"]["surfaceDays"]["$inferSelect"], "day" | "promptVersions" | "brands" | "counts">;

/** The days of a surface, in order, some at a time. */
async function* surfaceDaysIn(
  db: Db,
  projectId: string,
  from: Day,
  to: Day,
  surface: Surface,
): AsyncGenerator<SurfaceDay[], void, undefined> {
  const { surfaceDays } = db.tables;
  const { day, promptVersions, brands, counts } = surfaceDays;
  let after = "";
  for (;;) {
    const rows = await db
      .select({ day, promptVersions, brands, counts })
      .from(surfaceDays)
      .where(
        and(
          eq(surfaceDays.projectId, projectId),
          eq(surfaceDays.surface, surface),
          after === "" ? gte(surfaceDays.day, from) : gt(surfaceDays.day, after),
          lte(surfaceDays.day, to),
        ),
      )
      .orderBy(asc(surfaceDays.day))
      .limit(daysAtOnce);
    if (rows.length > 0) yield rows;
    if (rows.length < daysAtOnce) return;
    after = rows.at(-1)!.day;
  }
}

/** Counts over all assistants of a surface, per prompt version and brand, and per day where asked. */
export async function sumSurfaces(
  db: Db,
  projectId: string,
  from: Day,
  to: Day,
  { surfaces = surfaceKinds, byDay }: { surfaces?: readonly string[] | undefined; byDay: boolean },
): Promise<SummedCounts[]> {
  const summed: SummedCounts[] = [];
  for (const surface of surfaceKinds.filter((kind) => surfaces.includes(kind))) {
    const sums = new CountSums();
    const take = (day: Day) => {
      // the sums themselves, as there are thousands: a copy takes longer than reading them did
      for (const sum of sums.take())
        summed.push(Object.assign(sum, { day, surface, assistantId: "", servedModel: "" }));
    };
    for await (const rows of surfaceDaysIn(db, projectId, from, to, surface))
      for (const row of rows) {
        sums.add(row, row.counts);
        if (byDay) take(row.day);
      }
    if (!byDay) take("");
  }
  return summed;
}

/** Counts per prompt version, brand and assistant, and per day and served model where asked; of all versions or some. */
export function sumAssistants(
  db: Db,
  projectId: string,
  from: Day,
  to: Day,
  { byDay, byModel, versionIds }: { byDay: boolean; byModel: boolean; versionIds?: string[] },
): Promise<Omit<SummedCounts, "surface">[]> {
  const { rollups } = db.tables;
  const keys = {
    day: byDay ? rollups.day : nothing,
    servedModel: byModel ? rollups.servedModel : nothing,
  };
  const counts = Object.fromEntries(
    countNames.map((name) => [name, sum(rollups[name]).mapWith(withoutDust)]),
  ) as Record<(typeof countNames)[number], SQL<number>>; // fromEntries forgets the names
  const { promptVersionId, brandId, assistantId } = rollups;
  return db
    .select({ promptVersionId, brandId, assistantId, ...keys, ...counts })
    .from(rollups)
    .where(
      and(
        eq(rollups.projectId, projectId),
        gte(rollups.day, from),
        lte(rollups.day, to),
        versionIds && inArray(promptVersionId, versionIds),
      ),
    )
    .groupBy(promptVersionId, brandId, assistantId, ...Object.values(keys).filter((key) => key !== nothing));
}

/** The last digits of a sum of fractions depend on the order of the rows, which Postgres does not promise. */
const withoutDust = (sum: unknown): number => Math.round(Number(sum) * 1e9) / 1e9;

const nothing = sql<string>`''`;

/** What was asked and which models answered on a day, on every surface. */
export interface AskedDay {
  day: Day;
  promptVersions: string[];
  models: { assistantId: string; servedModel: string; answers: number }[];
}

/** Days with answers in order of days, one per surface. */
export async function listAskedDays(db: Db, projectId: string, from: Day, to: Day): Promise<AskedDay[]> {
  const { surfaceDays } = db.tables;
  const { day, promptVersions, models } = surfaceDays;
  return db
    .select({ day, promptVersions, models })
    .from(surfaceDays)
    .where(and(eq(surfaceDays.projectId, projectId), gte(day, from), lte(day, to)))
    .orderBy(asc(day), asc(surfaceDays.surface));
}

export interface OutcomeCount {
  assistantId: string;
  servedModel: string | null;
  outcome: Outcome;
  answers: number;
  /** null when none of these answers has a known price. */
  costMicroUsd: number | null;
  /** Answers whose price is known. */
  priced: number;
  /** Answers to questions whose country and time zone could not be passed on. */
  unlocated: number;
}

/** Outcomes and cost per assistant and served model in a period, of all replies on the days that are counted. */
export async function countOutcomes(db: Db, projectId: string, from: Day, to: Day): Promise<OutcomeCount[]> {
  const { outcomeRollups: rollups } = db.tables;
  const { assistantId, servedModel, outcome } = rollups;
  const rows = await db
    .select({
      assistantId,
      servedModel: sql<string | null>`nullif(${servedModel}, '')`,
      outcome,
      answers: sum(rollups.replies).mapWith(Number),
      costMicroUsd: sum(rollups.costMicroUsd).mapWith(Number),
      priced: sum(rollups.priced).mapWith(Number),
      unlocated: sum(rollups.unlocated).mapWith(Number),
    })
    .from(rollups)
    .where(and(eq(rollups.projectId, projectId), gte(rollups.day, from), lte(rollups.day, to)))
    .groupBy(assistantId, servedModel, outcome)
    .orderBy(assistantId, servedModel, outcome);
  return rows.map((row) => ({ ...row, costMicroUsd: row.priced > 0 ? row.costMicroUsd : null }));
}

/** The day of a period from which on a surface has `latest` replies; null where the whole period has fewer. */
export async function dayWithLatest(
  db: Db,
  projectId: string,
  { from, to, surface }: { from: Day; to: Day; surface: Surface },
  latest: number,
): Promise<Day | null> {
  const { outcomeRollups: rollups, assistants } = db.tables;
  const rows = await db
    .select({ day: rollups.day, replies: sum(rollups.replies).mapWith(Number) })
    .from(rollups)
    .innerJoin(assistants, eq(assistants.id, rollups.assistantId))
    .where(
      and(
        eq(rollups.projectId, projectId),
        gte(rollups.day, from),
        lte(rollups.day, to),
        eq(assistants.surface, surface),
      ),
    )
    .groupBy(rollups.day)
    .orderBy(desc(rollups.day));
  let counted = 0;
  return rows.find(({ replies }) => (counted += replies) >= latest)?.day ?? null;
}

/** How many replies to a prompt version ended how; the day is "" where days are not kept apart. */
export interface SummedOutcomes {
  day: Day;
  promptVersionId: string;
  assistantId: string;
  servedModel: string;
  outcome: Outcome;
  replies: number;
}

/** Outcomes of a period, and per day where asked. */
export function sumOutcomes(
  db: Db,
  projectId: string,
  from: Day,
  to: Day,
  { byDay }: { byDay: boolean },
): Promise<SummedOutcomes[]> {
  const { outcomeRollups: table } = db.tables;
  const { promptVersionId, assistantId, servedModel, outcome } = table;
  const keys = { promptVersionId, assistantId, servedModel, outcome };
  return db
    .select({ ...keys, day: byDay ? table.day : nothing, replies: sum(table.replies).mapWith(Number) })
    .from(table)
    .where(and(eq(table.projectId, projectId), gte(table.day, from), lte(table.day, to)))
    .groupBy(...Object.values(keys), ...(byDay ? [table.day] : []));
}
