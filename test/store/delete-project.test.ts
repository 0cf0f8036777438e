/** A deleted project leaves nothing but its entry in the audit, however often deleting is broken off, and no other is touched. */
import { count, getTableName } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deleteProject, listProjects, unfinishedDeletion, type Store } from "../../src/store/index.ts";
import { applied, countDays, keepAnswers } from "../support/answers.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { definition } from "../support/definition.ts";

const noon = Date.parse("2026-03-02T11:00:00Z");

describe.each(databases)("deleting a project on %s", (_, open) => {
  let fresh: FreshStore;
  beforeEach(async () => void (fresh = await open()));
  afterEach(() => fresh.remove());

  async function project(key: string) {
    const made = await applied(fresh.store, definition({ key }));
    const answer = {
      prompt: "best",
      assistant: "chatgpt",
      named: ["Acme"],
      ranked: ["Acme"],
      tones: { Acme: "positive" as const },
    };
    const cited = [{ domain: "acme.example", owner: "own" as const }];
    await keepAnswers(fresh.store, made, noon, [{ ...answer, cited }, answer]);
    await countDays(fresh.store, made, "2026-03-02");
    await keepAnswers(fresh.store, made, noon + 1, [answer]);
    await fresh.store.tx(async (tx) => {
      const { jobs, spending, calls, questions } = tx.tables;
      const [question] = await tx.select().from(questions);
      const { id: questionId, runId, assistantId } = question!;
      const call = { attempt: 1, startedAt: noon, tookMs: 1, payment: "paid" as const, costMicroUsd: 1, reason: null };
      await tx
        .insert(calls)
        .values({ questionId, runId, assistantId, ...call })
        .onConflictDoNothing();
      await tx.insert(spending).values({ projectId: made.id, period: "total", reservedMicroUsd: 0, spentMicroUsd: 1 });
      const job = { name: "x", lane: "l", payload: {}, runAt: 0, leaseUntil: 0, attempts: 0, again: false };
      const keys = [
        `ask-${questionId}`,
        `redirects-${questionId}`,
        `rollup-${made.id}-2026-03-02`,
        `reparse-${made.id}`,
      ];
      await tx
        .insert(jobs)
        .values(keys.map((key) => ({ ...job, key })))
        .onConflictDoNothing();
    });
    return made;
  }

  /** Rows of every table, by its name. */
  async function rows(): Promise<Record<string, number>> {
    const { read } = fresh.store;
    const all: Record<string, number> = {};
    for (const table of Object.values(read.tables)) {
      const [row] = await read.select({ rows: count() }).from(table);
      all[getTableName(table)] = row!.rows;
    }
    return all;
  }

  it("leaves no row of it in any table, and every row of another project", async () => {
    await project("other");
    const before = await rows();
    expect(Object.values(before).filter((some) => some > 0).length).toBeGreaterThan(18);
    const acme = await project("acme");
    expect(await deleteProject(fresh.store, acme, () => noon)).toBe(true);
    expect(await rows()).toEqual({ ...before, audit: 1 });
    const [entry] = await fresh.store.read.select().from(fresh.store.read.tables.audit);
    expect(entry).toMatchObject({ action: "delete project", subject: "acme", at: noon });
    expect(entry!.detail).toMatchObject({ counts: { answers: 3, questions: 3, runs: 2, brands: 2 }, endedAt: noon });
  });

  it("broken off after any transaction, is ended by the same call, with one entry", async () => {
    for (let most = 1; ; most++) {
      const acme = await project(`acme-${most}`);
      let left = most;
      const dying: Store = {
        ...fresh.store,
        tx: (work) => (left-- > 0 ? fresh.store.tx(work) : Promise.reject(new Error("killed"))),
      };
      const ended = await deleteProject(dying, acme, () => noon).catch(() => false);
      if (ended) break;
      expect((await listProjects(fresh.store.read)).map(({ key }) => key)).toEqual([acme.key]);
      expect(await unfinishedDeletion(fresh.store.read, acme.key)).toBe(acme.id);
      expect(await deleteProject(fresh.store, acme, () => noon)).toBe(true);
      expect(await unfinishedDeletion(fresh.store.read, acme.key)).toBeNull();
      expect(await rows()).toMatchObject({ audit: most, answers: 0, questions: 0, rollups: 0, jobs: 0, projects: 0 });
    }
  });
});
