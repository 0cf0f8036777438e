/** How much to ask for an interval of a wanted width: what a project's answers say of their spread, and the ways. */
import type { Assistant, Day, Project, Surface } from "../domain.ts";
import {
  defaultRhos,
  estimateRhos,
  panelHalfWidth,
  planHalfWidth,
  planPrompts,
  promptRate,
  type Rhos,
} from "../metrics/index.ts";
import { listAskedDays, listBrands, type Db } from "../store/index.ts";
import { measure } from "./measures.ts";
import { choosePeriod } from "./period.ts";

/** Metrics that plans are made for: those in which every answer counts, so that answers asked are answers counted. */
export const planned = ["visibility", "citation-rate"] as const;
export type PlannedMetric = (typeof planned)[number];

/** The last days that are looked at, and how many of them must have answers before they are believed. */
const daysRead = 28;
export const daysNeeded = 14;
/** Nearer to 0 or 1 than this the formula of plans promises more than intervals keep. */
const edge = 0.05;
/** Fewer questions have no interval. */
export const fewestPrompts = 5;
const week = 7;

/** What a plan rests on. */
export interface PlanBasis {
  /** The own brand's rate, and whether its answers say so; without any it is one half, the worst there is. */
  rate: number;
  rateFrom: "answers" | "worst_case";
  rhos: Rhos;
  rhosFrom: "answers" | "defaults";
  /** Days with answers among those read. */
  days: number;
  answers: number;
  /** The first and last day read; null where there is no answer. */
  period: { from: Day; to: Day } | null;
}

/** How likely the own brand is, and how alike answers are, from the roll-ups of the last days with answers. */
export async function planBasis(
  db: Db,
  project: Project,
  { metric, surface, assistants }: { metric: PlannedMetric; surface: Surface; assistants: readonly Assistant[] },
): Promise<PlanBasis> {
  const nothing: PlanBasis = {
    ...{ rate: 0.5, rateFrom: "worst_case", rhos: defaultRhos, rhosFrom: "defaults" },
    ...{ days: 0, answers: 0, period: null },
  };
  const chosen = await choosePeriod(db, project, { days: daysRead, surface });
  const own = (await listBrands(db, project.id)).find(({ role }) => role === "own");
  if (!chosen || !own || assistants.length === 0) return nothing;
  const { from, to } = chosen;
  const ids = assistants.map(({ id }) => id);
  const { rows } = await measure(db, project, {
    ...{ from, to, metrics: [metric], brands: [own.id], groupBy: ["prompt", "assistant"] },
    filter: { assistant: ids },
  });
  const cells = rows.map(({ split, measures }) => ({
    prompt: split.prompt!,
    assistant: split.assistant!,
    hits: measures[metric]!.hits,
    answers: measures[metric]!.answers,
  }));
  const rate = promptRate(byPrompt(cells));
  if (!rate) return nothing;
  const asked = await listAskedDays(db, project.id, from, to);
  const answered = asked.filter(({ models }) => models.some(({ assistantId }) => ids.includes(assistantId)));
  const days = new Set(answered.map(({ day }) => day)).size;
  const period = { from, to };
  return {
    ...nothing,
    rate: rate.value,
    rateFrom: "answers",
    ...ownRhos(cells, days),
    days,
    answers: rate.answers,
    period,
  };
}

type Cells = { prompt: string; assistant: string; hits: number; answers: number }[];

function byPrompt(cells: Cells): { hits: number; answers: number }[] {
  const prompts = new Map<string, { hits: number; answers: number }>();
  for (const { prompt, hits, answers } of cells) {
    const sum = prompts.get(prompt) ?? { hits: 0, answers: 0 };
    prompts.set(prompt, { hits: sum.hits + hits, answers: sum.answers + answers });
  }
  return [...prompts.values()];
}

/** One assistant alone cannot tell how alike two are; then that weighs nothing either. */
function ownRhos(cells: Cells, days: number): Pick<PlanBasis, "rhos" | "rhosFrom"> {
  const own = days < daysNeeded ? null : estimateRhos(cells);
  if (!own) return { rhos: defaultRhos, rhosFrom: "defaults" };
  return {
    rhos: { prompt: own.prompt ?? Math.min(defaultRhos.prompt, own.cell), cell: own.cell },
    rhosFrom: "answers",
  };
}

