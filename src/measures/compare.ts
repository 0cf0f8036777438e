/** What metrics changed by from an earlier period: the same questions, asked of the same assistants. */
import type { Measure, Project } from "../domain.ts";
import type { CountMetric } from "../metrics/metric.ts";
import { listAskedDays, type Db } from "../store/index.ts";
import type { CellKeys } from "./cells.ts";
import type { Cell } from "./dimensions.ts";
import { countsOf, groupCounts, promptCounts, type Counted, type Grouping } from "./groups.ts";
import type { MeasureQuery } from "./query.ts";

/** The changes of one group, by brand and metric; all of them null where only one period has answers. */
export type Changes = (group: string, brandId: string) => Record<string, Measure>;

/**
 * Pairs every prompt version asked in both periods with itself; assistants that answered in one period only are left
 * out of both, so that a new assistant is not taken for a change. `counted`: what was counted in the later period.
 */
export async function changesOf(
  db: Db,
  project: Project,
  query: MeasureQuery,
  wanted: readonly CountMetric[],
  { cells, counted }: { cells: (keys: CellKeys) => Cell; counted: readonly Counted[] },
): Promise<Changes> {
  const earlier = { ...query, ...query.compareTo! };
  const grouping = await groupingOf(db, project, query, earlier);
  const apart = grouping.assistants !== undefined;
  const contents = (counts: readonly Counted[]) =>
    new Map(groupCounts(counts, query, cells, grouping).map(({ key, content }) => [key, content]));
  const before = contents(await countsOf(db, project, earlier, apart));
  const after = contents(apart ? await countsOf(db, project, query, apart) : counted);
  return (key, brandId) => {
    const [old, now] = [before.get(key), after.get(key)];
    const [first, last] = [old && promptCounts(old, brandId), now && promptCounts(now, brandId)];
    const pairs = [...(last ?? [])].flatMap(([version, counts]) => {
      const former = first?.get(version);
      return former ? [{ before: former, after: counts }] : [];
    });
    return Object.fromEntries(wanted.map((metric) => [metric.id, metric.change(pairs)]));
  };
}

/** Keeps assistants apart only where they are not the same in both periods: adding up all is far quicker. */
async function groupingOf(db: Db, { id }: Project, query: MeasureQuery, earlier: MeasureQuery): Promise<Grouping> {
  const asked = async ({ from, to }: MeasureQuery) =>
    new Set((await listAskedDays(db, id, from, to)).flatMap(({ models }) => models.map((one) => one.assistantId)));
  const [before, after] = [await asked(earlier), await asked(query)];
  const both = new Set([...after].filter((assistant) => before.has(assistant)));
  return both.size === before.size && both.size === after.size
    ? { by: "version" }
    : { by: "version", assistants: both };
}
