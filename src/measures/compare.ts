/** What metrics changed by from an earlier period: the same questions, asked of the same assistants. */
import type { Measure, Project } from "../domain.ts";
import type { CountMetric } from "../metrics/metric.ts";
import type { AskedDay, Db } from "../store/index.ts";
import type { CellKeys } from "./cells.ts";
import type { Cell } from "./dimensions.ts";
import { countsOf, groupCounts, promptCounts, type Counted, type Grouping } from "./groups.ts";
import type { MeasureQuery } from "./query.ts";

/** The changes of one group, by brand and metric; all of them null where only one period has answers. */
export type Changes = (group: string, brandId: string) => Record<string, Measure>;

/** What was read of both periods. */
export interface Read {
  cells: (keys: CellKeys) => Cell;
  before: readonly Counted[];
  after: readonly Counted[];
  /** The days of both. */
  asked: readonly AskedDay[];
}

/**
 * Pairs every prompt version asked in both periods with itself; assistants that answered in one period only are left
 * out of both, so that a new assistant is not taken for a change.
 */
export async function changesOf(
  db: Db,
  project: Project,
  query: MeasureQuery,
  wanted: readonly CountMetric[],
  read: Read,
): Promise<Changes> {
  const earlier = earlierOf(query);
  const grouping = groupingOf(read.asked, query, earlier);
  const apart = grouping.assistants !== undefined;
  const contents = (counts: readonly Counted[]) =>
    new Map(groupCounts(counts, query, read.cells, grouping).map(({ key, content }) => [key, content]));
  const before = contents(apart ? await countsOf(db, project, earlier, apart) : read.before);
  const after = contents(apart ? await countsOf(db, project, query, apart) : read.after);
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

/** The same question of the period that is compared with. */
export const earlierOf = (query: MeasureQuery): MeasureQuery => ({ ...query, ...query.compareTo! });

/** Keeps assistants apart only where they are not the same in both periods: adding up all is far quicker. */
function groupingOf(asked: readonly AskedDay[], query: MeasureQuery, earlier: MeasureQuery): Grouping {
  const answering = ({ from, to }: MeasureQuery) => {
    const days = asked.filter(({ day }) => from <= day && day <= to);
    return new Set(days.flatMap(({ models }) => models.map((one) => one.assistantId)));
  };
  const [before, after] = [answering(earlier), answering(query)];
  const both = new Set([...after].filter((assistant) => before.has(assistant)));
  return both.size === before.size && both.size === after.size
    ? { by: "version" }
    : { by: "version", assistants: both };
}
