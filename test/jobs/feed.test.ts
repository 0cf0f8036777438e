/** Turns: no project waits for a bigger one, and no question is forgotten. */
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { feedAll, planRun, startRun, sweepTurns } from "../../src/jobs/index.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { assistant, prompt } from "../support/definition.ts";
import { soon, startProject, type StartedProject } from "../support/started.ts";

describe.each(databases)("turns on %s", (_, open) => {
  let fresh: FreshStore;
  let started: StartedProject;
  beforeEach(async () => void (fresh = await open()));
  afterEach(async () => {
    await started.home.close();
    await fresh.remove();
  });

  const jobs = () => fresh.store.read.select().from(fresh.store.read.tables.jobs);
  const forget = () => fresh.store.tx(async (tx) => void (await tx.delete(tx.tables.jobs)));

  it("leave most questions of a run in the store, and two jobs for each it may have under way", async () => {
    started = await startProject(fresh, 20, {}, { concurrency: 3 });
    expect(await jobs()).toHaveLength(6);
    await feedAll(started.home.house);
    expect(await jobs()).toHaveLength(6);
    await started.home.finish();
    expect(await started.states()).toEqual({ done: 20 });
    expect(started.home.town.calls()).toMatchObject({ requests: 20, answered: 20 });
  });

  it("let a small project in between the questions of a big one", async () => {
    started = await startProject(fresh, 30, {}, { concurrency: 2 });
    const { home } = started;
    const settings = { apiKey: "${KEY}", baseUrl: `${home.town.url}/v1` };
    const small = await home.apply({
      key: "small",
      assistants: [assistant("chatgpt", { settings, concurrency: 2 })],
      prompts: Array.from({ length: 6 }, (_, i) => prompt(`s${i}`, `Which coffee machine is best? ${i}`)),
    });
    await startRun(home.house, await planRun(home.house, small), home.clock.now(), "scheduled");
    await home.finish();
    const { calls, questions } = fresh.store.read.tables;
    const order = await fresh.store.read
      .select({ projectId: questions.projectId })
      .from(calls)
      .innerJoin(questions, eq(questions.id, calls.questionId))
      .orderBy(calls.startedAt);
    const places = order.flatMap(({ projectId }, i) => (projectId === small.id ? [i] : []));
    expect(places).toHaveLength(6);
    // four of the big one's had their jobs before; then they take turns
    expect(places.at(-1)).toBeLessThan(24);
  });

  it("come back to questions whose jobs were lost, after a restart and after a while anyway", async () => {
    started = await startProject(fresh, 8, {}, { concurrency: 2 });
    const { house, clock } = started.home;
    await forget();
    await sweepTurns(house);
    const waiting = await jobs();
    expect(waiting.map(({ runAt }) => runAt)).toEqual(Array.from({ length: 4 }, () => clock.now() + 300_000));
    await forget();
    await sweepTurns(house); // not again so soon
    expect(await jobs()).toEqual([]);
    clock.pass(300_000);
    await sweepTurns(house);
    expect(await jobs()).toHaveLength(4);
    await house.work();
    clock.pass(300_000);
    await soon(async () => expect(await started.states()).toEqual({ done: 8 }));
  });

  it("leave to its time what waits on purpose, and hurry it where a run is gone on with", async () => {
    started = await startProject(fresh, 2, {}, { concurrency: 2 });
    const { house, clock } = started.home;
    const later = clock.now() + 600_000;
    await fresh.store.tx(async (tx) => void (await tx.update(tx.tables.jobs).set({ runAt: later })));
    await sweepTurns(house);
    expect((await jobs()).map(({ runAt }) => runAt)).toEqual([later, later]);
    await feedAll(house, { hurried: true });
    expect((await jobs()).map(({ runAt }) => runAt)).toEqual([clock.now(), clock.now()]);
  });
});
