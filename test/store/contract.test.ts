/** What every store promises, on both databases. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Answer, Findings, ProjectDefinition, Question, Run } from "../../src/domain.ts";
import * as store from "../../src/store/index.ts";
import { countDays } from "../support/answers.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { definition } from "../support/definition.ts";
import { drained } from "../support/drained.ts";

const noon = Date.parse("2026-03-02T12:00:00Z");

const answerTo = (question: Question, more: Partial<Answer> = {}): Answer => ({
  id: question.id,
  projectId: question.projectId,
  day: question.day,
  locationApplied: true,
  outcome: "answered",
  text: "Acme is good. 🎉 Åäö",
  asides: [],
  servedModel: "m-1",
  searches: ["best tool"],
  sources: [{ url: "https://acme.example/", cited: true }],
  citations: [{ url: "https://acme.example/", start: 0, end: 4, kind: "inline" }],
  usage: { inputTokens: 10, cachedInputTokens: 0, outputTokens: 5, reasoningTokens: 0, searches: 1 },
  costMicroUsd: 1234,
  finish: "completed",
  requestedModel: "m",
  search: true,
  askedAt: noon,
  tookMs: 20,
  ...more,
});

const nothingCounted = { rollups: [], sources: [], outcomes: [], surfaces: new Map() };

const findings = (brands: string[], more: Partial<Findings> = {}): Findings => ({
  parserVersion: 1,
  mentions: brands.map((key, i) => ({
    brand: key,
    start: i * 10,
    end: i * 10 + 4,
    text: key,
    form: key,
    via: "name",
    certainty: "certain",
  })),
  ranking: {
    source: "list",
    positions: Object.fromEntries(brands.map((key, i) => [key, i + 1])),
    order: brands,
    candidates: [],
  },
  ghosts: [],
  citations: [
    {
      url: "https://acme.example/a",
      canonicalUrl: "https://acme.example/a",
      host: "acme.example",
      domain: "acme.example",
      owner: "own",
      kind: "inline",
    },
  ],
  ...more,
});

describe.each(databases)("the store on %s", (_, open) => {
  let fresh: FreshStore;
  beforeEach(async () => void (fresh = await open()));
  const factsOn = (day: string, projectId: string, reading: number) =>
    drained(store.factsOfDay(fresh.store.read, projectId, day, reading));
  afterEach(() => fresh.remove());

  const apply = (wanted: ProjectDefinition) => fresh.store.tx((tx) => store.applyDefinition(tx, wanted, noon));

  /** A run with one question per prompt. */
  async function openRun(purpose: Run["purpose"] = "scheduled", dueAt = noon) {
    const project = (await store.findProject(fresh.store.read, "acme"))!;
    const run = store.newRun({ projectId: project.id, dueAt, day: "2026-03-02", purpose });
    const [assistant] = await store.listAssistants(fresh.store.read, project.id);
    const questions = (await store.listPrompts(fresh.store.read, project.id)).map(({ id, versionId }): Question => ({
      id: store.newId(),
      runId: run.id,
      projectId: project.id,
      promptId: id,
      promptVersionId: versionId,
      assistantId: assistant!.id,
      repeat: 0,
      purpose,
      day: run.day,
      state: "waiting",
      attempts: 0,
      estimateMicroUsd: 1000,
      failure: null,
    }));
    const opened = await fresh.store.tx((tx) => store.openRun(tx, run, questions));
    return { project, run, questions, opened };
  }

  async function keepAnswer(question: Question, answer = answerTo(question)) {
    const body = await store.packBody(`{"text":"${answer.text}"}`);
    return fresh.store.tx(async (tx) => (await store.saveAnswers(tx, [{ question, answer, body }])).length > 0);
  }

  it("takes everything back when a work throws", async () => {
    await expect(
      fresh.store.tx(async (tx) => {
        await store.applyDefinition(tx, definition(), noon);
        throw new Error("no");
      }),
    ).rejects.toThrow("no");
    expect(await store.listProjects(fresh.store.read)).toEqual([]);
  });

  it("lets one of many works fail without harm to the others", async () => {
    const { project } = await apply(definition());
    const works = Array.from({ length: 40 }, (_, i) =>
      fresh.store.tx(async (tx) => {
        await store.markDirty(tx, project.id, `2026-01-${String((i % 28) + 1).padStart(2, "0")}`);
        if (i === 20) throw new Error("this one");
        return i;
      }),
    );
    const results = await Promise.allSettled(works);
    expect(results.filter(({ status }) => status === "rejected")).toHaveLength(1);
    expect(await store.listDirtyDays(fresh.store.read, project.id)).toHaveLength(27); // day 21 was only in the work that failed
  });

  it("shows readers committed rows only", async () => {
    await fresh.store.tx(async (tx) => {
      await store.applyDefinition(tx, definition(), noon);
      expect(await store.listProjects(fresh.store.read)).toEqual([]);
    });
    expect(await store.listProjects(fresh.store.read)).toHaveLength(1);
  });

  it("opens a run of one due time once", async () => {
    await apply(definition());
    expect((await openRun()).opened).toBe(true);
    expect((await openRun()).opened).toBe(false);
    expect((await openRun("audit")).opened).toBe(true);
  });

  it.each([true, false, null])(
    "keeps whether a place was told, and that nobody knows (%s)",
    async (locationApplied) => {
      await apply(definition());
      const { questions } = await openRun();
      await keepAnswer(questions[0]!, answerTo(questions[0]!, { locationApplied }));
      expect((await store.findAnswer(fresh.store.read, questions[0]!.id))!.locationApplied).toBe(locationApplied);
    },
  );

  it("keeps one answer per question, with its body, as it came", async () => {
    await apply(definition());
    const { questions } = await openRun();
    const [question] = questions;
    expect(await keepAnswer(question!)).toBe(true);
    expect(await keepAnswer(question!, answerTo(question!, { text: "another" }))).toBe(false);
    const kept = await store.findAnswer(fresh.store.read, question!.id);
    expect(kept).toMatchObject(answerTo(question!));
    expect(await store.findBody(fresh.store.read, question!.id)).toBe('{"text":"Acme is good. 🎉 Åäö"}');
  });

  it("ends a run when its last question has ended", async () => {
    await apply(definition());
    const { run, questions } = await openRun();
    const end = (i: number, state: "done" | "failed") =>
      fresh.store.tx(async (tx) => {
        await store.setQuestion(tx, questions[i]!.id, { state, attempts: 1, failure: null });
        await store.finishRun(tx, run.id, noon);
      });
    await end(0, "done");
    expect(await store.unfinishedRuns(fresh.store.read)).toHaveLength(1);
    await end(1, "failed");
    expect(await store.unfinishedRuns(fresh.store.read)).toEqual([]);
    expect(await store.listRuns(fresh.store.read, { limit: 9 })).toMatchObject([{ state: "done", endedAt: noon }]);
  });

  it("writes the findings of a reading once and marks the day", async () => {
    const { project } = await apply(definition());
    const reading = await fresh.store.tx((tx) => store.ensureReading(tx, project, 1));
    const { questions } = await openRun();
    await keepAnswer(questions[0]!);
    const answer = (await store.findAnswer(fresh.store.read, questions[0]!.id))!;
    const brands = await store.listBrands(fresh.store.read, project.id);
    const save = () =>
      fresh.store.tx((tx) =>
        store.saveFindings(tx, [{ answer, findings: findings(["Bolt", "Acme"]) }], reading.number, brands),
      );
    await save();
    await save();
    const [facts] = await factsOn(answer.day, project.id, reading.number);
    const idOf = (key: string) => brands.find((candidate) => candidate.key === key)!.id;
    expect(facts!.named).toEqual(new Set([idOf("Acme"), idOf("Bolt")]));
    expect(facts!.citations.map(({ owner }) => owner)).toEqual([idOf("Acme")]);
    expect(facts!.positions).toEqual({ [idOf("Bolt")]: 1, [idOf("Acme")]: 2 });
    expect(await store.listDirtyDays(fresh.store.read, project.id)).toEqual([
      { projectId: project.id, day: answer.day },
    ]);
  });

  it("leaves uncertain mentions, and answers of other purposes, out of the day", async () => {
    const { project } = await apply(definition());
    const reading = await fresh.store.tx((tx) => store.ensureReading(tx, project, 1));
    const brands = await store.listBrands(fresh.store.read, project.id);
    for (const purpose of ["scheduled", "adhoc"] as const) {
      const { questions } = await openRun(purpose);
      await keepAnswer(questions[0]!);
      const answer = (await store.findAnswer(fresh.store.read, questions[0]!.id))!;
      const uncertain = findings(["Acme"]).mentions.map((mention) => ({ ...mention, certainty: "uncertain" as const }));
      await fresh.store.tx((tx) =>
        store.saveFindings(tx, [{ answer, findings: findings([], { mentions: uncertain }) }], reading.number, brands),
      );
    }
    const facts = await factsOn("2026-03-02", project.id, reading.number);
    expect(facts).toHaveLength(1);
    expect(facts[0]!.named.size).toBe(0);
  });

  it("removes with a roll-up only the mark that it was made for", async () => {
    const { project } = await apply(definition());
    const day = "2026-03-02";
    await fresh.store.tx((tx) => store.markDirty(tx, project.id, day));
    const mark = (await store.findMark(fresh.store.read, project.id, day))!;
    await fresh.store.tx((tx) => store.markDirty(tx, project.id, day));
    await fresh.store.tx((tx) => store.replaceDay(tx, project.id, day, nothingCounted, mark));
    const newer = await store.findMark(fresh.store.read, project.id, day);
    expect(newer).not.toBeNull();
    await fresh.store.tx((tx) => store.replaceDay(tx, project.id, day, nothingCounted, newer!));
    expect(await store.findMark(fresh.store.read, project.id, day)).toBeNull();
  });

  it("counts outcomes, models and costs per assistant", async () => {
    const { project } = await apply(definition());
    const { questions } = await openRun();
    await keepAnswer(questions[0]!);
    await keepAnswer(
      questions[1]!,
      answerTo(questions[1]!, { outcome: "refused", costMicroUsd: null, servedModel: null }),
    );
    const day = questions[0]!.day;
    await fresh.store.tx((tx) => store.markDirty(tx, project.id, day));
    await countDays(fresh.store, project, day);
    const counts = await store.countOutcomes(fresh.store.read, project.id, "2026-03-01", "2026-03-31");
    expect(
      counts
        .map(({ outcome, answers, costMicroUsd, priced }) => ({ outcome, answers, costMicroUsd, priced }))
        .sort((a, b) => (a.outcome < b.outcome ? -1 : 1)),
    ).toEqual([
      { outcome: "answered", answers: 1, costMicroUsd: 1234, priced: 1 },
      { outcome: "refused", answers: 1, costMicroUsd: null, priced: 0 },
    ]);
  });
});
