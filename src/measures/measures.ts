/** The one query door: metrics of a period, grouped, each with its interval and denominator. */
import type { Counts, Day, Measure, Phase, Project } from "../domain.ts";
import { metrics } from "../metrics/index.ts";
import type { PromptCounts } from "../metrics/metric.ts";
import { listPromptLabels, sumRollups, type Db } from "../store/index.ts";

export { metrics };

/** What rows may be split by besides the brand. */
export type GroupBy = "assistant" | "phase" | "day";

export interface MeasureQuery {
  /** First and last day, both included. */
  from: Day;
  to: Day;
  groupBy: GroupBy[];
  /** Only answers of these assistants, by id. */
  assistants?: Set<string>;
}

export interface MeasureRow {
  brandId: string;
  /** Set where grouped by it. */
  assistantId?: string;
  phase?: Phase;
  day?: Day;
  /** Metric id to measure. */
  measures: Record<string, Measure>;
}

/** Every metric per brand and group. Groups without answers have no row. */
export async function measure(db: Db, project: Project, query: MeasureQuery): Promise<MeasureRow[]> {
  const perDay = query.groupBy.includes("day");
  const rollups = await sumRollups(db, project.id, query.from, query.to, perDay);
  const labels = new Map((await listPromptLabels(db, project.id)).map((label) => [label.versionId, label.prompt]));
  const groups = new Map<string, Group>();
  for (const rollup of rollups) {
    if (query.assistants && !query.assistants.has(rollup.assistantId)) continue;
    const prompt = labels.get(rollup.promptVersionId)!;
    const split = {
      ...(query.groupBy.includes("assistant") && { assistantId: rollup.assistantId }),
      ...(query.groupBy.includes("phase") && { phase: prompt.phase }),
      ...(perDay && { day: rollup.day }),
    };
    const key = Object.values(split).join(" ");
    let group = groups.get(key);
    if (!group) groups.set(key, (group = { split, brands: new Map(), allNamed: new Map() }));
    addTo(group, rollup.brandId, prompt.id, rollup);
  }
  return [...groups.values()].flatMap(measureGroup);
}

/** The row of a brand that nothing was counted for. */
export const emptyRow = (brandId: string): MeasureRow => ({ brandId, measures: measuresOf([]) });

const measuresOf = (counts: PromptCounts[]): MeasureRow["measures"] =>
  Object.fromEntries(metrics.map((metric) => [metric.id, metric.measure(counts)]));

interface Group {
  split: Omit<MeasureRow, "brandId" | "measures">;
  /** Brand id to prompt id to counts. */
  brands: Map<string, Map<string, Counts>>;
  /** Prompt id to mentions of all brands. */
  allNamed: Map<string, number>;
}

function addTo(group: Group, brandId: string, promptId: string, counts: Counts): void {
  let prompts = group.brands.get(brandId);
  if (!prompts) group.brands.set(brandId, (prompts = new Map<string, Counts>()));
  const sum = prompts.get(promptId);
  prompts.set(promptId, {
    answers: (sum?.answers ?? 0) + counts.answers,
    named: (sum?.named ?? 0) + counts.named,
    ranked: (sum?.ranked ?? 0) + counts.ranked,
    top3: (sum?.top3 ?? 0) + counts.top3,
    searched: (sum?.searched ?? 0) + counts.searched,
    cited: (sum?.cited ?? 0) + counts.cited,
  });
  group.allNamed.set(promptId, (group.allNamed.get(promptId) ?? 0) + counts.named);
}

function measureGroup({ split, brands, allNamed }: Group): MeasureRow[] {
  return [...brands].map(([brandId, prompts]) => {
    const counts: PromptCounts[] = [...prompts].map(([promptId, sum]) => ({
      ...sum,
      allNamed: allNamed.get(promptId)!,
    }));
    return { brandId, ...split, measures: measuresOf(counts) };
  });
}
