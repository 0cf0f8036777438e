/** What a project's roll-ups must hold, worked out from its raw rows as plainly as can be: the reference for jobs/rollup. */
import { and, eq, inArray } from "drizzle-orm";
import type { Counts, Project } from "../../src/domain.ts";
import { getProject, listAllAssistants, listBrands, type Store } from "../../src/store/index.ts";
import { countNames, CountSums } from "../../src/store/matrix.ts";

/** The four tables, a line per row and in one order; sums of fractions to nine digits, which the order of adding leaves alone. */
export interface Lines {
  rollups: string[];
  surfaces: string[];
  sources: string[];
  outcomes: string[];
}

type Key = Record<string, string>;
const line = (key: Key, values: object): string => JSON.stringify({ ...key, ...rounded(values) });
const rounded = (values: object): object =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === "number" ? Math.round(value * 1e9) / 1e9 : (value as unknown),
    ]),
  );
const countLine = (key: Key, counts: Counts): string =>
  line(key, Object.fromEntries(countNames.map((name) => [name, counts[name]])));

/** Groups by what `keyOf` says, each group with its key. */
function grouped<T>(items: T[], keyOf: (item: T) => Key): [Key, T[]][] {
  const groups = new Map<string, [Key, T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const name = JSON.stringify(key);
    if (!groups.has(name)) groups.set(name, [key, []]);
    groups.get(name)![1].push(item);
  }
  return [...groups.values()];
}

const sumOf = <T>(items: T[], value: (item: T) => number): number => items.reduce((sum, item) => sum + value(item), 0);

/** Every reply of the project that enters measures, with all that the reading in force has found in it. */
async function replies({ read }: Store, { id, reading }: Project) {
  const { answers, findings, mentions, citations, verdicts } = read.tables;
  const kept = await read
    .select()
    .from(answers)
    .where(and(eq(answers.projectId, id), inArray(answers.purpose, ["scheduled", "import"])));
  const ids = kept.map((answer) => answer.id);
  const of = (table: typeof findings | typeof mentions | typeof citations) =>
    and(inArray(table.answerId, ids), eq(table.reading, reading));
  const found = await read.select().from(findings).where(of(findings));
  const named = await read.select().from(mentions).where(of(mentions));
  const cited = await read.select().from(citations).where(of(citations));
  const judged = await read.select().from(verdicts).where(inArray(verdicts.answerId, ids));
  return kept.map((answer) => ({
    ...answer,
    servedModel: answer.servedModel ?? "",
    findings: found.find(({ answerId }) => answerId === answer.id),
    mentions: named.filter(({ answerId }) => answerId === answer.id),
    cited: cited.filter(({ answerId }) => answerId === answer.id),
    verdicts: judged.filter(({ answerId }) => answerId === answer.id),
  }));
}
type Told = Awaited<ReturnType<typeof replies>>[number];

const names = (answer: Told, brandId: string): boolean =>
  answer.mentions.some((mention) => mention.brandId === brandId && mention.certainty !== "uncertain");
const cites = (answer: Told, brandId: string): boolean =>
  answer.search && answer.cited.some(({ ownerBrandId }) => ownerBrandId === brandId);
const ranks = ({ findings }: Told): boolean =>
  ["list", "table", "headings", "stated"].includes(findings!.rankingSource ?? "");
const toneOf = (answer: Told, brandId: string) =>
  names(answer, brandId) ? answer.verdicts.find((verdict) => verdict.brandId === brandId)?.tone : undefined;

function countsOf(answers: Told[], brandId: string, ownId: string): Counts {
  const count = (holds: (answer: Told) => boolean) => answers.filter(holds).length;
  const place = (answer: Told) => (ranks(answer) ? answer.findings!.positions[brandId] : undefined);
  const named = (answer: Told) => names(answer, brandId);
  const cited = (answer: Told) => cites(answer, brandId);
  const lacksOwn = (answer: Told) => !names(answer, ownId) && !cites(answer, ownId);
  return {
    answers: answers.length,
    named: count(named),
    ranked: count(ranks),
    top1: count((answer) => place(answer) === 1),
    top3: count((answer) => (place(answer) ?? 4) <= 3),
    reciprocalRanks: sumOf(answers, (answer) => (place(answer) === undefined ? 0 : 1 / place(answer)!)),
    searched: count(({ search }) => search),
    citing: count((answer) => answer.search && answer.cited.length > 0),
    cited: count(cited),
    ghosts: count((answer) => cited(answer) && !named(answer)),
    uncited: count((answer) => answer.search && named(answer) && !cited(answer)),
    judged: count((answer) => toneOf(answer, brandId) !== undefined),
    positive: count((answer) => toneOf(answer, brandId) === "positive"),
    negative: count((answer) => toneOf(answer, brandId) === "negative"),
    present: count((answer) => named(answer) || cited(answer)),
    withoutOwn: count((answer) => (named(answer) || cited(answer)) && lacksOwn(answer)),
  };
}

