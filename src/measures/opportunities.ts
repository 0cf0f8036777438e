/** Where rivals are ahead: questions they are named or cited in and the own brand is not, and the pages that speak of them. */
import type { Brand, Counts, Day, Project, Surface } from "../domain.ts";
import { pairedGap, type PairedGap } from "../metrics/index.ts";
import {
  addCounts,
  listAllAssistants,
  listBrands,
  listCitedPages,
  listPromptLabels,
  listPrompts,
  listWithoutOwn,
  noCounts,
  sumAssistants,
  sumSurfaces,
  type CurrentPrompt,
  type Db,
} from "../store/index.ts";
import { sourcesIn, type GapSource } from "./gap-sources.ts";
import { checkQuery } from "./query.ts";

export interface OpportunityQuery {
  /** First and last day, both included. */
  from: Day;
  to: Day;
  surface: Surface;
  /** So many at most, those of the surest gap; never more than 100. */
  limit: number;
}

/** How far a rival is ahead on one question. */
export interface RivalGap {
  brandId: string;
  /** Answers that name or cite it; of these, those that neither name nor cite the own brand. */
  present: number;
  alone: number;
  /** Share of answers with it alone minus share with the own brand alone, with the 95 % interval for this question only. */
  gap: PairedGap;
}

export interface Opportunity {
  prompt: CurrentPrompt;
  answers: number;
  /** Answers that name or cite the own brand. */
  ownPresent: number;
  /** The rival that is most surely ahead. */
  rival: RivalGap;
  /** Rivals that are surely ahead too. */
  others: RivalGap[];
  /** The same counts by assistant, in the order they were added. */
  assistants: { assistantId: string; answers: number; ownPresent: number; rivalPresent: number }[];
  /** Answers with a rival and without the own brand, of the newest 500 that are still kept; newest first. */
  answerIds: string[];
  /** What these cite, at most five domains. */
  sources: GapSource[];
}

/** Why nothing is listed. */
export type NoOpportunity = "no_rivals" | "no_answers" | "not_behind" | "too_few_answers" | "none_sure";

export interface Opportunities<Listed = Opportunity> {
  listed: Listed[];
  /** Questions with a sure gap, listed or not, and questions compared. */
  found: number;
  compared: number;
  /** Null where something is listed. */
  why: NoOpportunity | null;
}

/** Below this a gap is called sure by chance too often: 6 of 100 times with four answers, see `pairedGap`. */
const fewestAnswers = 5;
/** Each that is listed has its answers looked at. */
const mostListed = 100;
const mostSources = 5;

/**
 * Questions still asked on which a rival is surely ahead, by the lower limit of the gap: a small gap in many answers
 * comes before a large one in few. Each interval stands for its question only, for these assistants, as if answers were
 * draws of their own; nothing is said of questions like it, and among many questions and rivals some look ahead by
 * chance. The versions of a question count as one. A rival that was not counted in all answers is not compared.
 * Throws InputError where the period is none.
 */
export async function findOpportunities(db: Db, project: Project, query: OpportunityQuery): Promise<Opportunities> {
  checkQuery({ from: query.from, to: query.to }, []);
  const brands = await listBrands(db, project.id);
  const own = brands.find(({ role }) => role === "own");
  const rivals = brands.filter(({ role }) => role === "competitor");
  if (!own || rivals.length === 0) return { listed: [], found: 0, compared: 0, why: "no_rivals" };
  const prompts = await countPrompts(db, project, query);
  const compared = prompts.flatMap((prompt) => comparePrompt(prompt, own, rivals) ?? []);
  const sure = compared
    .filter(({ answers, rivals: [surest] }) => answers >= fewestAnswers && surest!.gap.low > 0)
    .sort((a, b) => bySurest(a.rivals[0]!, b.rivals[0]!)); // sorting is stable, and prompts come as they were added
  const shown = sure.slice(0, Math.min(query.limit, mostListed));
  const assistantsOf = await countAssistants(db, project, query, own, shown);
  const rivalIds = rivals.map(({ id }) => id);
  const listed: Opportunity[] = [];
  for (const one of shown) {
    const { prompt, versionIds, answers, ownPresent } = one;
    const rival = one.rivals[0]!;
    const answerIds = await listWithoutOwn(db, project, { ...query, versionIds, ownBrandId: own.id, rivalIds });
    listed.push({
      prompt,
      answers,
      ownPresent,
      rival,
      others: one.rivals.slice(1).filter(({ gap }) => gap.low > 0),
      assistants: assistantsOf(one, rival.brandId),
      answerIds,
      sources: sourcesIn(await listCitedPages(db, project, answerIds), rivalIds).slice(0, mostSources),
    });
  }
  return { listed, found: sure.length, compared: compared.length, why: sure.length > 0 ? null : whyNone(compared) };
}

