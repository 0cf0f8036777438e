/** The one query door: metrics of a period, split and narrowed, each with its interval and denominator. */
import type { Break, Counts, Measure, Project } from "../domain.ts";
import { headlines, metrics } from "../metrics/index.ts";
import type { PromptCounts } from "../metrics/metric.ts";
import { addCounts, noCounts, sumAssistants, sumSurfaces, type Db } from "../store/index.ts";
import { measureAnswers } from "./answers.ts";
import { breaksIn } from "./breaks.ts";
import { cellsOf, Groups, labelsOf, type Group, type Grouped } from "./cells.ts";
import { ofAssistants, type Dimension } from "./dimensions.ts";
import { checkQuery, type MeasureQuery } from "./query.ts";

export { headlines, measureAnswers, metrics };
export type { MeasureQuery };

export interface MeasureRow extends Group {
  brandId: string;
  /** Metric id to measure. */
  measures: Record<string, Measure>;
}

export interface Measured {
  /** One per brand, split and bucket. Groups without answers have no row. */
  rows: MeasureRow[];
  /** Where a series of buckets is not the same before and after; none without buckets. */
  breaks: Break[];
}

/**
 * Metrics per brand and group. Every number is made of the counts of its prompts, never of other numbers.
 * Throws InputError where the query asks for what there is not.
 */
export async function measure(db: Db, project: Project, query: MeasureQuery): Promise<Measured> {
  checkQuery(query, metrics);
  const cells = cellsOf(await labelsOf(db, project.id));
  const groups = new Groups<Sums>(query, () => ({ brands: new Map(), all: new Map() }));
  for (const rollup of await countsOf(db, project, query)) {
    const cell = cells(rollup);
    for (const sums of groups.of(cell, rollup.day)) addTo(sums, rollup.brandId, cell.prompt.id, rollup);
  }
  const wanted = metrics.filter(({ id }) => query.metrics?.includes(id) ?? true);
  const rows = groups.all().flatMap((grouped) => measureGroup(grouped, wanted));
  return {
    rows: query.brands ? rows.filter(({ brandId }) => query.brands!.includes(brandId)) : rows,
    breaks: query.bucket ? await breaksIn(db, project, query.from, query.to) : [],
  };
}

/** The row of a brand that nothing was counted for. */
export const emptyRow = (brandId: string): MeasureRow => ({ brandId, split: {}, measures: measuresOf([], metrics) });

const measuresOf = (counts: PromptCounts[], wanted: typeof metrics): MeasureRow["measures"] =>
  Object.fromEntries(wanted.map((metric) => [metric.id, metric.measure(counts)]));

/** What was counted in the period, no further apart than the question needs. */
function countsOf(db: Db, { id }: Project, { from, to, filter = {}, groupBy = [], bucket }: MeasureQuery) {
  const asked = [...groupBy, ...(Object.keys(filter) as Dimension[])];
  const byDay = bucket !== undefined;
  return asked.some((one) => ofAssistants.includes(one))
    ? sumAssistants(db, id, from, to, { byDay, byModel: asked.includes("servedModel") })
    : sumSurfaces(db, id, from, to, { byDay, surfaces: filter.surface });
}

/** Counts of a group. */
interface Sums {
  /** Brand id to prompt id to counts. */
  brands: Map<string, Map<string, Counts>>;
  /** Prompt id to the counts of all brands together. */
  all: Map<string, Counts>;
}

function addTo(group: Sums, brandId: string, promptId: string, counts: Counts): void {
  let prompts = group.brands.get(brandId);
  if (!prompts) group.brands.set(brandId, (prompts = new Map<string, Counts>()));
  for (const sums of [prompts, group.all]) {
    let sum = sums.get(promptId);
    if (!sum) sums.set(promptId, (sum = noCounts()));
    addCounts(sum, counts);
  }
}

const measureGroup = ({ group, content: { brands, all } }: Grouped<Sums>, wanted: typeof metrics): MeasureRow[] =>
  [...brands].map(([brandId, prompts]) => {
    const counts: PromptCounts[] = [...prompts].map(([promptId, sum]) => ({ ...sum, all: all.get(promptId)! }));
    return { brandId, ...group, measures: measuresOf(counts, wanted) };
  });
