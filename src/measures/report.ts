/** The report: what a period says about a project, for the terminal, the page and scripts alike. */
import type { Assistant, Brand, Break, Day, Failure, Outcome, Phase, Project, Surface, Words } from "../domain.ts";
import { trend, trendWords, type Trend } from "../metrics/index.ts";
import {
  countOutcomes,
  findAnswers,
  listAllAssistants,
  listAssistants,
  listBrands,
  listFindings,
  listMissing,
  listPromptLabels,
  listTopSources,
  loadInsights,
  newestReading,
  type Db,
  type Insights,
  type TopSource,
} from "../store/index.ts";
import { addDays, daysFrom } from "./days.ts";
import { findOpportunities, type Opportunities, type Opportunity } from "./opportunities.ts";
import { choosePeriod, type Period } from "./period.ts";
import { emptyRow, measure, type MeasureQuery, type MeasureRow } from "./measures.ts";

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

export interface MissingAnswer {
  answerId: string;
  day: Day;
  question: string;
  assistant: string;
  /** Its country and time zone could not be passed on. */
  unlocated: boolean;
  rivals: string[];
  excerpt: string;
}

export interface ShownOpportunity extends Opportunity {
  example: MissingAnswer | null;
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
  insights: Insights;
  /** Questions on which rivals are surely ahead, each with one of its answers where these are kept. */
  opportunities: Opportunities<ShownOpportunity>;
  missing: MissingAnswer[];
  /** Assistants in force that will not answer before something is changed. */
  attention: Attention[];
  /** History is being read again with other brands or another parser. */
  rereading: boolean;
}

const mostSources = 10;
const mostOpportunities = 5;
const mostMissing = 5;
const mostCandidates = 10;
const excerptLength = 160;

/** The report of a period, by default its last days with answers; null when there is no answer yet. */
export async function makeReport(db: Db, project: Project, period: Period): Promise<Report | null> {
  const chosen = await choosePeriod(db, project, period);
  if (!chosen) return null;
  const { from, to, surface, before: comparedTo } = chosen;
  const brands = await listBrands(db, project.id);
  const reported = await reportAssistants(db, project, from, to);
  const ask = (query: Omit<MeasureQuery, "from" | "to">) => measure(db, project, { from, to, ...query });
  const filter = { surface: [surface] };
  const order = new Map(brands.map((brand, i) => [brand.id, brand.role === "own" ? -1 : i]));
  const inOrder = (list: MeasureRow[]) =>
    list
      .filter((row) => order.has(row.brandId))
      .sort((a, b) => order.get(a.brandId)! - order.get(b.brandId)! || compareGroups(a, b));
  const newest = await newestReading(db, project.id);
  const measured = await ask({ filter, ...(comparedTo && { compareTo: comparedTo }) });
  const overall = brands.map(({ id }) => measured.rows.find(({ brandId }) => brandId === id) ?? emptyRow(id));
  const days = await ask({ filter, bucket: "day" });
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
    insights: await insightsOf(db, project, sorted, { from, to, surface }),
    opportunities: await reportOpportunities(db, project, brands, { from, to, surface }),
    missing: await reportMissing(db, project, brands, { from, to, surface }),
    attention: await needingAttention(db, project),
    rereading: newest !== null && newest.number !== project.reading,
  };
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

type Section = Pick<Report, "from" | "to" | "surface">;

async function insightsOf(db: Db, project: Project, brands: Brand[], section: Section): Promise<Insights> {
  const { from, to, surface } = section;
  const insights = await loadInsights(db, project, from, to, mostCandidates, surface);
  const none = { namedAmongCitations: 0, uncited: 0, uncertain: 0, denied: 0, cited: 0, ghosts: 0 };
  const found = new Map(insights.brands.map((row) => [row.brandId, row]));
  return { ...insights, brands: brands.map(({ id }) => found.get(id) ?? { brandId: id, ...none }) };
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

async function reportOpportunities(
  db: Db,
  project: Project,
  brands: Brand[],
  section: Section,
): Promise<Report["opportunities"]> {
  const found = await findOpportunities(db, project, { ...section, limit: mostOpportunities });
  const newest = found.listed.flatMap(({ answerIds }) => answerIds.slice(0, 1));
  const examples = new Map((await describeAnswers(db, project, brands, newest)).map((one) => [one.answerId, one]));
  const withExample = (one: Opportunity) => ({ ...one, example: examples.get(one.answerIds[0] ?? "") ?? null });
  return { ...found, listed: found.listed.map(withExample) };
}

async function reportMissing(db: Db, project: Project, brands: Brand[], section: Section): Promise<MissingAnswer[]> {
  const { from, to, surface } = section;
  const own = brands.find((brand) => brand.role === "own");
  if (!own) return [];
  const rows = await listMissing(db, project, own.id, from, to, mostMissing, surface);
  return describeAnswers(
    db,
    project,
    brands,
    rows.map(({ answerId }) => answerId),
  );
}

/** Answers with their question and what they say of rivals, in the order of the ids. */
async function describeAnswers(db: Db, project: Project, brands: Brand[], ids: string[]): Promise<MissingAnswer[]> {
  const answers = new Map((await findAnswers(db, ids)).map((answer) => [answer.id, answer]));
  const findings = await listFindings(db, ids, project.reading);
  const questions = new Map(
    (await listPromptLabels(db, project.id)).map(({ versionId, version }) => [versionId, version.text]),
  );
  const titles = new Map((await listAllAssistants(db, project.id)).map((assistant) => [assistant.id, assistant.title]));
  const rivals = brands.filter(({ role }) => role === "competitor");
  const names = new Map(rivals.map((brand) => [brand.id, brand.name]));
  return ids.map((id) => {
    const answer = answers.get(id)!;
    const mentions = findings.get(id)?.mentions ?? [];
    return {
      answerId: id,
      day: answer.day,
      question: questions.get(answer.promptVersionId) ?? "",
      assistant: titles.get(answer.assistantId) ?? "",
      unlocated: answer.locationApplied === false,
      rivals: [...new Set(mentions.map((mention) => names.get(mention.brandId) ?? ""))].filter(Boolean),
      excerpt: excerptAround(answer.text, mentions[0]?.start ?? 0),
    };
  });
}

/** Some words around a place, on one line. */
function excerptAround(text: string, place: number): string {
  const start = Math.max(0, place - excerptLength / 3);
  const cut = text
    .slice(start, start + excerptLength)
    .replace(/\s+/g, " ")
    .trim()
    .toWellFormed();
  return `${start > 0 ? "…" : ""}${cut}${start + excerptLength < text.length ? "…" : ""}`;
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
