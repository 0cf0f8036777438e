/** Answers questions that counts cannot: metrics of whole answers, and of how replies ended. */
import { createHash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { Brand, Break, Day, Measure, Project } from "../domain.ts";
import { InputError } from "../errors.ts";
import { findingsMetrics, outcomeMetrics } from "../metrics/index.ts";
import type { FindingsMetric, ReadAnswer } from "../metrics/metric.ts";
import { getProject, listAskedDays, listBrands, sumOutcomes, type Db } from "../store/index.ts";
import { breaksOf } from "./breaks.ts";
import { cellsOf, Groups, labelsOf, type Group, type Labels } from "./cells.ts";
import { checkQuery, type MeasureQuery } from "./query.ts";
import { firstKept, readAnswers } from "./read-answers.ts";

/** Sources in most answers, of which measures are made. */
const mostSources = 20;
const mostRows = 10_000;
/** Results kept of each database, the last ones used. */
const mostKept = 30;

/** One measure; which brand, rival or source it is of, if any. */
export interface AnswerRow extends Group {
  metric: string;
  brandId?: string;
  rivalId?: string;
  /** Registrable domain. */
  source?: string;
  measure: Measure;
}

export interface MeasuredAnswers {
  /** In the order of groups, then metrics; of replies' outcomes last. Groups without answers have no row. */
  rows: readonly AnswerRow[];
  /** Where a series of buckets is not the same before and after; none without buckets. */
  breaks: readonly Break[];
  /** Answers of earlier days are no longer kept: metrics that read answers say nothing of them. */
  answersFrom: Day;
}

/**
 * Metrics that need whole answers, per group: of each tracked brand (or those of `query.brands`), of the own brand
 * against each rival, of the most cited sources, or of all brands together; all such metrics where none is named. They
 * read answers one by one, so results are kept until the next roll-up of the project, which is when `measure` changes,
 * too. Throws InputError where the query asks for what there is not, or for too much.
 */
export async function measureAnswers(db: Db, { id }: Project, query: MeasureQuery): Promise<MeasuredAnswers> {
  checkQuery(query, [...findingsMetrics, ...outcomeMetrics]);
  if (query.compareTo)
    throw new InputError("compareTo: only metrics made of counts can be compared; ask for each period by itself");
  const project = await getProject(db, id);
  const frame: Frame = { db, project, query, labels: await labelsOf(db, id), brands: await listBrands(db, id) };
  return remembered(db, keyOf(frame), () => answer(frame));
}

interface Frame {
  db: Db;
  project: Project;
  query: MeasureQuery;
  labels: Labels;
  brands: Brand[];
}

/** Everything that a result depends on: labels apply to history, so another topic is another result. */
function keyOf({ project, query, labels, brands }: Frame): string {
  const { id, reading, dataVersion, answersKeptFrom } = project;
  const assistants = labels.assistants.map((one) => [one.id, one.surface]);
  const roles = brands.map((brand) => [brand.id, brand.role]);
  const all = [id, reading, dataVersion, answersKeptFrom, query, labels.prompts, assistants, roles];
  return createHash("sha256").update(JSON.stringify(all)).digest("hex");
}

const results = new WeakMap<Db, Map<string, Promise<MeasuredAnswers>>>();

/** Computes once what is asked again, also while it is still being computed. */
function remembered(db: Db, key: string, compute: () => Promise<MeasuredAnswers>): Promise<MeasuredAnswers> {
  let kept = results.get(db);
  if (!kept) results.set(db, (kept = new Map<string, Promise<MeasuredAnswers>>()));
  const result = kept.get(key) ?? compute();
  kept.delete(key);
  kept.set(key, result);
  for (const oldest of kept.keys()) if (kept.size > mostKept) kept.delete(oldest);
  result.catch(() => kept.delete(key)); // told to whoever asked
  return result;
}

async function answer(frame: Frame): Promise<MeasuredAnswers> {
  const { db, project, query } = frame;
  return {
    rows: [...(await rowsOfAnswers(frame)), ...(await rowsOfOutcomes(frame))],
    breaks: query.bucket ? breaksOf(await listAskedDays(db, project.id, query.from, query.to), frame.labels) : [],
    answersFrom: firstKept(project, query.from),
  };
}

const wantedOf = <One extends { id: string }>(metrics: readonly One[], query: MeasureQuery): One[] =>
  metrics.filter(({ id }) => query.metrics?.includes(id) ?? true);

async function rowsOfAnswers({ db, project, query, labels, brands }: Frame): Promise<AnswerRow[]> {
  const wanted = wantedOf(findingsMetrics, query);
  if (wanted.length === 0) return [];
  const tracked = new Set(brands.map(({ id }) => id));
  const groups = new Groups<ReadAnswer[]>(query, () => []);
  const citing = new Map<string, number>();
  const sentences = wanted.some((metric) => metric.sentences);
  for await (const { cell, day, read, domains } of readAnswers(db, project, query, { labels, tracked, sentences })) {
    for (const answers of groups.of(cell, day)) answers.push(read);
    for (const domain of domains) citing.set(domain, (citing.get(domain) ?? 0) + 1);
  }
  const about = subjectsOf(brands, query, mostCited(citing));
  const makers = wanted.flatMap((metric) => makersOf(metric, about));
  const all = groups.all();
  if (all.length * makers.length > mostRows)
    throw new InputError([
      `group: ${all.length} groups with ${makers.length} measures each are too many; ` +
        `at most ${mostRows} measures at a time: ask for fewer groups, metrics or brands, or a longer bucket`,
    ]);
  const rows: AnswerRow[] = [];
  for (const { group, content } of all)
    for (const { of, measure } of makers) {
      rows.push({ ...of, ...group, measure: measure(content) });
      await setImmediate(); // others have their turn in between
    }
  return rows;
}

/** Whom and what measures are of. */
interface Subjects {
  tracked: string[];
  own: string | undefined;
  /** Those whose rows are wanted. */
  brands: string[];
  sources: string[];
}

function subjectsOf(brands: readonly Brand[], query: MeasureQuery, sources: string[]): Subjects {
  const tracked = brands.map(({ id }) => id);
  return {
    tracked,
    own: brands.find(({ role }) => role === "own")?.id,
    brands: tracked.filter((id) => query.brands?.includes(id) ?? true),
    sources,
  };
}

/** The domains that most answers cite; in order of the alphabet where as many do. */
const mostCited = (citing: ReadonlyMap<string, number>): string[] =>
  [...citing]
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .slice(0, mostSources)
    .map(([domain]) => domain);

interface Maker {
  of: Pick<AnswerRow, "metric" | "brandId" | "rivalId" | "source">;
  measure: (answers: readonly ReadAnswer[]) => Measure;
}

/** One for each row that a group has of a metric. */
function makersOf(metric: FindingsMetric, { tracked, own, brands, sources }: Subjects): Maker[] {
  const { id } = metric;
  if (metric.of === "panel") return [{ of: { metric: id }, measure: (answers) => metric.measure(answers) }];
  if (metric.of === "source")
    return sources.map((source) => ({
      of: { metric: id, source },
      measure: (answers) => metric.measure(answers, source),
    }));
  if (metric.of === "brand")
    return brands.map((brand) => ({
      of: { metric: id, brandId: brand },
      measure: (answers) => metric.measure(answers, { brand, tracked }),
    }));
  if (own === undefined) return [];
  return brands
    .filter((rival) => rival !== own)
    .map((rival) => ({
      of: { metric: id, brandId: own, rivalId: rival },
      measure: (answers) => metric.measure(answers, { brand: own, rival }),
    }));
}

/** Outcomes are counted by roll-ups; answers that did not search were shown, too. */
async function rowsOfOutcomes({ db, project, query, labels }: Frame): Promise<AnswerRow[]> {
  const wanted = wantedOf(outcomeMetrics, query);
  if (wanted.length === 0) return [];
  const cells = cellsOf(labels);
  const groups = new Groups<Map<string, { answered: number; noSurface: number }>>(query, () => new Map());
  const byDay = query.bucket !== undefined;
  for (const count of await sumOutcomes(db, project.id, query.from, query.to, { byDay })) {
    const shown = count.outcome === "answered" || count.outcome === "no_search";
    if (!shown && count.outcome !== "no_surface") continue;
    const cell = cells(count);
    for (const prompts of groups.of(cell, count.day)) {
      const prompt = prompts.get(cell.prompt.id) ?? { answered: 0, noSurface: 0 };
      prompt[shown ? "answered" : "noSurface"] += count.replies;
      prompts.set(cell.prompt.id, prompt);
    }
  }
  return groups
    .all()
    .flatMap(({ group, content }) =>
      wanted.map((metric) => ({ metric: metric.id, ...group, measure: metric.measure([...content.values()]) })),
    );
}
