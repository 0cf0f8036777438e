/** What calls cost: what is set aside, what is booked of calls whose end nobody knows, and what caps let through. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Project, ProjectDefinition } from "../../src/domain.ts";
import { spentIn } from "../../src/store/index.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { soon, startProject, type StartedProject } from "../support/started.ts";

const day = "2026-03-02";
const budget = (perDayMicroUsd: number) => ({ perRunMicroUsd: null, perDayMicroUsd, perMonthMicroUsd: null });

describe.each(databases)("paying on %s", (_, open) => {
  let fresh: FreshStore;
  let home: StartedProject["home"];
  beforeEach(async () => void (fresh = await open()));
  afterEach(async () => {
    await home.close();
    await fresh.remove();
  });

  async function start(
    count: number,
    more: Partial<ProjectDefinition>,
    slot?: Parameters<typeof startProject>[3],
  ): Promise<StartedProject> {
    const started = await startProject(fresh, count, more, slot);
    home = started.home;
    return started;
  }

  const read = () => fresh.store.read;
  const ledger = () => read().select().from(read().tables.calls);
  const asked = () => read().select().from(read().tables.questions);
  const spent = ({ id }: Project) => spentIn(read(), id, `day-${day}`);

  describe("where a process was stopped in the middle of a call", () => {
    /** Stopped while its only question waits for its reply. */
    async function stopped(cap: number) {
      const started = await start(1, { budget: budget(cap) });
      home.town.setFaults({ rates: { hang: 1 } });
      await home.house.work();
      await soon(() => expect(home.town.calls().faults.hang).toBe(1));
      await home.house.queue.stop(0);
      expect(await asked()).toMatchObject([{ state: "asking", attempts: 1 }]);
      expect(await ledger()).toMatchObject([{ attempt: 1, payment: "open", costMicroUsd: 31_000 }]);
      expect(await spent(started.project)).toEqual({ spent: 0, reserved: 31_000 });
      home.town.setFaults({ rates: {} });
      await home.reopen();
      await home.finish();
      return started;
    }

    it("asks again in the next one, and books both: the first may have been paid", async () => {
      const { project, states } = await stopped(70_000);
      expect(await states()).toEqual({ done: 1 });
      expect(home.town.calls()).toMatchObject({ requests: 2, answered: 1 });
      const [answer] = await read().select().from(read().tables.answers);
      expect(await ledger()).toMatchObject([
        { attempt: 1, payment: "possibly_paid", costMicroUsd: 31_000, reason: "abandoned" },
        { attempt: 2, payment: "paid", costMicroUsd: answer!.costMicroUsd },
      ]);
      expect(await spent(project)).toEqual({ spent: 31_000 + answer!.costMicroUsd!, reserved: 0 });
    });

    it("does not ask again where what may have been paid leaves no room under the cap", async () => {
      const { project, states } = await stopped(35_000);
      expect(await states()).toEqual({ skipped_budget: 1 });
      expect(await asked()).toMatchObject([
        { attempts: 1, failure: { reason: "budget", message: "day-2026-03-02: 0.035 USD" } },
      ]);
      expect(home.town.calls().requests).toBe(1);
      expect(await spent(project)).toEqual({ spent: 31_000, reserved: 0 });
    });
  });

  it.each([
    [19, { done: 1 }],
    [20, { failed: 1 }],
  ])("takes the end of a process for no failure: after %i of them a question is %o", async (ends, states) => {
    const { home: own, states: found } = await start(1, {});
    const [question] = await asked();
    await fresh.store.tx(async (tx) => {
      const { questions, calls } = tx.tables;
      await tx.update(questions).set({ state: "asking", attempts: ends });
      const { id: questionId, runId, assistantId } = question!;
      const call = { questionId, runId, assistantId, startedAt: 1, tookMs: null, costMicroUsd: 1 };
      const lost = Array.from({ length: ends }, (_, i) => ({ ...call, attempt: i + 1, reason: "abandoned" }));
      await tx.insert(calls).values(lost.map((one) => ({ ...one, payment: "possibly_paid" as const })));
    });
    await own.finish();
    expect(await found()).toEqual(states);
  });

  it("books what may have been paid of calls that were cut, and nothing of those that were refused", async () => {
    const { project } = await start(2, { budget: budget(1_000_000) });
    home.town.setFaults({ rates: { cut: 1 } });
    await home.house.work();
    await soon(async () => expect((await asked()).every(({ failure }) => failure !== null)).toBe(true));
    const possiblyPaid = { attempt: 1, payment: "possibly_paid", costMicroUsd: 31_000, reason: "network" };
    expect(await ledger()).toMatchObject([possiblyPaid, possiblyPaid]);
    expect(await spent(project)).toEqual({ spent: 62_000, reserved: 0 });
    home.town.setFaults({ rates: { overloaded: 1 } });
    await home.finish();
    const calls = await ledger();
    expect(calls).toHaveLength(10);
    expect(calls.slice(2).map(({ payment }) => payment)).toEqual(Array.from({ length: 8 }, () => "free"));
    expect(await spent(project)).toEqual({ spent: 62_000, reserved: 0 });
  });

  it("holds a cap also where no price is known, by what the dearest model would cost", async () => {
    const { home: own, project, states } = await start(5, { budget: budget(500_000), prices: [] });
    const [question] = await asked();
    const guess = question!.estimateMicroUsd;
    expect(guess).toBeGreaterThan(100_000);
    await own.finish();
    const answered = Math.floor(500_000 / guess);
    expect(await states()).toEqual({ done: answered, skipped_budget: 5 - answered });
    expect(await spent(project)).toEqual({ spent: answered * guess, reserved: 0 });
    expect((await ledger()).map(({ costMicroUsd }) => costMicroUsd)).toEqual(
      Array.from({ length: answered }, () => null),
    );
  });

  it("sends nothing and books nothing where no connection comes about", async () => {
    const settings = { apiKey: "${KEY}", baseUrl: "http://127.0.0.1:9/v1" };
    const { project, states } = await start(1, { budget: budget(1_000_000) }, { settings });
    await home.finish();
    expect(await states()).toEqual({ failed: 1 });
    expect((await ledger()).map(({ payment }) => payment)).toEqual(["free", "free", "free", "free", "free"]);
    expect(await spent(project)).toEqual({ spent: 0, reserved: 0 });
  });
});
