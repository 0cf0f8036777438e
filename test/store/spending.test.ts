/** What many workers share: caps that hold, a ledger of calls, whose turn it is, and how lanes fare. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Budget, Project, Question, Run } from "../../src/domain.ts";
import * as store from "../../src/store/index.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { assistant, definition, prompt } from "../support/definition.ts";

const noCaps: Budget = { perRunMicroUsd: null, perDayMicroUsd: null, perMonthMicroUsd: null };
const noWorkspaceCaps = { perDayMicroUsd: null, perMonthMicroUsd: null };
const day = "2026-03-02";
const at = { runId: "run", day };

describe.each(databases)("on %s", (_, open) => {
  let fresh: FreshStore;
  let project: Project;
  let assistants: string[];
  beforeEach(async () => {
    fresh = await open();
    const prompts = Array.from({ length: 12 }, (_, i) => prompt(`p${i}`, `Which one, ${i}?`));
    const slots = [assistant("a"), assistant("b")];
    const wanted = definition({ prompts, assistants: slots });
    project = (await fresh.store.tx((tx) => store.applyDefinition(tx, wanted, 0))).project;
    assistants = (await store.listAssistants(fresh.store.read, project.id)).map(({ id }) => id);
  });
  afterEach(() => fresh.remove());

  const tx = <T>(work: (db: store.Db) => Promise<T>): Promise<T> => fresh.store.tx(work);
  const spentIn = (period: string, of = project.id) => store.spentIn(fresh.store.read, of, period);
  const ledger = () => fresh.store.read.select().from(fresh.store.read.tables.calls);

  /** A run with one question of every prompt to every assistant. */
  async function openRun(more: Partial<Run> = {}): Promise<{ run: Run; questions: Question[] }> {
    const run = store.newRun({ projectId: project.id, dueAt: 1, day, purpose: "scheduled", ...more });
    const prompts = await store.listPrompts(fresh.store.read, project.id);
    const questions = prompts.flatMap(({ id, versionId }) =>
      assistants.map((assistantId): Question => ({
        id: store.newId(),
        runId: run.id,
        projectId: project.id,
        promptId: id,
        promptVersionId: versionId,
        assistantId,
        repeat: 0,
        purpose: run.purpose,
        day,
        state: "waiting",
        attempts: 0,
        estimateMicroUsd: 500,
        failure: null,
      })),
    );
    await tx((db) => store.openRun(db, run, questions));
    return { run, questions };
  }

  describe("a cap", () => {
    it("is never passed, however many set something aside at once", async () => {
      const budget = { ...noCaps, perDayMicroUsd: 10_000, perMonthMicroUsd: 7_500 };
      const periods = store.periodsOf({ id: project.id, budget }, at, noWorkspaceCaps);
      const results = await Promise.all(Array.from({ length: 30 }, () => tx((db) => store.reserve(db, periods, 1000))));
      expect(results.filter((full) => full === null)).toHaveLength(7);
      expect(new Set(results.filter((full) => full !== null).map(({ name }) => name))).toEqual(
        new Set(["month-2026-03"]),
      );
      expect(await spentIn(`day-${day}`)).toEqual({ spent: 0, reserved: 7000 });
      await tx((db) => store.settle(db, periods, 1000, 400));
      expect(await spentIn("month-2026-03")).toEqual({ spent: 400, reserved: 6000 });
    });

    it.each([
      ["a run", { ...noCaps, perRunMicroUsd: 2_500 }, noWorkspaceCaps, "run-run"],
      ["the whole project", { ...noCaps, totalMicroUsd: 2_500 }, noWorkspaceCaps, "total"],
      ["a day of the workspace", noCaps, { ...noWorkspaceCaps, perDayMicroUsd: 2_500 }, `day-${day}`],
      ["a month of the workspace", noCaps, { ...noWorkspaceCaps, perMonthMicroUsd: 2_500 }, "month-2026-03"],
    ])("of %s lets through what fits, and says that it is the one", async (_name, budget, all, name) => {
      const periods = store.periodsOf({ id: project.id, budget }, at, all);
      const take = () => tx((db) => store.reserve(db, periods, 1000));
      expect([await take(), await take(), (await take())?.name]).toEqual([null, null, name]);
      await tx((db) => store.settle(db, periods, 1000, 0));
      expect([await take(), (await take())?.name]).toEqual([null, name]);
    });

    it("of the workspace holds for all projects together", async () => {
      const all = { ...noWorkspaceCaps, perDayMicroUsd: 2_000 };
      const of = (id: string) => store.periodsOf({ id, budget: noCaps }, at, all);
      const take = (id: string) => tx((db) => store.reserve(db, of(id), 1000));
      expect([await take("one"), await take("two"), await take("three")]).toMatchObject([
        null,
        null,
        { projectId: "", name: `day-${day}` },
      ]);
    });

    it("of nothing lets nothing through, and what is free passes every cap", async () => {
      const periods = store.periodsOf(
        { id: project.id, budget: { ...noCaps, perDayMicroUsd: 0 } },
        at,
        noWorkspaceCaps,
      );
      expect(await tx((db) => store.reserve(db, periods, 1))).toMatchObject({ name: `day-${day}` });
      expect(await tx((db) => store.reserve(db, periods, 0))).toBeNull();
    });
  });

  describe("the ledger", () => {
    const end = { tookMs: 5, costMicroUsd: 70, reason: null, payment: "paid" } as const;
    const call = (attempt: number) => ({
      questionId: "q",
      attempt,
      runId: "r",
      assistantId: "a",
      startedAt: 1,
      costMicroUsd: 100,
    });

    it("takes the first end of a call, and an answer in the place of what was taken for lost", async () => {
      await tx((db) => store.openCalls(db, [call(1)]));
      expect(await tx((db) => store.closeCall(db, call(1), { ...end, payment: "possibly_paid" }))).toBe(true);
      expect(await tx((db) => store.closeCall(db, call(1), end))).toBe(false);
      expect(await tx((db) => store.correctCall(db, call(1), end))).toBe(true);
      expect(await tx((db) => store.correctCall(db, call(1), { ...end, costMicroUsd: 1 }))).toBe(false);
      expect(await ledger()).toMatchObject([{ attempt: 1, payment: "paid", costMicroUsd: 70, tookMs: 5 }]);
    });

    it("counts calls of a run that is given up as possibly paid, and gives back nothing of them", async () => {
      const { run, questions } = await openRun();
      const budget = { ...noCaps, perDayMicroUsd: 9000 };
      const periods = store.periodsOf({ id: project.id, budget }, { runId: run.id, day }, noWorkspaceCaps);
      await tx(async (db) => {
        const [asked] = questions;
        await store.startQuestions(db, [asked!]);
        await store.reserve(db, periods, 500);
        await store.openCalls(db, [{ ...call(1), questionId: asked!.id, runId: run.id, costMicroUsd: 500 }]);
      });
      expect(await spentIn(`day-${day}`)).toEqual({ spent: 0, reserved: 500 });
      await tx((db) => store.cancelRun(db, run, { id: project.id, budget }, noWorkspaceCaps, 99));
      expect(await spentIn(`day-${day}`)).toEqual({ spent: 500, reserved: 0 });
      expect(await ledger()).toMatchObject([{ payment: "possibly_paid", reason: "abandoned", costMicroUsd: 500 }]);
      expect(await store.openQuestions(fresh.store.read, run.id)).toEqual([]);
    });
  });

  describe("a question", () => {
    it("is begun by one of many that want to at once", async () => {
      const { questions } = await openRun();
      const begun = await Promise.all(
        Array.from({ length: 8 }, () => tx((db) => store.startQuestions(db, [questions[0]!]))),
      );
      expect(begun.filter(({ size }) => size === 1)).toHaveLength(1);
    });

    it("stays answered whatever an earlier or later try comes to", async () => {
      const { questions } = await openRun();
      const [question] = questions;
      const set = (state: Question["state"], attempts: number) =>
        tx((db) => store.setQuestion(db, question!.id, { state, attempts, failure: null }));
      await tx((db) => store.startQuestions(db, [question!]));
      await tx((db) => store.startQuestions(db, [{ ...question!, attempts: 1 }]));
      expect(await set("failed", 1)).toBe(false); // the second try is under way
      await tx((db) => store.markAnswered(db, [question!.id])); // but an answer is an answer
      expect(await set("failed", 2)).toBe(false);
      const rows = await fresh.store.read.select().from(fresh.store.read.tables.questions);
      expect(rows.find(({ id }) => id === question!.id)).toMatchObject({ state: "done", attempts: 2 });
    });
  });

  describe("turns", () => {
    async function take(atMost: number, ids = assistants) {
      const turns = await store.nextTurns(fresh.store.read, project.id, ids, atMost);
      if (turns.length > 0) await tx((db) => store.markQueued(db, turns));
      return turns;
    }

    it("go to so many at most, in order, and to the next as others end", async () => {
      const { questions } = await openRun();
      const inOrder = questions.map(({ id }) => id).sort();
      const first = await take(5);
      expect(first.map(({ id }) => id)).toEqual(inOrder.slice(0, 5));
      expect(await take(5)).toEqual([]);
      await tx(async (db) => {
        for (const { id } of first.slice(0, 2))
          await store.setQuestion(db, id, { state: "done", attempts: 1, failure: null });
      });
      expect((await take(5)).map(({ id }) => id)).toEqual(inOrder.slice(5, 7));
      expect((await store.listQueued(fresh.store.read, project.id)).map(({ id }) => id)).toEqual(inOrder.slice(2, 7));
    });

    it("are those of the assistants named, oldest run first, and never of questions asked out of turn", async () => {
      await openRun({ dueAt: 5, purpose: "adhoc" });
      const younger = await openRun({ dueAt: 3 });
      const older = await openRun({ dueAt: 2 });
      const taken = await take(14, [assistants[1]!]);
      const of = (ids: Question[]) =>
        ids.filter(({ assistantId }) => assistantId === assistants[1]).map(({ id }) => id);
      expect(taken.map(({ id }) => id).sort()).toEqual(
        [...of(older.questions), ...of(younger.questions).slice(0, 2)].sort(),
      );
      expect(await store.listAskingProjects(fresh.store.read)).toEqual([project.id]);
    });
  });

  describe("a lane", () => {
    const fail = (now: number) =>
      tx((db) => store.countFailure(db, { name: "lane", concurrency: 4, reason: "server" }, now));
    const recover = (now: number) => tx((db) => store.recoverLane(db, "lane", 4, now));

    it("counts failures one after another, but not those that come while it is paused", async () => {
      expect([await fail(10), await fail(11)]).toEqual([
        { failures: 1, concurrency: 4 },
        { failures: 2, concurrency: 4 },
      ]);
      await tx((db) => store.pauseLane(db, "lane", { pausedUntil: 100, concurrency: 1 }));
      expect(await fail(99)).toBeNull();
      expect(await recover(99)).toBeNull();
      expect(await fail(100)).toEqual({ failures: 3, concurrency: 1 });
    });

    it("comes back by one question more at a time, and is then forgotten", async () => {
      await fail(10);
      await tx((db) => store.pauseLane(db, "lane", { pausedUntil: 20, concurrency: 1 }));
      expect([await recover(20), await recover(21), await recover(22)]).toEqual([2, 3, 4]);
      expect(await store.listLaneHealth(fresh.store.read)).toEqual([]);
      expect(await recover(23)).toBeNull();
    });
  });
});
