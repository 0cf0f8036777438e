/** The report: what a period says about a project, for the terminal, the page and scripts alike. */
import type { Assistant, Brand, Break, Day, Failure, Outcome, Phase, Project, Surface, Words } from "../domain.ts";
import { trend, trendWords, type Trend } from "../metrics/index.ts";
import {
  countOutcomes,
  listAllAssistants,
  listAssistants,
  listBrands,
  listTopSources,
  newestReading,
  type Db,
  type TopSource,
} from "../store/index.ts";
import { addDays, daysFrom } from "./days.ts";
import {
  insightsOf,
  latestOf,
  missingOf,
  opportunitiesOf,
  type MissingAnswer,
  type ReportInsights,
  type ShownOpportunity,
} from "./examples.ts";
import type { Opportunities } from "./opportunities.ts";
import { choosePeriod, type Period } from "./period.ts";
import { emptyRow, measure, type MeasureQuery, type MeasureRow } from "./measures.ts";

export type { MissingAnswer, ShownOpportunity } from "./examples.ts";

export interface ReportedAssistant {
  assistant: Assistant;
  servedModels: string[];
  outcomes: Partial<Record<Outcome, number>>;
  /** Sum of known costs; null when none is known. */
  costMicroUsd: number | null;
  /** Answers whose cost is not known. */
  unpriced: number;
  /** Answers to questions whose country and time zone could not be passed on. */
  unlocated: number;
}

export interface Attention {
  assistant: Assistant;
  failure: Failure;
}

export interface Report {
  project: Project;
  from: Day;
  to: Day;
  /** Numbers over several assistants are of this surface alone; API and app are never added up. */
  surface: Surface;
  /** Answers of the other surface in the period. */
  answersElsewhere: number;
  brands: Brand[];
  /** The period before, of the same length, that `overall` is compared with; null without answers then. */
  comparedTo: { from: Day; to: Day } | null;
  /** One row per brand, also where nothing was counted. */
  overall: MeasureRow[];
  /** Own brand first, then its rivals; within a brand in the order of the group. */
  byAssistant: MeasureRow[];
  byPhase: MeasureRow[];
  byDay: MeasureRow[];
  /** What brands' visibility has done in the days of the period; none where these are too few to say. */
  trends: { brandId: string; trend: Trend; said: Words }[];
  /** Where the days are not the same before and after. */
  breaks: Break[];
  assistants: ReportedAssistant[];
  sources: TopSource[];
  /** What findings say beside the measures; of brands in the order of `brands`, also where nothing was found. */
  insights: ReportInsights;
  /** Questions on which rivals are surely ahead, each with one of its answers where these are kept. */
  opportunities: Opportunities<ShownOpportunity>;
  missing: MissingAnswer[];
  /** Assistants in force that will not answer before something is changed. */
  attention: Attention[];
  /** History is being read again with other brands or another parser. */
  rereading: boolean;
}

const mostSources = 10;

/** The report of a period, by default its last days with answers; null when there is no answer yet. */
export async function makeReport(db: Db, project: Project, period: Period): Promise<Report | null> {
  const chosen = await choosePeriod(db, project, period);
  if (!chosen) return null;
  const { from, to, surface, before: comparedTo } = chosen;
  const brands = await listBrands(db, project.id);
  const reported = await reportAssistants(db, project, from, to);
  const ask = (query: Omit<MeasureQuery, "from" | "to">) => measure(db, project, { from, to, ...query });
  const filter = { surface: [surface] };
  const order = orderOf(brands);
  const inOrder = (list: MeasureRow[]) =>
    list
      .filter((row) => order.has(row.brandId))
      .sort((a, b) => order.get(a.brandId)! - order.get(b.brandId)! || compareGroups(a, b));
  const newest = await newestReading(db, project.id);
  const measured = await ask({ filter, ...(comparedTo && { compareTo: comparedTo }) });
  const overall = brands.map(({ id }) => measured.rows.find(({ brandId }) => brandId === id) ?? emptyRow(id));
  const days = await ask({ filter, bucket: "day" });
  const section = { from, to, surface };
  const latest = await latestOf(db, project, section);
  const sorted = [...brands].sort((a, b) => order.get(a.id)! - order.get(b.id)!);
  return {
    project,
    from,
    to,
    surface,
    answersElsewhere: reported
      .filter(({ assistant }) => assistant.surface !== surface)
      .flatMap(({ outcomes }) => Object.values(outcomes))
      .reduce((sum, answers) => sum + answers, 0),
    brands: sorted,
    comparedTo,
    overall: inOrder(overall),
    byAssistant: inOrder((await ask({ groupBy: ["assistant"] })).rows),
    byPhase: inOrder((await ask({ filter, groupBy: ["phase"] })).rows),
    byDay: inOrder(days.rows),
    trends: trendsOf(sorted, days.rows),
    breaks: days.breaks,
    assistants: reported,
    sources: await listTopSources(db, project, from, to, mostSources, surface),
    insights: await insightsOf(db, project, sorted, latest),
    opportunities: await opportunitiesOf(db, project, brands, section),
    missing: await missingOf(db, project, brands, latest),
    attention: await needingAttention(db, project),
    rereading: newest !== null && newest.number !== project.reading,
  };
}

