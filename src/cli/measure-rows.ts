/** Asks the query door and gives flat rows: names for ids, numbers with their intervals, changes beside them. */
import { stringify } from "csv-stringify/sync";
import type { Measure, Project } from "../domain.ts";
import { InputError } from "../errors.ts";
import {
  allMetrics,
  measure,
  measureAnswers,
  metrics,
  type Dimension,
  type MeasureQuery,
  type Split,
} from "../measures/measures.ts";
import type { Db } from "../store/index.ts";
import type { Names } from "./project-names.ts";

/** One number. */
export interface FlatRow {
  bucket?: string;
  split: Split;
  metric: string;
  brand?: string;
  rival?: string;
  source?: string;
  measure: Measure;
  change?: Measure;
}

const counted = new Set<string>(metrics.map(({ id }) => id));

/** The rows of all metrics asked for, in the order of days, groups and metrics. Throws InputError. */
export async function flatRows(db: Db, project: Project, query: MeasureQuery, names: Names): Promise<FlatRow[]> {
  const asked = query.metrics ?? [];
  const unknown = asked.filter((id) => !allMetrics.some((metric) => metric.id === id && metric.reads !== "pairs"));
  if (unknown.includes("change")) throw new InputError("change: ask for another metric with --compare");
  if (unknown.length > 0)
    throw new InputError(`there is no metric ${unknown.join(", ")}; \`citera metrics\` lists what there is`);
  const [ofCounts, ofAnswers] = [asked.filter((id) => counted.has(id)), asked.filter((id) => !counted.has(id))];
  const rows: FlatRow[] = [];
  const nameOf = namesOf(names);
  if (ofCounts.length > 0)
    for (const row of (await measure(db, project, { ...query, metrics: ofCounts })).rows)
      for (const [metric, value] of Object.entries(row.measures)) {
        const change = row.changes?.[metric];
        rows.push({
          ...(row.bucket !== undefined && { bucket: row.bucket }),
          ...{ split: namedSplit(row.split, nameOf), metric, measure: value },
          brand: nameOf(row.brandId),
          ...(change && { change }),
        });
      }
  if (ofAnswers.length > 0)
    for (const row of (await measureAnswers(db, project, { ...query, metrics: ofAnswers })).rows)
      rows.push({
        ...(row.bucket !== undefined && { bucket: row.bucket }),
        ...{ split: namedSplit(row.split, nameOf), metric: row.metric, measure: row.measure },
        ...(row.brandId !== undefined && { brand: nameOf(row.brandId) }),
        ...(row.rivalId !== undefined && { rival: nameOf(row.rivalId) }),
        ...(row.source !== undefined && { source: row.source }),
      });
  return rows.sort((a, b) => compare(placeOf(a), placeOf(b)));
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Sorting is stable: within a day and group the order of metrics and brands stays. */
const placeOf = ({ bucket = "", split }: FlatRow): string => `${bucket} ${Object.values(split).join(" ")}`;

const namesOf = (names: Names): ((id: string) => string) => {
  const all = new Map(
    Object.values(names).flatMap((kind: Map<string, string>) => [...kind].map(([key, id]) => [id, key])),
  );
  return (id) => all.get(id) ?? id;
};

const namedSplit = (split: Split, nameOf: (id: string) => string): Split =>
  Object.fromEntries(
    Object.entries(split).map(([dimension, value]) => [
      dimension,
      dimension === "assistant" || dimension === "prompt" ? nameOf(value) : value,
    ]),
  );

/** One line per number; no cell is a formula. */
export function rowsAsCsv(rows: readonly FlatRow[], groupBy: readonly Dimension[]): string {
  const columns = ["bucket", ...groupBy, "metric", "brand", "rival", "source"];
  const numbers = ["value", "low", "high", "hits", "answers", "prompts", "note", "change", "changeLow", "changeHigh"];
  const lines = rows.map(({ split, measure: measured, change, ...rest }) => ({
    ...rest,
    ...split,
    ...measured,
    ...(change && { change: change.value, changeLow: change.low, changeHigh: change.high }),
  }));
  return stringify(lines, { header: true, columns: [...columns, ...numbers], escape_formulas: true });
}
