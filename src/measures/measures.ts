/** The one query door: metrics of a period, split and narrowed, each with its interval and denominator. */
import type { Break, Counts, Day, Measure, Project, Surface } from "../domain.ts";
import { headlines, metrics } from "../metrics/index.ts";
import type { PromptCounts } from "../metrics/metric.ts";
import {
  addCounts,
  listAllAssistants,
  listPromptLabels,
  noCounts,
  sumAssistants,
  sumSurfaces,
  type Db,
} from "../store/index.ts";
import { breaksIn } from "./breaks.ts";
import { dimensions, ofAssistants, splitsOf, type Cell, type Dimension, type Split } from "./dimensions.ts";
import { bucketOf, checkQuery, type MeasureQuery } from "./query.ts";

export { headlines, metrics };
export type { MeasureQuery };

export interface MeasureRow {
  brandId: string;
  /** A value of each dimension grouped by. */
  split: Split;
  /** The bucket's first day, where asked for buckets. */
  bucket?: Day;
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
  checkQuery(query);
  const { filter = {}, groupBy = [], bucket } = query;
  const cells = await cellsOf(db, project.id);
  const groups = new Map<string, Group>();
  for (const rollup of await countsOf(db, project, query)) {
    const cell = cells(rollup);
    if (!passes(cell, filter)) continue;
    const start = bucket && bucketOf(rollup.day, bucket);
    for (const split of splitsOf(cell, groupBy)) {
      const key = JSON.stringify([start, split]);
      let group = groups.get(key);
      if (!group) groups.set(key, (group = { split, bucket: start, brands: new Map(), all: new Map() }));
      addTo(group, rollup.brandId, cell.prompt.id, rollup);
    }
  }
  const wanted = metrics.filter(({ id }) => query.metrics?.includes(id) ?? true);
  const rows = [...groups.values()].flatMap((group) => measureGroup(group, wanted));
  return {
    rows: query.brands ? rows.filter(({ brandId }) => query.brands!.includes(brandId)) : rows,
    breaks: bucket ? await breaksIn(db, project, query.from, query.to) : [],
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

interface CellKeys {
  promptVersionId: string;
  /** Empty where assistants are not kept apart; then the surface is told. */
  assistantId: string;
  servedModel: string;
  surface?: Surface;
}

/** Finds what counts are about. */
async function cellsOf(db: Db, projectId: string): Promise<(keys: CellKeys) => Cell> {
  const labels = new Map((await listPromptLabels(db, projectId)).map((label) => [label.versionId, label]));
  const assistants = new Map((await listAllAssistants(db, projectId)).map((one) => [one.id, one]));
  return ({ promptVersionId, assistantId, servedModel, surface }) => {
    const { prompt, version } = labels.get(promptVersionId)!;
    const assistant = assistants.get(assistantId);
    return { prompt, version, assistant, servedModel, surface: surface ?? assistant!.surface };
  };
}

const passes = (cell: Cell, filter: NonNullable<MeasureQuery["filter"]>): boolean =>
  Object.entries(filter).every(([dimension, allowed]) =>
    dimensions[dimension as Dimension](cell).some((value) => allowed.includes(value)),
  );

interface Group {
  split: Split;
  bucket: Day | undefined;
  /** Brand id to prompt id to counts. */
  brands: Map<string, Map<string, Counts>>;
  /** Prompt id to the counts of all brands together. */
  all: Map<string, Counts>;
}

function addTo(group: Group, brandId: string, promptId: string, counts: Counts): void {
  let prompts = group.brands.get(brandId);
  if (!prompts) group.brands.set(brandId, (prompts = new Map<string, Counts>()));
  for (const sums of [prompts, group.all]) {
    let sum = sums.get(promptId);
    if (!sum) sums.set(promptId, (sum = noCounts()));
    addCounts(sum, counts);
  }
}

function measureGroup({ split, bucket, brands, all }: Group, wanted: typeof metrics): MeasureRow[] {
  return [...brands].map(([brandId, prompts]) => {
    const counts: PromptCounts[] = [...prompts].map(([promptId, sum]) =>
      Object.assign(sum, { all: all.get(promptId)! }),
    );
    return { brandId, split, ...(bucket !== undefined && { bucket }), measures: measuresOf(counts, wanted) };
  });
}