/** The own brand comes first, the others as they were added. */
const orderOf = (brands: Brand[]): Map<string, number> =>
  new Map(brands.map((brand, i) => [brand.id, brand.role === "own" ? -1 : i]));

/** The headline measures of all days of a surface, the report's beginning alone; null when there is no answer yet. */
export async function allDays(
  db: Db,
  project: Project,
  surface: Surface,
): Promise<Pick<Report, "surface" | "brands" | "overall"> | null> {
  const chosen = await choosePeriod(db, project, { days: "all", surface });
  if (!chosen) return null;
  const { from, to } = chosen;
  const brands = await listBrands(db, project.id);
  const order = orderOf(brands);
  const { rows } = await measure(db, project, { from, to, filter: { surface: [surface] } });
  const known = rows.filter(({ brandId }) => order.has(brandId));
  return { surface, brands, overall: known.sort((a, b) => order.get(a.brandId)! - order.get(b.brandId)!) };
}

function trendsOf(brands: Brand[], days: MeasureRow[]): Report["trends"] {
  return brands.flatMap(({ id: brandId }) => {
    const own = days.filter((row) => row.brandId === brandId).map((row) => row.bucket!);
    const [first, last] = [own.reduce(least, own[0] ?? ""), own.reduce(most, "")];
    if (first === "") return [];
    const values = new Map(
      days
        .filter((row) => row.brandId === brandId)
        .map(({ bucket, measures }) => [bucket, measures["visibility"]!.value]),
    );
    const series = Array.from({ length: daysFrom(first, last) + 1 }, (_, i) => values.get(addDays(first, i)) ?? null);
    const found = trend(series);
    return found ? [{ brandId, trend: found, said: trendWords(found, first) }] : [];
  });
}

const least = (a: Day, b: Day): Day => (a < b ? a : b);
const most = (a: Day, b: Day): Day => (a > b ? a : b);

async function needingAttention(db: Db, { id }: Project): Promise<Attention[]> {
  return (await listAssistants(db, id)).flatMap((assistant) =>
    assistant.attention ? [{ assistant, failure: assistant.attention }] : [],
  );
}

/** Days as they passed, phases as the journey goes, assistants as they were added: ids grow with time. */
function compareGroups(a: MeasureRow, b: MeasureRow): number {
  const place = ({ split: { phase, assistant = "" }, bucket = "" }: MeasureRow) =>
    `${bucket} ${phase === undefined ? "" : phaseOrder.indexOf(phase as Phase)} ${assistant}`;
  return place(a) < place(b) ? -1 : 1;
}

async function reportAssistants(db: Db, project: Project, from: Day, to: Day): Promise<ReportedAssistant[]> {
  const counts = await countOutcomes(db, project.id, from, to);
  return (await listAllAssistants(db, project.id)).flatMap((assistant) => {
    const own = counts.filter((count) => count.assistantId === assistant.id);
    if (own.length === 0) return [];
    const outcomes: ReportedAssistant["outcomes"] = {};
    for (const { outcome, answers } of own) outcomes[outcome] = (outcomes[outcome] ?? 0) + answers;
    const costs = own.flatMap(({ costMicroUsd }) => (costMicroUsd === null ? [] : [costMicroUsd]));
    return {
      assistant,
      servedModels: [...new Set(own.flatMap(({ servedModel }) => servedModel ?? []))].sort(),
      outcomes,
      costMicroUsd: costs.length ? costs.reduce((sum, cost) => sum + cost, 0) : null,
      unpriced: own.reduce((sum, count) => sum + count.answers - count.priced, 0),
      unlocated: own.reduce((sum, count) => sum + count.unlocated, 0),
    };
  });
}

/** A report of both surfaces says so of each assistant. */
export const isMixed = (report: Report): boolean =>
  report.assistants.some(({ assistant }) => assistant.surface !== report.surface);

/** An assistant's title; with its surface beside it where a report holds both. */
export const titleIn = (report: Report, { title, surface }: Assistant): string =>
  isMixed(report) ? `${title} (${shownSurface(surface)})` : title;

/** A surface in a heading, in any language. */
export const shownSurface = (surface: Surface): string => surface.toUpperCase();

/** Names used for phases where a report is grouped by them, in the order of the journey. */
export const phaseOrder: Phase[] = ["awareness", "consideration", "purchase", "post_purchase"];
