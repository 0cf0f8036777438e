/** Counts of replies by day. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyDefinition, dayWithLatest, listAnswerDays, listAssistants } from "../../src/store/index.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { assistant, definition } from "../support/definition.ts";

describe.each(databases)("the day from which on there are so many replies on %s", (_, open) => {
  let fresh: FreshStore;
  let projectId: string;
  beforeEach(async () => {
    fresh = await open();
    const assistants = [assistant("api"), assistant("app", { surface: "ui" })];
    ({
      project: { id: projectId },
    } = await fresh.store.tx((tx) => applyDefinition(tx, definition({ assistants }), 0)));
    const ids = (await listAssistants(fresh.store.read, projectId)).map(({ id }) => id);
    const row = { projectId, promptVersionId: "v", servedModel: "m", costMicroUsd: 0, priced: 0, unlocated: 0 };
    const replies = (day: string, place: number, outcome: "answered" | "refused", count: number) => ({
      ...row,
      day,
      assistantId: ids[place]!,
      outcome,
      replies: count,
    });
    await fresh.store.tx((tx) =>
      tx
        .insert(tx.tables.outcomeRollups)
        .values([
          replies("2026-03-01", 0, "answered", 4),
          replies("2026-03-02", 0, "answered", 3),
          replies("2026-03-03", 0, "answered", 2),
          replies("2026-03-03", 0, "refused", 1),
          replies("2026-03-03", 1, "answered", 50),
        ]),
    );
  });
  afterEach(() => fresh.remove());

  it.each([
    [3, "2026-03-03"],
    [4, "2026-03-02"],
    [6, "2026-03-02"],
    [7, "2026-03-01"],
    [10, "2026-03-01"],
    [11, null],
  ])("for %i is %s", async (latest, day) => {
    const section = { from: "2026-03-01", to: "2026-03-03", surface: "api" as const };
    expect(await dayWithLatest(fresh.store.read, projectId, section, latest)).toBe(day);
  });

  it("is looked for in the period alone", async () => {
    const section = { from: "2026-03-02", to: "2026-03-02", surface: "api" as const };
    expect(await dayWithLatest(fresh.store.read, projectId, section, 4)).toBe(null);
    expect(await dayWithLatest(fresh.store.read, projectId, section, 3)).toBe("2026-03-02");
  });

  it("is nowhere without answers", async () => {
    expect(await listAnswerDays(fresh.store.read, projectId)).toEqual([]);
  });
});
