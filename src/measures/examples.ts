/** What a report takes from answers themselves, not from counts: insights, and answers that show what is meant. */
import type { Brand, Day, Project, Surface } from "../domain.ts";
import {
  dayWithLatest,
  findAnswers,
  listAllAssistants,
  listFindings,
  listMissing,
  listPromptLabels,
  loadInsights,
  type Db,
  type Insights,
} from "../store/index.ts";
import { findOpportunities, type Opportunities, type Opportunity } from "./opportunities.ts";

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

/** ... of the latest answers of the report's period. */
export interface ReportInsights extends Insights {
  /** Its first day: the report's own, or a later one where the period has more answers than are looked at. */
  from: Day;
}

interface Section {
  from: Day;
  to: Day;
  surface: Surface;
}

/** A report waits for these to be read: whole days, from the last one back until there are so many. */
const mostAnswers = 10_000;
const mostOpportunities = 5;
const mostMissing = 5;
const mostCandidates = 10;
const excerptLength = 160;

/** The last days of a section, as many as hold the answers that are looked at. */
export async function latestOf(db: Db, project: Project, section: Section): Promise<Section> {
  const day = await dayWithLatest(db, project.id, section, mostAnswers);
  return { ...section, from: day ?? section.from };
}

/** What findings of the section say, of every brand in the order given. */
export async function insightsOf(db: Db, project: Project, brands: Brand[], section: Section): Promise<ReportInsights> {
  const { from, to, surface } = section;
  const insights = await loadInsights(db, project, from, to, mostCandidates, surface);
  const none = { namedAmongCitations: 0, uncited: 0, uncertain: 0, denied: 0, cited: 0, ghosts: 0 };
  const found = new Map(insights.brands.map((row) => [row.brandId, row]));
  return { ...insights, from, brands: brands.map(({ id }) => found.get(id) ?? { brandId: id, ...none }) };
}

/** Questions on which rivals are surely ahead, each with its newest answer. */
export async function opportunitiesOf(
  db: Db,
  project: Project,
  brands: Brand[],
  section: Section,
): Promise<Opportunities<ShownOpportunity>> {
  const found = await findOpportunities(db, project, { ...section, limit: mostOpportunities });
  const newest = found.listed.flatMap(({ answerIds }) => answerIds.slice(0, 1));
  const examples = new Map((await describeAnswers(db, project, brands, newest)).map((one) => [one.answerId, one]));
  const withExample = (one: Opportunity) => ({ ...one, example: examples.get(one.answerIds[0] ?? "") ?? null });
  return { ...found, listed: found.listed.map(withExample) };
}

/** Answers that name rivals and not the own brand, most rivals first. */
export async function missingOf(db: Db, project: Project, brands: Brand[], section: Section): Promise<MissingAnswer[]> {
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
