/** Answers put into a store by hand, with what was found in them, for tests of what is counted and shown. */
import type { Answer, Citation, Findings, Project, Purpose, Question, Verdict } from "../../src/domain.ts";
import { localDay } from "../../src/jobs/index.ts";
import { countDay } from "../../src/jobs/rollup.ts";
import {
  applyDefinition,
  ensureReading,
  findAnswer,
  findMark,
  getProject,
  listAllAssistants,
  listBrands,
  listPrompts,
  newId,
  newRun,
  openRun,
  packBody,
  saveAnswers,
  saveFindings,
  switchReading,
  type Store,
} from "../../src/store/index.ts";
import type { ProjectDefinition } from "../../src/domain.ts";

/** What is wanted of one answer; everything else is as usual. */
export interface Wanted extends Partial<
  Pick<Answer, "outcome" | "text" | "servedModel" | "costMicroUsd" | "search" | "citations" | "locationApplied">
> {
  /** Keys of the prompt and of the assistant. */
  prompt: string;
  assistant: string;
  /** Keys of the brands named, in the order of the text. */
  named?: string[];
  /** Keys of the brands ranked, best first; null for one that nobody tracks. */
  ranked?: (string | null)[];
  cited?: Pick<Citation, "domain" | "owner">[];
  /** Keys of brands to the tone that a judge saw. */
  tones?: Partial<Record<string, Verdict["tone"]>>;
  /** Findings that differ from what the rest says. */
  findings?: Partial<Findings>;
}

export async function applied(store: Store, definition: ProjectDefinition, now = 0): Promise<Project> {
  const { project } = await store.tx((tx) => applyDefinition(tx, definition, now));
  await store.tx(async (tx) => {
    const reading = await ensureReading(tx, project, 1);
    if (project.reading === 0) await switchReading(tx, project.id, reading.number);
  });
  return getProject(store.read, project.id);
}

/** Keeps a run's answers and what was found in them; the day is counted by `countDays`. */
export async function keepAnswers(
  store: Store,
  project: Project,
  dueAt: number,
  wanted: Wanted[],
  purpose: Purpose = "scheduled",
): Promise<void> {
  const day = localDay(dueAt, project.timezone);
  const run = newRun({ projectId: project.id, dueAt, day, purpose, state: "done" });
  const prompts = new Map((await listPrompts(store.read, project.id)).map((prompt) => [prompt.key, prompt]));
  const assistants = new Map((await listAllAssistants(store.read, project.id)).map((one) => [one.key, one]));
  const brands = await listBrands(store.read, project.id);
  const questions = wanted.map(({ prompt, assistant }, repeat): Question => ({
    id: newId(),
    runId: run.id,
    projectId: project.id,
    promptId: prompts.get(prompt)!.id,
    promptVersionId: prompts.get(prompt)!.versionId,
    assistantId: assistants.get(assistant)!.id,
    repeat,
    purpose,
    day,
    state: "done",
    attempts: 1,
    estimateMicroUsd: 0,
    failure: null,
  }));
  const body = await packBody("{}");
  await store.tx((tx) => openRun(tx, run, questions));
  for (const [i, question] of questions.entries()) {
    const answer = answerOf(question, dueAt, wanted[i]!);
    await store.tx((tx) => saveAnswers(tx, [{ question, answer, body }]));
    const kept = (await findAnswer(store.read, answer.id))!;
    await store.tx((tx) =>
      saveFindings(tx, [{ answer: kept, findings: findingsOf(wanted[i]!) }], project.reading, brands),
    );
    const verdicts = brands.flatMap(({ id: brandId, key }) => {
      const tone = wanted[i]!.tones?.[key];
      return tone ? [{ answerId: answer.id, brandId, judge: "j", promptVersion: 1, tone, quote: "" }] : [];
    });
    if (verdicts.length > 0) await store.tx((tx) => tx.insert(tx.tables.verdicts).values(verdicts));
  }
}

const answerOf = (question: Question, askedAt: number, wanted: Wanted): Answer => ({
  id: question.id,
  projectId: question.projectId,
  day: question.day,
  locationApplied: wanted.locationApplied === undefined ? true : wanted.locationApplied,
  outcome: wanted.outcome ?? "answered",
  text: wanted.text ?? `Well: ${(wanted.named ?? []).join(", ")}.`,
  asides: [],
  servedModel: wanted.servedModel === undefined ? "m-1" : wanted.servedModel,
  searches: [],
  sources: [],
  citations: wanted.citations ?? [],
  usage: null,
  costMicroUsd: wanted.costMicroUsd === undefined ? 1_000 : wanted.costMicroUsd,
  finish: null,
  requestedModel: "m",
  search: wanted.search ?? true,
  askedAt,
  tookMs: 1,
});

export const findingsOf = ({ named = [], ranked = [], cited = [], findings = {} }: Partial<Wanted>): Findings => ({
  parserVersion: 1,
  mentions: named.map((brand, i) => ({
    brand,
    start: 6 + i,
    end: 7 + i,
    text: brand,
    form: brand,
    via: "name",
    certainty: "certain",
  })),
  ranking: {
    source: ranked.length ? "list" : null,
    positions: Object.fromEntries(ranked.flatMap((key, i) => (key === null ? [] : [[key, i + 1]]))),
    order: named,
    candidates: [],
  },
  ghosts: [],
  citations: cited.map(({ domain, owner }) => ({
    url: `https://${domain}/`,
    canonicalUrl: `https://${domain}/`,
    host: domain,
    domain,
    owner,
    kind: "inline",
  })),
  ...findings,
});

/** Adds up days as the roll-up does. */
export async function countDays(store: Store, project: Project, ...days: string[]): Promise<void> {
  for (const day of days) {
    const mark = await findMark(store.read, project.id, day);
    if (mark === null) throw new Error(`nothing was found on ${day}`);
    await countDay(store, project, day, mark);
  }
}
