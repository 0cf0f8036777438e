/** Asking when things go wrong: what is asked again, what is paid, and what becomes of a question that fails. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AssistantAdapter } from "../../src/assistants/assistant.ts";
import type { Project, ProjectDefinition, Run } from "../../src/domain.ts";
import { planRun, startRun } from "../../src/jobs/index.ts";
import { makeReport } from "../../src/measures/report.ts";
import type { WorldDefinition } from "../../src/simulator/index.ts";
import { countQuestions, getProject, listFailures, setQuestion, spentIn } from "../../src/store/index.ts";
import { createApp } from "../../src/web/server.ts";
import { townsfolk } from "../assistants/asking.ts";
import { noHabits, prompts } from "../simulator/village.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { assistant } from "../support/definition.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";
import { logInto } from "../support/log.ts";

const day = "2026-03-02";
const soon = (so: () => Promise<void> | void) => vi.waitFor(so, { interval: 2, timeout: 15_000 });
const budget = (perDayMicroUsd: number) => ({ perRunMicroUsd: null, perDayMicroUsd, perMonthMicroUsd: null });

describe.each(databases)("asking on %s", (_, open) => {
  let fresh: FreshStore;
  let home: TestHouse;
  beforeEach(async () => void (fresh = await open()));
  afterEach(async () => {
    await home.close();
    await fresh.remove();
  });

  const chatgpt = (more: Parameters<typeof assistant>[1] = {}) =>
    assistant("chatgpt", { settings: { apiKey: "${KEY}", baseUrl: `${home.town.url}/v1` }, ...more });

  /** A project with one assistant and as many prompts as wanted, its run opened and not yet worked on. */
  async function start(
    count: number,
    more: () => Partial<ProjectDefinition> = () => ({}),
    world: Partial<WorldDefinition> = {},
  ): Promise<{ project: Project; run: Run }> {
    home = await openTestHouse(fresh, { prompts: prompts(count), ...world });
    const project = await home.apply({ assistants: [chatgpt()], ...more() });
    const run = await startRun(home.house, await planRun(home.house, project), home.clock.now(), "scheduled");
    return { project, run: run! };
  }

  const table = (name: "questions" | "jobs" | "answers" | "runs") =>
    fresh.store.read.select().from(fresh.store.read.tables[name]);
  const asked = () => fresh.store.read.select().from(fresh.store.read.tables.questions);
  const spent = (project: Project) => spentIn(fresh.store.read, project.id, `day-${day}`);
  const statesOf = async (run: Run) =>
    Object.fromEntries(
      (await countQuestions(fresh.store.read, run.id)).map(({ state, questions }) => [state, questions]),
    );
  const reportOf = async ({ id }: Project) =>
    makeReport(fresh.store.read, await getProject(fresh.store.read, id), { days: 7 });
  const pageText = async () => {
    const app = createApp({ store: fresh.store, log: logInto(), language: "en", host: "127.0.0.1", allowHosts: [] });
    return (await app.request("http://localhost/", { headers: { host: "localhost" } })).text();
  };

  it("waits exactly as long as the provider says before it asks again, and pays once", async () => {
    const { project } = await start(1, () => ({ budget: budget(1_000_000) }));
    home.town.setFaults({ rates: { rate_limit: 1 }, retryAfterSeconds: 7 });
    await home.house.work();
    const putOff = { name: "ask", leaseUntil: 0, runAt: home.clock.now() + 7_000 };
    await soon(async () => expect(await table("jobs")).toMatchObject([putOff]));
    const failure = { reason: "rate_limit", afterMs: 7_000, again: true };
    expect(await asked()).toMatchObject([{ state: "asking", attempts: 1, failure }]);
    home.town.setFaults({ rates: {} });
    home.clock.pass(6_999);
    await home.house.queue.add([{ name: "reparse", key: "barrier", lane: "b", payload: { projectId: project.id } }]);
    await soon(async () => expect(await table("jobs")).toMatchObject([putOff]));
    expect(home.town.calls().requests).toBe(1);
    home.clock.pass(1);
    await soon(async () => expect(await asked()).toMatchObject([{ state: "done", attempts: 2, failure: null }]));
    const [answer] = await fresh.store.read.select().from(fresh.store.read.tables.answers);
    expect(home.town.calls()).toMatchObject({ requests: 2, answered: 1 });
    expect(answer!.costMicroUsd).toBeGreaterThan(0);
    expect(await spent(project)).toEqual({ spent: answer!.costMicroUsd, reserved: 0 });
  });

  it("asks again only the questions that failed", async () => {
    const { run } = await start(12);
    home.town.setFaults({ rates: { server_error: 0.5 } });
    await home.house.work();
    await soon(() => expect(home.town.calls().requests).toBe(12)); // every question once; retries wait for the clock
    await soon(async () =>
      expect((await asked()).every(({ state, failure }) => state === "done" || failure !== null)).toBe(true),
    );
    const failed = (await asked()).filter(({ state }) => state === "asking").length;
    home.town.setFaults({ rates: {} });
    await home.finish();
    expect(await statesOf(run)).toEqual({ done: 12 });
    expect(home.town.calls()).toMatchObject({ requests: 12 + failed, answered: 12 });
    expect(home.town.calls().sent.map(({ replies }) => replies)).toEqual(Array.from({ length: 12 }, () => 1));
  });

  it("gives up after five tries: the question is a gap with its reason, and nothing is paid", async () => {
    const { project, run } = await start(2, () => ({ budget: budget(1_000_000) }));
    home.town.setFaults({ rates: { overloaded: 1 } });
    await home.finish();
    expect(home.town.calls().requests).toBe(10);
    expect(await statesOf(run)).toEqual({ failed: 2 });
    expect(await table("runs")).toMatchObject([{ state: "done" }]);
    expect(await listFailures(fresh.store.read, run.id)).toMatchObject([
      { questions: 2, failure: { reason: "overloaded" } },
    ]);
    expect(await spent(project)).toEqual({ spent: 0, reserved: 0 });
    expect(await reportOf(project)).toBeNull();
    expect(await pageText()).not.toMatch(/\d % \(/);
  });

  it("asks once where asking again is no use, and the others' numbers do not notice", async () => {
    const { project, run } = await start(6, () => ({
      assistants: [
        chatgpt({ key: "sound", title: "Sound" }),
        chatgpt({
          key: "locked-out",
          concurrency: 1,
          settings: { apiKey: "${REFUSED_KEY}", baseUrl: `${home.town.url}/v1` },
        }),
      ],
    }));
    await home.finish();
    expect(await statesOf(run)).toEqual({ done: 6, failed: 6 });
    expect(home.town.calls()).toMatchObject({ requests: 7, answered: 6, rejected: 1 });
    const [failures] = await listFailures(fresh.store.read, run.id);
    expect(failures).toMatchObject({ questions: 6, failure: { reason: "bad_key", again: false } });
    expect(JSON.stringify(failures)).not.toContain("an-invalid-key");
    const report = (await reportOf(project))!;
    expect(report.assistants.map(({ assistant: { key } }) => key)).toEqual(["sound"]);
    expect(new Set(report.byAssistant.map(({ split }) => split.assistant)).size).toBe(1);
    for (const { measures } of report.overall) expect(measures["visibility"]).toMatchObject({ answers: 6, prompts: 6 });
    expect(report.attention).toMatchObject([{ assistant: { key: "locked-out" }, failure: { reason: "bad_key" } }]);
    expect(await pageText()).toContain("needs attention: the key was refused: put a valid key into REFUSED_KEY");
  });

  it("leaves refused answers out of what is counted and shows none instead of a zero", async () => {
    const { project } = await start(6, undefined, { habits: { ...noHabits, refusal: 1 } });
    await home.finish();
    expect(await table("answers")).toHaveLength(6);
    const report = (await reportOf(project))!;
    expect(report.assistants).toMatchObject([{ outcomes: { refused: 6 } }]);
    expect(report.overall).toHaveLength(4);
    for (const { measures } of report.overall)
      expect(measures["visibility"]).toMatchObject({ value: null, answers: 0 });
    expect(report.byAssistant).toEqual([]);
    expect(await pageText()).not.toMatch(/\d % \(/);
  });

  it("keeps with each answer whether its question's place was taken, and the report counts those where it was not", async () => {
    const groq = (key: string, more: object = {}) =>
      assistant(key, {
        adapter: "groq",
        settings: { apiKey: "${KEY}", baseUrl: `${home.town.url}/openai/v1` },
        ...more,
      });
    const { project } = await start(
      1,
      () => ({ country: "SE", assistants: [groq("placed"), groq("unsearching", { search: false })] }),
      { assistants: townsfolk },
    );
    await home.finish();
    const answers = await fresh.store.read.select().from(fresh.store.read.tables.answers);
    expect(answers.map(({ locationApplied, search }) => [locationApplied, search]).sort()).toEqual([
      [false, false],
      [true, true],
    ]);
    const unlocated = (await reportOf(project))!.assistants.map(({ assistant: { key }, unlocated }) => [
      key,
      unlocated,
    ]);
    expect(unlocated.sort()).toEqual([
      ["placed", 0],
      ["unsearching", 1],
    ]);
  });

  it("skips what the budget leaves no room for, and the run says so", async () => {
    // one answer is expected to cost 31,000 and costs more than 10,000: after the first nothing fits any more
    const { project, run } = await start(6, () => ({
      budget: budget(35_000),
      assistants: [chatgpt({ concurrency: 1 })],
    }));
    expect((await asked())[0]!.estimateMicroUsd).toBe(31_000);
    await home.finish();
    expect(await statesOf(run)).toEqual({ done: 1, skipped_budget: 5 });
    expect(await table("runs")).toMatchObject([{ state: "done" }]);
    expect(home.town.calls().requests).toBe(1);
    expect((await spent(project)).reserved).toBe(0);
    expect((await reportOf(project))!.overall[0]!.measures["visibility"]).toMatchObject({ answers: 1, prompts: 1 });
  });

  it("asks nothing at all where the budget has no room for one answer", async () => {
    const { project, run } = await start(6, () => ({ budget: budget(30_999) }));
    await home.finish();
    expect(await statesOf(run)).toEqual({ skipped_budget: 6 });
    expect(await table("runs")).toMatchObject([{ state: "done" }]);
    expect(home.town.calls().requests).toBe(0);
    expect(await spent(project)).toEqual({ spent: 0, reserved: 0 });
  });

  it("closes the run when its last question was settled but the process ended before saying so", async () => {
    const { run } = await start(1);
    const [question] = await asked();
    await fresh.store.tx((tx) => setQuestion(tx, question!.id, { ...question!, state: "failed" }));
    await home.finish();
    expect(home.town.calls().requests).toBe(0);
    expect(await statesOf(run)).toEqual({ failed: 1 });
    expect(await table("runs")).toMatchObject([{ state: "done" }]);
  });

  it("keeps no key of a reply that tells of a failure with HTTP 200", async () => {
    const settings = { apiKey: "${REFUSED_KEY}", baseUrl: "http://127.0.0.1:9/v1" };
    const { run } = await start(1, () => ({ assistants: [chatgpt({ settings })] }));
    const echoing: AssistantAdapter = {
      ...home.house.adapters.find(({ id }) => id === "openai")!,
      connect: () => () => Promise.resolve('{"status":"cancelled","error":{"message":"an-invalid-key was cut off"}}'),
    };
    home.house.adapters = [echoing];
    await home.finish();
    const [kept] = await listFailures(fresh.store.read, run.id);
    expect(kept?.failure).toMatchObject({ again: false, message: "[redacted] was cut off" });
    expect(home.lines.join()).not.toContain("an-invalid-key");
  });

  it("comes to an end when the fault is ours", async () => {
    const { run } = await start(1);
    let calls = 0;
    const faulty: AssistantAdapter = {
      ...home.house.adapters.find(({ id }) => id === "openai")!,
      connect: () => () => {
        calls++;
        return Promise.reject(new TypeError("undefined is not a function"));
      },
    };
    home.house.adapters = [faulty];
    await home.finish();
    expect(calls).toBe(5);
    expect(await statesOf(run)).toEqual({ failed: 1 });
    expect(await listFailures(fresh.store.read, run.id)).toMatchObject([{ failure: { reason: "fault" } }]);
    expect(home.lines.filter((line) => line.includes("undefined is not a function")).length).toBeGreaterThan(0);
  });
});
