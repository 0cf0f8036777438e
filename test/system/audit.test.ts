/** One-off audits: when they stop, what they cost and count, and how one that was stopped is gone on with. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Project, ProjectDefinition } from "../../src/domain.ts";
import { openAudit, planRound, runAudit, type AuditEnd, type AuditWish } from "../../src/jobs/index.ts";
import { makeReport } from "../../src/measures/report.ts";
import type { WorldDefinition } from "../../src/simulator/index.ts";
import { cancelRun, listBrands, type AuditState, auditState } from "../../src/store/index.ts";
import { prompts } from "../simulator/village.ts";
import { deskFor } from "../support/cli.ts";
import { passWhile } from "../support/clock.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { assistant } from "../support/definition.ts";
import { Gate } from "../support/gate.ts";
import { openTestHouse, type TestHouse } from "../support/house.ts";
import { townEnv, townFor, townProject } from "../support/town-project.ts";

const cells = 12; // 6 prompts x 2 assistants
const wide: AuditWish = { width: 0.45, level: 0.95, mostRounds: 10, budgetMicroUsd: null };
const narrow: AuditWish = { ...wide, width: 0.001 };
const never = new AbortController().signal;
const noCaps = { perRunMicroUsd: null, perDayMicroUsd: null, perMonthMicroUsd: null };

describe.each(databases)("an audit on %s", (_, open) => {
  let fresh: FreshStore;
  let home: TestHouse;
  let project: Project;
  beforeEach(async () => void (fresh = await open()));
  afterEach(async () => {
    await home.close();
    await fresh.remove();
  });

  async function begin(more: Partial<ProjectDefinition> = {}, world: Partial<WorldDefinition> = {}): Promise<void> {
    home = await openTestHouse(fresh, { prompts: prompts(6), ...world });
    project = await home.apply(more);
    await home.house.work();
  }

  /** Time passes for as long as the work goes on. */
  const whilePassing = <T>(work: Promise<T>): Promise<T> => passWhile(home.clock, 250, work);

  async function audit(
    wish: AuditWish,
    {
      resume = false,
      signal = never,
      onRound = () => undefined,
      onLook = () => Promise.resolve(),
    }: Partial<AuditOptions> = {},
  ): Promise<AuditEnd & { state: AuditState; runId: string }> {
    const plan = await planRound(home.house, project);
    const opened = await openAudit(home.house, plan, { ...wish, resume });
    const end = await whilePassing(runAudit(home.house, opened, wish, { signal, onRound, onLook }));
    return { ...end, runId: opened.run.id, state: await auditState(fresh.store.read, opened.run.id) };
  }
  interface AuditOptions {
    resume: boolean;
    signal: AbortSignal;
    onRound: (round: { round: number }) => void;
    onLook: () => Promise<void>;
  }

  const runs = () => fresh.store.read.select().from(fresh.store.read.tables.runs);
  const answers = () => fresh.store.read.select().from(fresh.store.read.tables.answers);

  it("stops after the third round when it is narrow enough, and tells what the town said", async () => {
    await begin();
    const { rounds, ended, state, worstCaseRounds } = await audit(wide);
    expect(ended).toBe("narrow");
    expect(rounds.map(({ round }) => round)).toEqual([1, 2, 3]);
    expect(state).toMatchObject({ rounds: 3, open: 0, skipped: 0 });
    expect(worstCaseRounds).toBe(3);
    const told = home.town.answers();
    const [own] = (await listBrands(fresh.store.read, project.id)).filter(({ role }) => role === "own");
    const hits = told.filter(({ named }) => named.includes(own!.key)).length;
    expect(told).toHaveLength(3 * cells);
    expect(rounds[2]!.visibility!.value).toBeCloseTo(hits / (3 * cells), 12);
    expect(rounds[2]!.visibility).toMatchObject({ cells, answers: 3 * cells });
    const spent = (await answers()).reduce((sum, { costMicroUsd }) => sum + costMicroUsd!, 0);
    expect(rounds[2]!.costMicroUsd).toBe(spent);
    expect(await runs()).toMatchObject([{ purpose: "audit", state: "done", questions: 3 * cells }]);
  });

  it("keeps its answers and moves no other number", async () => {
    await begin();
    await audit(wide);
    expect((await answers()).every(({ purpose }) => purpose === "audit")).toBe(true);
    expect(await makeReport(fresh.store.read, project, { days: 7 })).toBeNull();
  });

  it("goes on no longer than the most rounds, and with more of them is gone on with", async () => {
    await begin();
    const first = await audit({ ...narrow, mostRounds: 3 });
    expect([first.ended, first.rounds.length]).toEqual(["rounds", 3]);
    const second = await audit({ ...narrow, mostRounds: 4 }, { resume: true });
    expect(second.runId).toBe(first.runId);
    expect([second.ended, second.rounds.map(({ round }) => round)]).toEqual(["rounds", [3, 4]]);
    expect(home.town.calls().answered).toBe(4 * cells);
  });

  it("begins no round that its own budget has no room for", async () => {
    await begin();
    const { costMicroUsd } = await planRound(home.house, project);
    const { ended, rounds } = await audit({ ...narrow, budgetMicroUsd: Math.round(costMicroUsd * 2.5) });
    expect(ended).toBe("budget");
    expect(rounds.length).toBeLessThan(3);
    const plan = await planRound(home.house, project);
    const opening = openAudit(home.house, plan, { budgetMicroUsd: 1, resume: false });
    await expect(opening).rejects.toThrow("--budget leaves no room for a single round");
  });

  it("never passes a cap of the project, says so, and goes on where there is room again", async () => {
    await begin();
    const { costMicroUsd } = await planRound(home.house, project);
    const cap = Math.round(costMicroUsd * 1.5);
    project = await home.apply({ budget: { ...noCaps, perRunMicroUsd: cap } });
    const { ended, rounds, state } = await audit(narrow);
    expect(ended).toBe("budget");
    // the last answers may cost more than was set aside for them
    const { setAsideMicroUsd } = (await planRound(home.house, project)).assistants[0]!;
    expect(rounds.at(-1)!.costMicroUsd).toBeLessThanOrEqual(cap + setAsideMicroUsd);
    expect(state.skipped).toBeGreaterThan(0);
    const before = home.town.calls().answered;
    project = await home.apply({ budget: noCaps });
    const after = await audit(wide, { resume: true });
    expect(after.ended).toBe("narrow");
    expect(home.town.calls().answered - before).toBe(after.state.rounds * cells - before);
  });

  it("ends with what it has when it is stopped, and asks nothing twice when it is gone on with", async () => {
    await begin();
    const stopping = new AbortController();
    const stopped = await audit(narrow, {
      signal: stopping.signal,
      onRound: ({ round }) => round === 2 && home.town.setFaults({ delayMs: [20, 20] }),
      onLook: async () => {
        if (home.town.calls().answered > 2 * cells) stopping.abort();
      },
    });
    expect(stopped.ended).toBe("stopped");
    expect(stopped.state).toMatchObject({ rounds: 3, open: 0 });
    const before = home.town.calls().answered;
    expect(before).toBeGreaterThan(2 * cells);
    expect(before).toBeLessThan(3 * cells);
    await home.reopen();
    await home.house.work();
    const { ended, runId } = await audit(wide, { resume: true });
    expect([ended, runId]).toEqual(["narrow", stopped.runId]);
    expect(home.town.calls().answered).toBe(3 * cells);
  });

  it("that a crash has left open is finished by resuming, or given up by beginning anew", async () => {
    await begin();
    await home.house.queue.stop(0);
    const left = await openAudit(home.house, await planRound(home.house, project), { ...wide, resume: false });
    await home.reopen();
    await home.house.work();
    const resumed = await audit(wide, { resume: true });
    expect([resumed.ended, resumed.runId, home.town.calls().answered]).toEqual(["narrow", left.run.id, 3 * cells]);
    const another = await openAudit(home.house, await planRound(home.house, project), { ...wide, resume: false });
    const third = await audit(wide);
    expect(new Map((await runs()).map(({ id, state }) => [id, state]))).toEqual(
      new Map([
        [left.run.id, "done"],
        [another.run.id, "cancelled"],
        [third.runId, "done"],
      ]),
    );
  });

  it("says what is wrong: nothing to go on with, another panel, no key, no price, no answer", async () => {
    await begin();
    const resume = async () => openAudit(home.house, await planRound(home.house, project), { ...wide, resume: true });
    await expect(resume()).rejects.toThrow("there is no audit to go on with");
    const { run } = await openAudit(home.house, await planRound(home.house, project), { ...wide, resume: false });
    await fresh.store.tx((tx) => cancelRun(tx, run, project, home.house.workspaceBudget, home.clock.now()));
    project = await home.apply({ assistants: [assistant("other", { settings: { apiKey: "${NO_KEY}" } })] });
    const nobody = await planRound(home.house, project);
    await expect(openAudit(home.house, nobody, { ...wide, resume: false })).rejects.toThrow(
      "no assistant can be asked",
    );
    const url = `${home.town.url}/v1`;
    project = await home.apply({
      assistants: [assistant("chatgpt", { settings: { apiKey: "${KEY}", baseUrl: url } })],
    });
    await expect(resume()).rejects.toThrow(`not those of the audit of ${run.day}`);
    project = await home.apply({ prices: [] });
    const unpriced = await planRound(home.house, project);
    const priced = openAudit(home.house, unpriced, { budgetMicroUsd: 1_000_000, resume: false });
    await expect(priced).rejects.toThrow("--budget needs the price");
    home.town.setFaults({ rates: { quota: 1 } });
    expect(await audit(wide)).toMatchObject({ ended: "unanswered", rounds: [{ round: 1, visibility: null }] });
  });
});