/** So many questions to so many assistants so often on so many days, and how sure the rate then is. */
export interface Way {
  kind: "now" | "more_days" | "more_prompts";
  prompts: number;
  assistants: number;
  repeats: number;
  days: number;
  answersPerRun: number;
  /** Half the width for all questions like these (market), and for these very questions alone (panel). */
  halfWidth: number | null;
  panelHalfWidth: number | null;
  /** The first of them is at most the width wanted. */
  reaches: boolean;
}

export interface Plan {
  /** The rate that was planned with: never nearer to 0 or 1 than 5 %. */
  rate: number;
  /** The panel as it is first; the others all reach the width. */
  ways: Way[];
  /** The least that the present questions come to, however many days are put together; null below two questions. */
  leastWithThese: number | null;
  /** Days that the present questions would need; null where no number of days is enough. */
  daysWithThese: number | null;
}

export interface Wish {
  /** Half the width, 0 to 0.5. */
  width: number;
  level: number;
  /** Most days whose answers go into one number. */
  mostDays: number;
}

/**
 * The ways to an interval of at most the width wanted: these questions on more days, or more questions with one, two or
 * three repeats, on one day, a week or all the days allowed. Assistants stay as they are. Source: measures.md 3.6.
 */
export function planWays(
  wish: Wish,
  { rate: likely, rhos }: Pick<PlanBasis, "rate" | "rhos">,
  present: Pick<Way, "prompts" | "assistants" | "repeats">,
): Plan {
  const { width, level, mostDays } = wish;
  const { assistants } = present;
  const rate = Math.min(1 - edge, Math.max(edge, likely));
  const half = ({ prompts, repeats }: Pick<Way, "prompts" | "repeats">, days: number) =>
    planHalfWidth(rate, prompts, assistants, repeats, days, rhos, level);
  const way = (kind: Way["kind"], prompts: number, repeats: number, days: number): Way => {
    const halfWidth = prompts < fewestPrompts ? null : half({ prompts, repeats }, days);
    return {
      ...{ kind, prompts, assistants, repeats, days, halfWidth },
      answersPerRun: prompts * assistants * repeats,
      panelHalfWidth: panelHalfWidth(rate, prompts, assistants, repeats, days, rhos, level),
      reaches: halfWidth !== null && halfWidth <= width,
    };
  };
  const more = (repeats: number, days: number): Way[] => {
    const prompts = planPrompts(rate, width, assistants, repeats, days, rhos, level);
    return prompts === null ? [] : [way("more_prompts", Math.max(fewestPrompts, prompts), repeats, days)];
  };
  const leastWithThese = present.prompts < fewestPrompts ? null : half(present, forEver);
  const daysWithThese = leastWithThese === null || leastWithThese > width ? null : fewestDays(present, width, half);
  const now = way("now", present.prompts, present.repeats, 1);
  const longer =
    !now.reaches && daysWithThese !== null && daysWithThese <= mostDays
      ? [way("more_days", present.prompts, present.repeats, daysWithThese)]
      : [];
  const stretches = [...new Set([Math.min(week, mostDays), mostDays])].filter((days) => days > 1);
  const ways = [...more(1, 1), ...more(2, 1), ...more(3, 1), ...stretches.flatMap((days) => more(1, days))];
  return { rate, ways: [now, ...longer, ...ways], leastWithThese, daysWithThese };
}

/** So many days that single answers add nothing any more. */
const forEver = 1e9;

/** The first number of days that is enough, found by halving; null where it would take longer than anybody asks. */
function fewestDays(
  present: Pick<Way, "prompts" | "repeats">,
  width: number,
  half: (of: Pick<Way, "prompts" | "repeats">, days: number) => number | null,
): number | null {
  const enough = (days: number) => (half(present, days) ?? Infinity) <= width;
  const most = 3_660;
  if (!enough(most)) return null;
  let [tooFew, many] = [0, most];
  while (many - tooFew > 1) {
    const middle = Math.floor((tooFew + many) / 2);
    if (enough(middle)) many = middle;
    else tooFew = middle;
  }
  return many;
}