/** What the tables should hold. */
export async function recomputed(store: Store, projectId: string): Promise<Lines> {
  const project = await getProject(store.read, projectId);
  const brands = await listBrands(store.read, projectId);
  const ownId = brands.find(({ role }) => role === "own")!.id;
  const assistants = await listAllAssistants(store.read, projectId);
  const surfaceOf = (answer: Told) => assistants.find(({ id }) => id === answer.assistantId)!.surface;
  const all = await replies(store, project);
  const valid = all.filter(
    ({ outcome, findings }) => (outcome === "answered" || outcome === "no_search") && findings !== undefined,
  );
  const perBrand = (groups: [Key, Told[]][]) =>
    groups.flatMap(([key, answers]) =>
      brands.map(({ id }) => countLine({ ...key, brand: id }, countsOf(answers, id, ownId))),
    );
  const citations = valid.flatMap((answer) => answer.cited.map((citation) => ({ answer, ...citation })));
  const pages = citations.filter(({ domain }) => domain !== "").flatMap((one) => [one, { ...one, canonicalUrl: "" }]);
  return {
    rollups: perBrand(
      grouped(valid, ({ day, promptVersionId: prompt, assistantId: assistant, servedModel: model }) => ({
        ...{ day, prompt, assistant, model },
      })),
    ).sort(),
    surfaces: perBrand(
      grouped(valid, (answer) => ({ day: answer.day, prompt: answer.promptVersionId, surface: surfaceOf(answer) })),
    ).sort(),
    sources: grouped(pages, ({ answer, domain, canonicalUrl: url, ownerBrandId }) => ({
      ...{ day: answer.day, assistant: answer.assistantId, domain, url, owner: ownerBrandId ?? "" },
    }))
      .map(([key, cited]) => {
        const answers = new Set(cited.map(({ answer }) => answer.id)).size;
        return line(key, { answers, citations: cited.length });
      })
      .sort(),
    outcomes: grouped(all, ({ day, promptVersionId: prompt, assistantId: assistant, servedModel: model, outcome }) => ({
      ...{ day, prompt, assistant, model, outcome },
    }))
      .map(([key, ended]) =>
        line(key, {
          replies: ended.length,
          costMicroUsd: sumOf(ended, ({ costMicroUsd }) => costMicroUsd ?? 0),
          priced: ended.filter(({ costMicroUsd }) => costMicroUsd !== null).length,
          unlocated: ended.filter(({ locationApplied }) => locationApplied === false).length,
        }),
      )
      .sort(),
  };
}

/** What the tables do hold, the packed one unpacked. */
export async function kept(store: Store, projectId: string): Promise<Lines> {
  const { rollups, surfaceDays, sourceRollups, outcomeRollups } = await keptRows(store, projectId);
  const surfaces = surfaceDays.flatMap(({ day, surface, promptVersions, brands, counts }) => {
    const sums = new CountSums();
    sums.add({ promptVersions, brands }, counts);
    return sums
      .take()
      .map(({ promptVersionId: prompt, brandId: brand, ...sum }) => countLine({ day, prompt, surface, brand }, sum));
  });
  return {
    rollups: rollups
      .map(({ day, promptVersionId: prompt, assistantId: assistant, servedModel: model, brandId: brand, ...counts }) =>
        countLine({ day, prompt, assistant, model, brand }, counts),
      )
      .sort(),
    surfaces: surfaces.sort(),
    sources: sourceRollups
      .map(({ day, assistantId: assistant, domain, url, owner, answers, citations }) =>
        line({ day, assistant, domain, url, owner }, { answers, citations }),
      )
      .sort(),
    outcomes: outcomeRollups
      .map(({ day, promptVersionId: prompt, assistantId: assistant, servedModel: model, outcome, ...row }) => {
        const { replies: ended, costMicroUsd, priced, unlocated } = row;
        return line({ day, prompt, assistant, model, outcome }, { replies: ended, costMicroUsd, priced, unlocated });
      })
      .sort(),
  };
}

/** The four tables' rows to the last bit, each table in the order of its lines. */
export async function keptRows({ read }: Store, projectId: string) {
  const { rollups, surfaceDays, sourceRollups, outcomeRollups } = read.tables;
  const inOrder = <T>(rows: T[]) => rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return {
    rollups: inOrder(await read.select().from(rollups).where(eq(rollups.projectId, projectId))),
    surfaceDays: inOrder(await read.select().from(surfaceDays).where(eq(surfaceDays.projectId, projectId))),
    sourceRollups: inOrder(await read.select().from(sourceRollups).where(eq(sourceRollups.projectId, projectId))),
    outcomeRollups: inOrder(await read.select().from(outcomeRollups).where(eq(outcomeRollups.projectId, projectId))),
  };
}
