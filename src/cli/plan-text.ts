/** What `citera plan` prints: the ways to an interval of a wanted width, what they cost, and what that rests on. */
import type { UiLanguage } from "../domain.ts";
import { metrics } from "../measures/measures.ts";
import {
  daysNeeded,
  fewestPrompts,
  type Plan,
  type PlanBasis,
  type PlannedMetric,
  type Way,
  type Wish,
} from "../measures/planning.ts";
import { words } from "../words/index.ts";
import { shownCost } from "../words/numbers.ts";
import { planWords } from "../words/plan.ts";
import { harmless, type Styles } from "./command.ts";
import { table } from "./table.ts";

/** A plan with what it is about. */
export interface ShownPlan {
  project: { key: string; name: string };
  metric: PlannedMetric;
  wish: Wish;
  basis: PlanBasis;
  plan: Plan;
  /** Sum over assistants whose price is known, of one question to each, micro-USD; null where none is. */
  costOfOne: number | null;
  /** Titles of assistants whose price is not known. */
  unpriced: string[];
}

const runsInMonth = 30;

/** What a way costs, micro-USD; null where no price is known. */
function costsOf({ prompts, repeats, days }: Way, costOfOne: number | null) {
  const run = costOfOne === null ? null : Math.round(prompts * repeats * costOfOne);
  const times = (runs: number) => (run === null ? null : run * runs);
  return { run, all: times(days), month: times(runsInMonth) };
}

/** The least answers, or money where that is known, of the ways that are sure enough. */
function cheapestOf({ plan, costOfOne }: ShownPlan): Way | undefined {
  const price = (way: Way) => costsOf(way, costOfOne).all ?? way.answersPerRun * way.days;
  return plan.ways.filter(({ reaches }) => reaches).sort((a, b) => price(a) - price(b))[0];
}

/**
 * For programs: `{ project, metric, width, level, rate, rateFrom, rhos: { prompt, cell }, rhosFrom, days, answers,
 * period, plannedRate, leastWithThese, daysWithThese, unpriced, ways: [{ kind, prompts, assistants, repeats, days,
 * answersPerRun, halfWidth, panelHalfWidth, reaches, cheapest, costMicroUsd: { run, all, month } }] }`. Shares are 0 to
 * 1; a width or a cost that nobody can tell is null; the first way is the panel as it is.
 */
export function planData(shown: ShownPlan): object {
  const { project, metric, wish, basis, plan, costOfOne, unpriced } = shown;
  const cheapest = cheapestOf(shown);
  return {
    ...{ project: project.key, metric, width: wish.width, level: wish.level },
    ...basis,
    plannedRate: plan.rate,
    leastWithThese: plan.leastWithThese,
    daysWithThese: plan.daysWithThese,
    unpriced,
    ways: plan.ways.map((way) => ({ ...way, cheapest: way === cheapest, costMicroUsd: costsOf(way, costOfOne) })),
  };
}

/** Lines for a terminal. */
export function planText(shown: ShownPlan, language: UiLanguage, { bold, dim, green }: Styles): string[] {
  const { project, metric, wish, plan, costOfOne } = shown;
  const said = planWords[language];
  const title = metrics.find(({ id }) => id === metric)!.title[language];
  const cheapest = cheapestOf(shown);
  const { points, percent, number } = shapes(language);
  const rows = plan.ways.map((way) => {
    const { run, all, month } = costsOf(way, costOfOne);
    const half = (width: number | null) => (width === null ? said.none : points(width));
    return [
      nameOf(way, language),
      ...[way.prompts, way.assistants, way.repeats, way.days, way.answersPerRun].map(number),
      ...[way.halfWidth, way.panelHalfWidth].map(half),
      ...[run, all, month].map((cost) => shownCost(cost, language)),
      way === cheapest ? green(said.cheapest) : way.reaches ? "" : dim(said.notEnough),
    ];
  });
  return [
    bold(said.title(title, harmless(project.name), points(wish.width), percent(wish.level))),
    ...table([[...said.columns, ...said.costs, ""], ...rows], 1, dim),
    "",
    ...remarks(shown, language),
    dim(said.likes),
    dim(said.month),
  ];
}

const shapes = (language: UiLanguage) => {
  const { locale } = words[language];
  const digits = (value: number, most: number) => value.toLocaleString(locale, { maximumFractionDigits: most });
  return {
    number: (value: number) => digits(value, 0),
    /** Percentage points of a share. */
    points: (share: number) => digits(share * 100, 1),
    percent: (share: number) => `${digits(share * 100, 1)} %`,
    rho: (value: number) => digits(value, 2),
  };
};

function nameOf({ kind, repeats, days }: Way, language: UiLanguage): string {
  const said = planWords[language];
  const { number } = shapes(language);
  if (kind !== "more_prompts") return said.way[kind];
  if (repeats > 1) return said.repeated(number(repeats));
  return days > 1 ? said.together(number(days)) : said.way.more_prompts;
}

function remarks(shown: ShownPlan, language: UiLanguage): string[] {
  const { basis, plan, unpriced } = shown;
  const { rate, rateFrom, rhos, rhosFrom, days, answers, period } = basis;
  const said = planWords[language];
  const { number, percent, rho } = shapes(language);
  const origin = rhosFrom === "answers" ? said.ownRhos : said.defaultRhos(number(daysNeeded));
  return [
    rateFrom === "worst_case" || period === null
      ? said.worstCase
      : said.restsOnAnswers(percent(rate), number(answers), number(days), period.from, period.to),
    ...(plan.rate === rate ? [] : [said.edge(percent(plan.rate))]),
    `${said.rhos(rho(rhos.prompt), rho(rhos.cell))}, ${origin}`,
    ...ofTheWays(shown, language),
    ...(unpriced.length > 0 ? [said.unknownPrice(harmless(unpriced.join(", ")))] : []),
  ];
}

/** What repeats are worth, and what the present questions cannot do. */
function ofTheWays({ plan }: ShownPlan, language: UiLanguage): string[] {
  const said = planWords[language];
  const { number, points } = shapes(language);
  const { ways, leastWithThese, daysWithThese } = plan;
  const now = ways[0]!;
  const asked = number(now.prompts);
  const repeated = (repeats: number) =>
    ways.find((way) => way.kind === "more_prompts" && way.days === 1 && way.repeats === repeats)?.answersPerRun;
  const [once, thrice] = [repeated(1), repeated(3)];
  const lines: string[] = [];
  if (once !== undefined && thrice !== undefined && thrice > once)
    lines.push(said.repeatsPoor(number((thrice / once - 1) * 100)));
  if (leastWithThese === null) lines.push(said.tooFewQuestions(number(fewestPrompts)));
  else if (daysWithThese === null) lines.push(said.never(asked, points(leastWithThese)));
  else if (!ways.some((way) => way.reaches && way.kind !== "more_prompts"))
    lines.push(said.long(asked, String(daysWithThese)));
  if (!ways.some(({ reaches }) => reaches)) lines.push(said.noWay);
  return lines;
}
