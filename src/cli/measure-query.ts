/** What the options of `citera measure` mean, as a query. */
import type { Project } from "../domain.ts";
import { InputError } from "../errors.ts";
import { allMetrics, choosePeriod, headlines, type MeasureQuery } from "../measures/measures.ts";
import type { Db } from "../store/index.ts";
import type { MeasureOptions } from "./measure.ts";
import { idOf, type Names } from "./project-names.ts";

/** The query that the options mean, of one surface unless they say which; null when there is no answer yet. */
export async function queryOf(
  db: Db,
  project: Project,
  metrics: string[],
  { by, where, brand, bucket, compare, ...period }: MeasureOptions,
  names: Names,
): Promise<MeasureQuery | null> {
  const filter = Object.fromEntries(
    where.map(({ dimension, values }) => [
      dimension,
      dimension === "assistant" || dimension === "prompt"
        ? values.map((value) => idOf(names, dimension, value))
        : values,
    ]),
  );
  const [only] = filter["surface"]?.length === 1 ? filter["surface"] : [];
  const surface = only === "api" || only === "ui" ? only : undefined;
  const chosen = await choosePeriod(db, project, { ...period, surface });
  if (!chosen) return null;
  const { from, to, before } = chosen;
  if (compare && !before) throw new InputError(`--compare: there is no answer from before ${from}`);
  const told = [...by, ...Object.keys(filter)];
  const apart = told.includes("surface") || told.includes("assistant");
  return {
    ...{ from, to, groupBy: by },
    metrics: metrics.length > 0 ? withCompanions(metrics) : headlines.map(({ id }) => id),
    filter: apart ? filter : { ...filter, surface: [chosen.surface] }, // answers of API and app are never added up
    ...(brand.length > 0 && { brands: brand.map((key) => idOf(names, "brand", key)) }),
    ...(bucket && { bucket }),
    ...(compare && before && { compareTo: before }),
  };
}

/** Metrics, and before each the one without which it misleads. */
const withCompanions = (ids: string[]): string[] => {
  const beside = new Map<string, string>(
    allMetrics.flatMap((metric) => ("beside" in metric ? [[metric.id, metric.beside] as const] : [])),
  );
  return [...new Set(ids.flatMap((id) => [...(beside.has(id) ? [beside.get(id)!] : []), id]))];
};
