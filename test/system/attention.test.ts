/** Assistants that will not answer before something is changed: what is still sent to them, and who notices the change. */
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AssistantAdapter, Call } from "../../src/assistants/assistant.ts";
import type { Failure, FailureReason, Project, ProjectDefinition, Run } from "../../src/domain.ts";
import { AssistantError } from "../../src/errors.ts";
import { askNow, planRun, startRun } from "../../src/jobs/index.ts";
import { makeReport } from "../../src/measures/report.ts";
import { countQuestions, listAssistants, listFailures, spentIn } from "../../src/store/index.ts";
import { prompts } from "../simulator/village.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { assistant } from "../support/definition.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";

const soon = (so: () => Promise<void> | void) => vi.waitFor(so, { interval: 2, timeout: 15_000 });
const failing = (reason: FailureReason, again = false): Failure => ({ again, reason, message: `says ${reason}` });

describe.each(databases)("an assistant that needs attention, on %s", (name, open) => {
  let fresh: FreshStore;
  let home: TestHouse;
  beforeEach(async () => void (fresh = await open()));
  afterEach(async () => {
    await home.close();
    await fresh.remove();
  });

  /** A project whose one assistant is asked `count` questions a run. */
  async function project(
    count: number,
    slot: Parameters<typeof assistant>[1] = {},
    more: Partial<ProjectDefinition> = {},
  ): Promise<Project> {
    home = await openTestHouse(fresh, { prompts: prompts(count) });
    const settings = { apiKey: "${KEY}", baseUrl: `${home.town.url}/v1` };
    return home.apply({ assistants: [assistant("chatgpt", { settings, ...slot })], ...more });
  }

  async function start(of: Project): Promise<Run> {
    home.clock.pass(1); // two runs are never due at once
    return (await startRun(home.house, await planRun(home.house, of), home.clock.now(), "scheduled"))!;
  }

  async function finished(of: Project): Promise<Run> {
    const run = await start(of);
    await home.finish();
    return run;
  }

  /** As `finished`, in a house at work, and while time stands still: nobody waits longer than for the probe. */
  async function finishedAtOnce(of: Project): Promise<Run> {
    const run = await start(of);
    await home.house.queue.idle();
    return run;
  }

  /** Has every call answered by `script` first; what it lets pass goes to the town. Returns the questions asked. */
  function scripted(script: (call: Call, number: number) => Promise<Failure | null> | Failure | null): string[] {
    const asked: string[] = [];
    const real = home.house.adapters.find(({ id }) => id === "openai")!;
    const adapter: AssistantAdapter = {
      ...real,
      connect: (settings) => {
        const ask = real.connect(settings);
        return async (call, tools) => {
          asked.push(call.asked.text);
          const failure = await script(call, asked.length);
          if (failure) throw new AssistantError(failure);
          return ask(call, tools);
        };
      },
    };
    home.house.adapters = [adapter];
    return asked;
  }

  const requests = () => home.town.calls().requests;
  const jobs = () => fresh.store.read.select().from(fresh.store.read.tables.jobs);
  const attention = async ({ id }: Project) => (await listAssistants(fresh.store.read, id))[0]!.attention;
  const states = async (run: Run) =>
    Object.fromEntries((await countQuestions(fresh.store.read, run.id)).map((row) => [row.state, row.questions]));
  const runs = async () => (await fresh.store.read.select().from(fresh.store.read.tables.runs)).map((run) => run.state);

  it("is sent no more of the run, and what is not sent costs nothing and says why", async () => {
    const acme = await project(
      12,
      { concurrency: 1 },
      { budget: { perRunMicroUsd: null, perDayMicroUsd: 1_000_000, perMonthMicroUsd: null } },
    );
    home.town.setFaults({ rates: { quota: 1 } });
    const run = await finished(acme);
    expect(requests()).toBe(1);
    expect(await states(run)).toEqual({ failed: 12 });
    expect(await runs()).toEqual(["done"]);
    expect(await attention(acme)).toMatchObject({ again: false, reason: "quota", status: 429 });
    expect(await listFailures(fresh.store.read, run.id)).toMatchObject([
      { questions: 12, unsent: 11, failure: { reason: "quota" } },
    ]);
    expect(await spentIn(fresh.store.read, acme.id, `day-${run.day}`)).toEqual({ spent: 0, reserved: 0 });
  });

  it("is sent no more than was under way when it was found out, and the others are asked as ever", async () => {
    const acme = await project(12);
    const settings = (apiKey: string) => ({ apiKey, baseUrl: `${home.town.url}/v1` });
    await home.apply({
      assistants: [
        assistant("sound", { settings: settings("${KEY}") }),
        assistant("refused", { settings: settings("${REFUSED_KEY}"), concurrency: 3 }),
      ],
    });
    const run = await finished(acme);
    expect(await states(run)).toEqual({ done: 12, failed: 12 });
    expect(home.town.calls()).toMatchObject({ answered: 12 });
    expect(home.town.calls().rejected).toBeLessThanOrEqual(3);
    const report = (await makeReport(fresh.store.read, acme, { days: 7 }))!;
    expect(report.attention).toMatchObject([{ assistant: { key: "refused" }, failure: { reason: "bad_key" } }]);
  });

  it("is sent one question by each later run, until one is answered and the others follow in that run", async () => {
    const acme = await project(8);
    home.town.setFaults({ rates: { quota: 1 } });
    await finished(acme);
    const first = requests();
    const second = await finishedAtOnce(acme);
    expect(requests()).toBe(first + 1);
    expect(await states(second)).toEqual({ failed: 8 });
    home.town.setFaults({ rates: {} });
    const third = await finishedAtOnce(acme);
    expect(requests()).toBe(first + 1 + 8);
    expect(await states(third)).toEqual({ done: 8 });
    expect(await attention(acme)).toBeNull();
    expect((await makeReport(fresh.store.read, acme, { days: 7 }))!.attention).toEqual([]);
  });

  it("holds the others back while the probe is under way, also when the process ends meanwhile", async () => {
    const acme = await project(8);
    home.town.setFaults({ rates: { quota: 1 } });
    await finished(acme);
    const before = requests();
    home.town.setFaults({ rates: { hang: 1 } });
    const run = await start(acme);
    const held = async () => (await jobs()).filter(({ runAt }) => runAt > home.clock.now()).length;
    await soon(async () => expect([home.town.calls().faults.hang, await held()]).toEqual([1, 7]));
    home.clock.pass(60_000); // they look again
    await soon(async () => expect(await held()).toBe(7));
    expect(requests()).toBe(before + 1);
    await home.house.queue.stop(0);
    expect(await states(run)).toEqual({ asking: 1, waiting: 7 });
    home.town.setFaults({ rates: {} });
    await home.reopen();
    await home.finish();
    expect(await states(run)).toEqual({ done: 8 });
    expect(requests()).toBe(before + 1 + 8);
    expect(await jobs()).toEqual([]);
  });

  it("is asked all the same when its probe was lost", async () => {
    const acme = await project(4);
    home.town.setFaults({ rates: { quota: 1 } });
    await finished(acme);
    home.town.setFaults({ rates: {} });
    await home.house.queue.stop(0);
    const run = await start(acme);
    const [probe] = (await jobs()).map(({ key }) => key).sort();
    const lost = fresh.store.read.tables.jobs;
    await fresh.store.tx((tx) => tx.delete(lost).where(eq(lost.key, probe!)));
    await home.reopen();
    await home.house.work();
    await soon(async () => expect((await jobs()).every(({ runAt }) => runAt > home.clock.now())).toBe(true));
    home.clock.pass(3_600_000);
    await home.finish();
    expect(await states(run)).toEqual({ done: 4 }); // its end finds the lost one, too
  });

  it("is noticed to answer again by a question asked out of turn", async () => {
    const acme = await project(2);
    home.town.setFaults({ rates: { quota: 1 } });
    await finished(acme);
    home.town.setFaults({ rates: {} });
    const [chatgpt] = await listAssistants(fresh.store.read, acme.id);
    const version = { text: "Which bicycle?", language: "en", country: null };
    await askNow(home.house, acme, chatgpt!, version, new AbortController().signal);
    expect(await attention(acme)).toBeNull();
  });

  it("is not put right by an answer that was under way when it failed", async () => {
    const acme = await project(6, { concurrency: 2 });
    let bothAsked!: () => void;
    let failed!: () => void;
    const until = {
      bothAsked: new Promise<void>((go) => (bothAsked = go)),
      failed: new Promise<void>((go) => (failed = go)),
    };
    const asked = scripted(async (_, number) => {
      if (number === 2) bothAsked();
      await (number === 1 ? until.bothAsked : until.failed);
      return number === 1 ? failing("quota") : null;
    });
    const run = await start(acme);
    await home.house.work();
    await soon(async () => expect(await states(run)).toEqual({ failed: 5, asking: 1 }));
    failed();
    await home.finish();
    expect([asked.length, await states(run)]).toEqual([2, { failed: 5, done: 1 }]);
    expect(await attention(acme)).toMatchObject({ reason: "quota" });
  });

  it("gives up those that wait to be asked once more, and returns what was set aside for them", async () => {
    const acme = await project(
      4,
      { concurrency: 1 },
      { budget: { perRunMicroUsd: null, perDayMicroUsd: 1_000_000, perMonthMicroUsd: null } },
    );
    const asked = scripted((_, number) => (number <= 4 ? failing("overloaded", true) : failing("model")));
    const run = await start(acme);
    await home.finish();
    expect(asked).toHaveLength(5);
    expect(await states(run)).toEqual({ failed: 4 });
    expect(await listFailures(fresh.store.read, run.id)).toMatchObject([
      { questions: 4, unsent: 2, failure: { reason: "model" } },
    ]);
    expect(await spentIn(fresh.store.read, acme.id, `day-${run.day}`)).toEqual({ spent: 0, reserved: 0 });
  });

  it("is probed by the next question where the first is too long to tell anything", async () => {
    const acme = await project(4);
    const [long, short, ...others] = prompts(4).map(({ text }) => text);
    let broke = true;
    const asked = scripted(({ asked: { text } }) =>
      text === long ? failing("too_large") : broke ? failing("not_allowed") : null,
    );
    await finished(acme);
    asked.length = 0;
    broke = false;
    const run = await finishedAtOnce(acme);
    expect(asked.slice(0, 2)).toEqual([long, short]);
    expect(asked.slice(2).sort()).toEqual(others.sort());
    expect(await states(run)).toEqual({ failed: 1, done: 3 });
  });

  it("is left alone for the run where the probe ends without an answer for a passing reason", async () => {
    const acme = await project(5);
    let failure = failing("bad_key");
    const asked = scripted(() => failure);
    await finished(acme);
    asked.length = 0;
    failure = failing("overloaded", true);
    const run = await finished(acme);
    expect([new Set(asked).size, asked.length]).toEqual([1, 5]);
    expect(await states(run)).toEqual({ failed: 5 });
    expect(await attention(acme)).toMatchObject({ reason: "bad_key" });
  });

  it("has the rest of its run skipped together where the budget has no room for the probe", async () => {
    const acme = await project(5);
    const asked = scripted(() => failing("bad_key"));
    await finished(acme);
    asked.length = 0;
    const settings = { apiKey: "${KEY}", baseUrl: `${home.town.url}/v1` };
    const poor = await home.apply({
      assistants: [assistant("chatgpt", { settings })],
      budget: { perRunMicroUsd: 1, perDayMicroUsd: null, perMonthMicroUsd: null },
    });
    const run = await finishedAtOnce(poor);
    expect([asked.length, await states(run)]).toEqual([0, { skipped_budget: 5 }]);
    expect(await runs()).toEqual(["done", "done"]);
  });

  it("is asked on after a request that may be wrong in this one question, which is shown until one is answered", async () => {
    const acme = await project(5, { concurrency: 1 });
    const [, second, , , last] = prompts(5).map(({ text }) => text);
    const wrong = new Set([second, last]);
    const asked = scripted(({ asked: { text } }) => (wrong.has(text) ? failing("bad_request") : null));
    const run = await finished(acme);
    expect([asked.length, await states(run)]).toEqual([5, { done: 3, failed: 2 }]);
    expect(await attention(acme)).toMatchObject({ reason: "bad_request" });
    wrong.delete(last);
    const next = await finished(acme);
    expect([asked.length, await states(next)]).toEqual([10, { done: 4, failed: 1 }]);
    expect(await attention(acme)).toBeNull();
  });

  // SQLite has one process only
  const onPostgres = name === "Postgres" ? it : () => undefined;
  onPostgres("is probed once where two processes share a run", async () => {
    const acme = await project(20);
    home.town.setFaults({ rates: { quota: 1 } });
    await finished(acme);
    const before = requests();
    const run = await start(acme);
    const first = home.house;
    await home.reopen();
    await first.work();
    await home.finish();
    await first.queue.stop(0);
    expect(requests()).toBe(before + 1);
    expect(await states(run)).toEqual({ failed: 20 });
  });
});