describe("citera audit", { timeout: 60_000 }, () => {
  const env = townEnv;

  it("tells each round and what was saved, stops at Ctrl-C with what it has, and goes on", async (test) => {
    const desk = deskFor(test);
    const gate = new Gate();
    const town = await townFor(test, { faults: { delayMs: [1, 1] }, sleep: gate.sleep });
    desk.write("citera.yaml", townProject(town.url, 8));
    expect((await desk.run(["audit", "--width", "5pp"])).stderr).toContain("there is no such database yet");
    await desk.run(["apply"]);
    const done = await desk.run(["audit", "--width", "40pp"], { env });
    expect([done.code, town.calls().answered]).toEqual([0, 24]);
    expect(done.stdout).toMatch(/^Round 1: .*\nRound 2: .*\nRound 3: [\d.]+ % \([\d.]+–[\d.]+\), 24 answers, /);
    expect(done.stdout).toContain("\nNarrow enough.\n3 rounds; a plan for the worst case takes 3.\n");
    expect(done.stderr).toContain("Asking 8 questions a round about Vindil until its visibility is known within ±40");

    gate.holdFrom(24 + 11);
    const started = desk.start(["audit", "--width", "1pp", "--json"], { env });
    await gate.came(24 + 14);
    started.kill("SIGINT");
    await started.said(/Stopping/);
    gate.open();
    const stopped = await started.ended;
    expect(stopped.code).toBe(130);
    const told = JSON.parse(stopped.stdout) as { ended: string; rounds: unknown[]; cells: number };
    expect(told).toMatchObject({ ended: "stopped", cells: 8, saved: null, rounds: [{ round: 1 }, { round: 2 }] });
    const before = town.calls().answered;
    expect(before).toBeLessThan(24 + 16);

    const resumed = await desk.run(["audit", "--width", "40pp", "--resume"], { env });
    expect([resumed.code, town.calls()]).toMatchObject([0, { requests: 48, answered: 48, aborted: 0 }]);
    expect((await desk.run(["report"])).stdout).toContain("No answers yet");
    expect((await desk.run(["plan", "--width", "5pp"])).stdout).toContain("There is no answer yet");
  });
});