/** What was counted for one question. */
interface CountedPrompt {
  prompt: CurrentPrompt;
  versionIds: string[];
  /** Brand id to counts. */
  counts: Map<string, Counts>;
}

interface ComparedPrompt extends CountedPrompt {
  answers: number;
  ownPresent: number;
  /** The surest first. */
  rivals: RivalGap[];
}

/** Questions still asked that have answers, as they were added. */
async function countPrompts(db: Db, project: Project, { from, to, surface }: OpportunityQuery) {
  const prompts = new Map(
    (await listPrompts(db, project.id)).map((prompt): [string, CountedPrompt] => [
      prompt.id,
      { prompt, versionIds: [], counts: new Map<string, Counts>() },
    ]),
  );
  const ofVersion = new Map<string, CountedPrompt>();
  for (const { versionId, prompt } of await listPromptLabels(db, project.id)) {
    const counted = prompts.get(prompt.id);
    if (!counted) continue; // no longer asked
    counted.versionIds.push(versionId);
    ofVersion.set(versionId, counted);
  }
  const sums = await sumSurfaces(db, project.id, from, to, { surfaces: [surface], byDay: false });
  for (const row of sums) {
    const counts = ofVersion.get(row.promptVersionId)?.counts;
    if (!counts) continue;
    if (!counts.has(row.brandId)) counts.set(row.brandId, noCounts());
    addCounts(counts.get(row.brandId)!, row);
  }
  return [...prompts.values()].filter(({ counts }) => counts.size > 0);
}

/** Every rival beside the own brand; null where there is nobody to compare. */
function comparePrompt(counted: CountedPrompt, { id: ownId }: Brand, rivals: Brand[]): ComparedPrompt | null {
  const own = counted.counts.get(ownId);
  if (!own) return null;
  const compared = rivals.flatMap(({ id: brandId }): RivalGap[] => {
    const rival = counted.counts.get(brandId);
    if (rival?.answers !== own.answers) return []; // added after some of the answers were frozen
    const both = rival.present - rival.withoutOwn;
    const [firstOnly, secondOnly] = [rival.withoutOwn, own.present - both];
    const gap = pairedGap({ firstOnly, secondOnly, answers: own.answers });
    return gap ? [{ brandId, present: rival.present, alone: firstOnly, gap }] : [];
  });
  if (compared.length === 0) return null;
  return { ...counted, answers: own.answers, ownPresent: own.present, rivals: compared.sort(bySurest) };
}

const bySurest = (a: RivalGap, b: RivalGap): number => b.gap.low - a.gap.low || b.gap.value - a.gap.value;

function whyNone(compared: ComparedPrompt[]): NoOpportunity {
  if (compared.length === 0) return "no_answers";
  const behind = compared.filter(({ rivals }) => rivals.some(({ gap }) => gap.value > 0));
  if (behind.length === 0) return "not_behind";
  return behind.every(({ answers }) => answers < fewestAnswers) ? "too_few_answers" : "none_sure";
}

/** Counts of some questions by assistant. */
async function countAssistants(db: Db, project: Project, query: OpportunityQuery, own: Brand, some: ComparedPrompt[]) {
  const versionIds = some.flatMap((one) => one.versionIds);
  const rows =
    some.length === 0
      ? []
      : await sumAssistants(db, project.id, query.from, query.to, { byDay: false, byModel: false, versionIds });
  const assistants = (await listAllAssistants(db, project.id)).filter(({ surface }) => surface === query.surface);
  return (one: ComparedPrompt, rivalId: string): Opportunity["assistants"] =>
    assistants.flatMap(({ id: assistantId }) => {
      const total = (brandId: string, name: "answers" | "present") =>
        rows
          .filter((row) => row.assistantId === assistantId && one.versionIds.includes(row.promptVersionId))
          .reduce((sum, row) => sum + (row.brandId === brandId ? row[name] : 0), 0);
      const answers = total(own.id, "answers");
      const [ownPresent, rivalPresent] = [total(own.id, "present"), total(rivalId, "present")];
      return answers === 0 ? [] : [{ assistantId, answers, ownPresent, rivalPresent }];
    });
}
