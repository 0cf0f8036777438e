/** Reads what was counted in a period and puts it in the groups that a question asks for. */
import type { Counts, Project, Surface } from "../domain.ts";
import type { PromptCounts } from "../metrics/metric.ts";
import { addCounts, noCounts, sumAssistants, sumSurfaces, type Db, type SummedCounts } from "../store/index.ts";
import { Groups, type CellKeys, type Grouped } from "./cells.ts";
import { ofAssistants, type Cell, type Dimension } from "./dimensions.ts";
import type { MeasureQuery } from "./query.ts";

/** The counts of one group of answers. */
export interface Sums {
  /** Brand id to prompt to counts. */
  brands: Map<string, Map<string, Counts>>;
  /** Prompt to the counts of all brands together. */
  all: Map<string, Counts>;
}

export interface Grouping {
  /** What counts as one prompt: `prompt` for all its versions together, `version` for words that stayed the same. */
  by: "prompt" | "version";
  /** Only answers of these assistants. */
  assistants?: ReadonlySet<string>;
}

/** Puts counts in the groups of a query. */
export function groupCounts(
  counted: readonly Counted[],
  query: MeasureQuery,
  cells: (keys: CellKeys) => Cell,
  { by, assistants }: Grouping,
): Grouped<Sums>[] {
  const groups = new Groups<Sums>(query, () => ({ brands: new Map(), all: new Map() }));
  for (const counts of counted) {
    if (assistants && !assistants.has(counts.assistantId)) continue;
    const cell = cells(counts);
    const prompt = by === "prompt" ? cell.prompt.id : cell.version.id;
    for (const sums of groups.of(cell, counts.day)) addTo(sums, counts.brandId, prompt, counts);
  }
  return groups.all();
}

/** A brand's counts by prompt, with those of all brands beside them. */
export const promptCounts = ({ brands, all }: Sums, brandId: string): Map<string, PromptCounts> =>
  new Map(
    [...(brands.get(brandId) ?? [])].map(([prompt, sum]) => [prompt, Object.assign(sum, { all: all.get(prompt)! })]),
  );

/** Counts, and what they are of. */
export type Counted = Omit<SummedCounts, "surface"> & { surface?: Surface };

/** What was counted in the period, no further apart than the question needs. */
export function countsOf(
  db: Db,
  { id }: Project,
  { from, to, filter = {}, groupBy = [], bucket }: MeasureQuery,
  byAssistant: boolean,
): Promise<Counted[]> {
  const asked = [...groupBy, ...(Object.keys(filter) as Dimension[])];
  const byDay = bucket !== undefined;
  return byAssistant || asked.some((one) => ofAssistants.includes(one))
    ? sumAssistants(db, id, from, to, { byDay, byModel: asked.includes("servedModel") })
    : sumSurfaces(db, id, from, to, { byDay, surfaces: filter.surface });
}

function addTo(group: Sums, brandId: string, prompt: string, counts: Counts): void {
  let prompts = group.brands.get(brandId);
  if (!prompts) group.brands.set(brandId, (prompts = new Map<string, Counts>()));
  for (const sums of [prompts, group.all]) {
    let sum = sums.get(prompt);
    if (!sum) sums.set(prompt, (sum = noCounts()));
    addCounts(sum, counts);
  }
}
