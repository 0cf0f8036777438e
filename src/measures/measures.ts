/** The one query door: metrics of a period, split and narrowed, each with its interval and denominator. */
import type { Break, Measure, Project } from "../domain.ts";
import { allMetrics, definitionWords, headlines, metrics } from "../metrics/index.ts";
import type { CountMetric, PromptCounts } from "../metrics/metric.ts";
import { listAskedDays, type Db } from "../store/index.ts";
import { measureAnswers } from "./answers.ts";
import { breaksOf } from "./breaks.ts";
import { cellsOf, labelsOf, type Group } from "./cells.ts";
import { changesOf, earlierOf } from "./compare.ts";
import type { Dimension, Split } from "./dimensions.ts";
import { countsOf, groupCounts, promptCounts } from "./groups.ts";
import { checkQuery, type MeasureQuery } from "./query.ts";

export { choosePeriod } from "./period.ts";
export { allMetrics, definitionWords, headlines, measureAnswers, metrics };
export type { CountMetric, Dimension, MeasureQuery, Split };

export interface MeasureRow extends Group {
  brandId: string;
  /** Metric id to measure. */
  measures: Record<string, Measure>;
  /** Metric id to what it changed by, where asked for a comparison. */
  changes?: Record<string, Measure>;
}

export interface Measured {
  /** One per brand, split and bucket. Groups without answers have no row. */
  rows: MeasureRow[];
  /** Where a series of buckets, or a period and the one before, are not the same before and after. */
  breaks: Break[];
}

/**
 * Metrics per brand and group. Every number is made of the counts of its prompts, never of other numbers.
 * Throws InputError where the query asks for what there is not.
 */
export async function measure(db: Db, project: Project, query: MeasureQuery): Promise<Measured> {
  checkQuery(query, metrics);
  const { from, to, bucket, compareTo, brands } = query;
  const wanted = metrics.filter(({ id }) => query.metrics?.includes(id) ?? true);
  const [labels, after, before, asked] = await Promise.all([
    labelsOf(db, project.id),
    countsOf(db, project, query, false),
    compareTo ? countsOf(db, project, earlierOf(query), false) : [],
    bucket || compareTo ? listAskedDays(db, project.id, compareTo?.from ?? from, to) : [],
  ]);
  const cells = cellsOf(labels);
  const changes = compareTo && (await changesOf(db, project, query, wanted, { cells, before, after, asked }));
  const rows = groupCounts(after, query, cells, { by: "prompt" }).flatMap(({ key, group, content }) =>
    [...content.brands.keys()]
      .filter((brandId) => brands?.includes(brandId) ?? true)
      .map((brandId): MeasureRow => ({
        brandId,
        ...group,
        measures: measuresOf([...promptCounts(content, brandId).values()], wanted),
        ...(changes && { changes: changes(key, brandId) }),
      })),
  );
  return { rows, breaks: breaksOf(asked, labels) };
}

/** The row of a brand that nothing was counted for. */
export const emptyRow = (brandId: string): MeasureRow => ({ brandId, split: {}, measures: measuresOf([], metrics) });

/** Metrics beside the headlines that have a value in any of these rows. */
export const furtherMetrics = (rows: readonly MeasureRow[]): CountMetric[] =>
  metrics.filter(
    ({ id }) =>
      !headlines.some((headline) => headline.id === id) && rows.some(({ measures }) => measures[id]?.value !== null),
  );

const measuresOf = (counts: PromptCounts[], wanted: typeof metrics): MeasureRow["measures"] =>
  Object.fromEntries(wanted.map((metric) => [metric.id, metric.measure(counts)]));
