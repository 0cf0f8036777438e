/** citera runs, jobs and retry: what is said of runs of all kinds and of jobs that were given up, beside a running service. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Failure, Question } from "../../src/domain.ts";
import { assistantData, runData, runJson } from "../../src/cli/runs-data.ts";
import { runsTable, runText } from "../../src/cli/runs-text.ts";
import { styles } from "../../src/cli/command.ts";
import * as stored from "../../src/store/index.ts";
import { applied, keepAnswers } from "../support/answers.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { assistant, definition } from "../support/definition.ts";

const six = Date.parse("2026-03-02T05:00:00Z");
const plain = styles(false);
const refused: Failure = { again: false, reason: "bad_key", message: "no such key" };

const noCaps = { perDayMicroUsd: null, perMonthMicroUsd: null };

describe.each(databases)("runs on %s", (_, open) => {
  let fresh: FreshStore;
  beforeEach(async () => void (fresh = await open()));
  afterEach(() => fresh.remove());

  /** A run of four questions: answered, failed, skipped, and broken off. */
  async function mixedRun() {
    const project = await applied(
      fresh.store,
      definition({
        assistants: [assistant("chatgpt"), assistant("claude", { adapter: "anthropic" })],
        budget: { perRunMicroUsd: null, perDayMicroUsd: 5_000, perMonthMicroUsd: null },
      }),
    );
    const { read } = fresh.store;
    const [one, two] = await stored.listAssistants(read, project.id);
    const [prompt] = await stored.listPrompts(read, project.id);
    const run = stored.newRun({
      ...{ projectId: project.id, dueAt: six, day: "2026-03-02", purpose: "scheduled", promptGroup: "weekly" },
      ...{ questions: 4, forecastMicroUsd: 8_000, openedAt: six, endedAt: six + 200_000, state: "done" },
    });
    const states = ["done", "failed", "skipped_budget", "failed"] as const;
    const questions = states.map((state, repeat): Question => ({
      ...{ id: stored.newId(), runId: run.id, projectId: project.id, promptId: prompt!.id, repeat, state },
      ...{ promptVersionId: prompt!.versionId, assistantId: (repeat < 3 ? one : two)!.id, day: run.day },
      ...{ purpose: run.purpose, attempts: 1, estimateMicroUsd: 2_000 },
      failure: state === "failed" ? refused : null,
    }));
    const call = (i: number, payment: "paid" | "possibly_paid" | "free", costMicroUsd: number | null) => ({
      ...{ questionId: questions[i]!.id, attempt: 1, runId: run.id, assistantId: questions[i]!.assistantId },
      ...{ startedAt: six, tookMs: 1_000, payment, costMicroUsd, reason: null },
    });
    await fresh.store.tx(async (tx) => {
      await stored.openRun(tx, run, questions);
      await tx
        .insert(tx.tables.calls)
        .values([call(0, "paid", 1_500), call(1, "paid", null), call(3, "possibly_paid", 700)]);
      await stored.settle(tx, stored.periodsOf(project, { runId: run.id, day: run.day }, noCaps), 0, 4_000);
    });
    return { project, run, data: await runData(read, [run], [project], noCaps, six) };
  }

  it("says how questions ended, what they cost, what may have been paid, and which cap was full", async () => {
    const { run, data } = await mixedRun();
    expect(runJson(data[0]!)).toEqual({
      ...{ id: run.id, project: "acme", due: "2026-03-02T05:00:00.000Z", timezone: "Europe/Stockholm" },
      ...{ day: "2026-03-02", purpose: "scheduled", group: "weekly", state: "done" },
      questions: { all: 4, done: 1, failed: 2, skipped_budget: 1, cancelled: 0, open: 0 },
      forecastMicroUsd: 8_000,
      cost: { from: "calls", microUsd: 1_500, unknown: 1 },
      possiblyPaid: { microUsd: 700, unknown: 0 },
      ...{ opened: "2026-03-02T05:00:00.000Z", ended: "2026-03-02T05:03:20.000Z", tookMs: 200_000 },
      skippedFor: [{ period: "day-2026-03-02", capMicroUsd: 5_000, usedMicroUsd: 4_000 }],
    });
    const [heading, row, skipped] = runsTable(data, "en", plain);
    expect(heading).toMatch(/^Run +Day +Due +Purpose +Group +State +Questions +Forecast +Cost +Possibly paid +Took$/);
    expect(row).toContain("2026-03-02  06:00  scheduled  weekly  done");
    expect(row).toContain("4: 1 answered, 2 failed, 1 skipped (budget)");
    expect(row).toMatch(/0\.0080 USD +0\.0015 USD \(\+ 1 unknown\) +0\.0007 USD +3 min 20 s$/);
    expect(skipped).toBe(`${run.id.slice(-12)}: 1 skipped (budget): cap per day of 0.0050 USD: 0.0040 USD used`);
    expect(await stored.findRuns(fresh.store.read, run.id.slice(-12))).toMatchObject([{ id: run.id }]);
    expect(await stored.findRuns(fresh.store.read, run.id.slice(0, -4) + "%")).toEqual([]); // no pattern
  });

  it("shows one run with its assistants, failures and calls", async () => {
    const { run, data } = await mixedRun();
    const { assistants, failures } = await assistantData(fresh.store.read, run);
    expect(failures).toMatchObject([{ questions: 1 }, { questions: 1 }]);
    const text = runText(data[0]!, assistants, ["why"], "en", plain).join("\n");
    expect(text).toContain("Due            2026-03-02 06:00 (Europe/Stockholm), day 2026-03-02");
    expect(text).toContain("\nFailures\nwhy\n");
    expect(text).toMatch(
      /\nchatgpt +3: 1 answered, 1 failed, 1 skipped \(budget\) +paid 2 \(0\.0015 USD \(\+ 1 unknown\)\)/,
    );
    expect(text).toMatch(/\nclaude +1: 1 failed +possibly paid 1 \(0\.0007 USD\)/);
  });

  it("takes the cost from answers where there is no ledger, and says unknown where nobody knows", async () => {
    const project = await applied(fresh.store, definition());
    const ask = { prompt: "best", assistant: "chatgpt" };
    await keepAnswers(fresh.store, project, six, [
      { ...ask, costMicroUsd: 1_000 },
      { ...ask, costMicroUsd: null },
    ]);
    await keepAnswers(fresh.store, project, six + 60_000, [{ ...ask, costMicroUsd: null }]);
    const runs = await stored.listRuns(fresh.store.read, { limit: 9 });
    const json = (await runData(fresh.store.read, runs, [project], noCaps, six)).map(runJson);
    expect(json.map(({ cost, tookMs }) => ({ ...cost, tookMs }))).toEqual([
      { from: "answers", microUsd: null, unknown: 1, tookMs: null },
      { from: "answers", microUsd: 1_000, unknown: 1, tookMs: null },
    ]);
    const table = runsTable(await runData(fresh.store.read, runs, [project], noCaps, six), "sv", plain);
    expect(table[1]).toMatch(/1: 1 besvarade? .*okänd/);
    expect(await stored.listRuns(fresh.store.read, { limit: 1, projectId: project.id })).toHaveLength(1);
    expect(await stored.listRuns(fresh.store.read, { limit: 9, projectId: "other" })).toEqual([]);
  });
});
