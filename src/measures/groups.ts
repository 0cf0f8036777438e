/** Reads what was counted in a period and puts it in the groups that a question asks for. */
import type { Counts, Day, Project, Surface } from "../domain.ts";
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
import { dimensions, ofAssistants, splitsOf, type Cell, type Dimension, type Split } from "./dimensions.ts";
import { bucketOf, type MeasureQuery } from "./query.ts";

/** The counts of one group of answers: by brand, and within a brand by prompt. */
export interface Group {
  split: Split;
  bucket: Day | undefined;
  brands: Map<string, Map<string, Counts>>;
  /** The counts of all brands together, by prompt. */
  all: Map<string, Counts>;
}

export interface Grouping {
  /** What counts as one prompt: `prompt` for all its versions together, `version` for words that stayed the same. */
  by: "prompt" | "version";
  /** Only answers of these assistants. */
  assistants?: ReadonlySet<string>;
}

/** The groups of a query by a key that is the same in every period. */
export async function groupsOf(
  db: Db,
  project: Project,
  query: MeasureQuery,
  { by, assistants }: Grouping,
): Promise<Map<string, Group>> {
  const { filter = {}, groupBy = [], bucket } = query;
  const cells = await cellsOf(db, project.id);
  const groups = new Map<string, Group>();
  for (const counts of await countsOf(db, project, query, assistants !== undefined)) {
    if (assistants && !assistants.has(counts.assistantId)) continue;
    const cell = cells(counts);
    if (!passes(cell, filter)) continue;
    const start = bucket && bucketOf(counts.day, bucket);
    for (const split of splitsOf(cell, groupBy)) {
      const key = JSON.stringify([start, split]);
      let group = groups.get(key);
      if (!group) groups.set(key, (group = { split, bucket: start, brands: new Map(), all: new Map() }));
      addTo(group, counts.brandId, by === "prompt" ? cell.prompt.id : cell.version.id, counts);
    }
  }
  return groups;
}

/** A brand's counts by prompt, with those of all brands beside them. */
export const promptCounts = ({ brands, all }: Group, brandId: string): Map<string, PromptCounts> =>
  new Map([...(brands.get(brandId) ?? [])].map(([prompt, sum]) => [prompt, { ...sum, all: all.get(prompt)! }]));

/** What was counted, no further apart than the question needs. */
function countsOf(
  db: Db,
  { id }: Project,
  { from, to, filter = {}, groupBy = [], bucket }: MeasureQuery,
  byAssistant: boolean,
) {
  const asked = [...groupBy, ...(Object.keys(filter) as Dimension[])];
  const byDay = bucket !== undefined;
  return byAssistant || asked.some((one) => ofAssistants.includes(one))
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

function addTo(group: Group, brandId: string, prompt: string, counts: Counts): void {
  let prompts = group.brands.get(brandId);
  if (!prompts) group.brands.set(brandId, (prompts = new Map<string, Counts>()));
  for (const sums of [prompts, group.all]) {
    let sum = sums.get(prompt);
    if (!sum) sums.set(prompt, (sum = noCounts()));
    addCounts(sum, counts);
  }
}
