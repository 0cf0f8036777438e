/** What `citera measure` found, as a table for a terminal. */
import type { UiLanguage } from "../domain.ts";
import { allMetrics, type MeasureQuery } from "../measures/measures.ts";
import { words } from "../words/index.ts";
import { shownChange, shownIn } from "../words/measures.ts";
import { shownBasis } from "../words/numbers.ts";
import { harmless, type Styles } from "./command.ts";
import type { FlatRow } from "./measure-rows.ts";
import { table } from "./table.ts";

/** One line per number, under the period and what the brackets mean. */
export function rowsAsText(
  rows: readonly FlatRow[],
  query: MeasureQuery,
  language: UiLanguage,
  { bold, dim }: Styles,
): string[] {
  const wording = words[language];
  const title = `${bold(wording.period(query.from, query.to))}  ${dim(wording.intervalNote)}`;
  if (rows.length === 0) return [title, wording.none];
  const metricOf = (id: string) => allMetrics.find((metric) => metric.id === id)!;
  const groups = [...(query.bucket ? [query.bucket] : []), ...(query.groupBy ?? [])];
  const about = ({ brand, rival, source }: FlatRow) => source ?? [brand, rival].filter(Boolean).join(" / ");
  const heading = [...groups, wording.brand, "", "", "", ...(query.compareTo ? [""] : [])];
  const lines = rows.map((row) => [
    ...(query.bucket ? [row.bucket ?? ""] : []),
    ...(query.groupBy ?? []).map((dimension) => harmless(row.split[dimension] ?? "")),
    harmless(about(row)),
    metricOf(row.metric).title[language],
    shownIn(metricOf(row.metric).unit, row.measure, language),
    dim(shownBasis(row.measure, language)),
    ...(query.compareTo ? [row.change ? shownChange(row.change, language) : ""] : []),
  ]);
  return [title, "", ...table([heading, ...lines], groups.length + 2, dim)];
}
