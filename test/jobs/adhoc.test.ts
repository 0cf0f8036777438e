/** Asking out of turn: the answer is kept and read, never counted, and leaves nothing behind when it fails. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Project, ProjectDefinition } from "../../src/domain.ts";
import { AssistantError, RetryLater } from "../../src/errors.ts";
import { askNow, planRun, startRun } from "../../src/jobs/index.ts";
import { makeReport } from "../../src/measures/report.ts";
import { findBody, getProject, listAssistants, listPrompts, spentIn, unfinishedRuns } from "../../src/store/index.ts";
import { prompts } from "../simulator/village.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";

const text = "Är Vindil ett bra märke?";
const asked = { text, language: "sv", country: "SE" };

describe.each(databases)("an answer asked for out of turn on %s", (_, open) => {
  let fresh: FreshStore;
  let home: TestHouse;
  beforeEach(async () => {
    fresh = await open();
    home = await openTestHouse(fresh, { prompts: prompts(6) });
  });
  afterEach(async () => {
    await home.close();
    await fresh.remove();
  });

  async function ask(project: Project) {
    const [assistant] = await listAssistants(fresh.store.read, project.id);
    return askNow(home.house, project, assistant!, asked, new AbortController().signal);
  }
  const reportOf = async ({ id }: Project) =>
    makeReport(fresh.store.read, await getProject(fresh.store.read, id), { days: 7 });
  const capped = (perDayMicroUsd: number): Partial<ProjectDefinition> => ({
    budget: { perRunMicroUsd: null, perDayMicroUsd, perMonthMicroUsd: null },
  });

  it("is kept and read at once", async () => {
    const project = await home.apply();
    const { answer, findings } = await ask(project);
    expect(home.town.answers()).toMatchObject([{ question: text, assistant: "openai" }]);
    expect(await findBody(fresh.store.read, answer.id)).toContain('"object":"response"');
    const { named } = home.town.answers()[0]!;
    expect(new Set(findings.mentions.map(({ brand }) => brand))).toEqual(new Set(named));
    expect(await unfinishedRuns(fresh.store.read)).toEqual([]);
  });

  it("never enters a measure, a source list or a count of outcomes", async () => {
    const project = await home.apply();
    await ask(project);
    await home.finish();
    expect(await reportOf(project)).toBeNull();
    await startRun(home.house, await planRun(home.house, project), home.clock.now(), "scheduled");
    await home.finish();
    const before = await reportOf(project);
    expect(before!.overall[0]!.measures["visibility"]).toMatchObject({ answers: 12, prompts: 6 });
    for (let i = 0; i < 3; i++) {
      home.clock.pass(1_000);
      await ask(project);
    }
    await home.finish();
    const after = await reportOf(project);
    expect(after).toEqual({ ...before, project: after!.project });
    expect(after!.assistants.map(({ outcomes }) => outcomes)).toEqual([{ answered: 6 }, { answered: 6 }]);
  });

  it("does not make its question one that runs ask", async () => {
    const project = await home.apply();
    await ask(project);
    await ask(project).catch(() => undefined);
    expect((await listPrompts(fresh.store.read, project.id)).map((prompt) => prompt.text)).not.toContain(text);
    expect((await planRun(home.house, project)).questions).toBe(12);
  });

  it("leaves no open run, no question and no money set aside when the assistant is busy", async () => {
    const project = await home.apply(capped(1_000_000));
    home.town.setFaults({ rates: { rate_limit: 1 }, retryAfterSeconds: 9 });
    const failed = await ask(project).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(RetryLater);
    expect(failed).toMatchObject({ afterMs: 9_000 });
    expect(await unfinishedRuns(fresh.store.read)).toEqual([]);
    expect(await spentIn(fresh.store.read, project.id, "day-2026-03-02")).toEqual({ spent: 0, reserved: 0 });
    home.town.setFaults({ rates: {} });
    await home.finish();
    expect(home.town.calls().requests).toBe(1);
  });

  it("says why there is none: the assistant's reason, or the budget", async () => {
    const project = await home.apply();
    home.town.setFaults({ rates: { quota: 1 } });
    await expect(ask(project)).rejects.toMatchObject({ failure: { reason: "quota", again: false } });
    await expect(ask(project)).rejects.toThrow(AssistantError);
    const poor = await home.apply(capped(10));
    await expect(ask(poor)).rejects.toThrow("the budget leaves no room for another question");
    expect(home.town.calls().requests).toBe(2);
    expect(await unfinishedRuns(fresh.store.read)).toEqual([]);
  });
});
