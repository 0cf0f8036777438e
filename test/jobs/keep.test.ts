/** What is no longer kept goes, and what was counted from it stays to the last number. */
import fc from "fast-check";
import { and, eq, lt } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { markToCount, sweepKeep, type House } from "../../src/jobs/index.ts";
import { measure } from "../../src/measures/measures.ts";
import { openHouse } from "../../src/service.ts";
import { answeredDays, findBody, getProject, listAnswerDays, listRuns } from "../../src/store/index.ts";
import { StillClock } from "../support/clock.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { days, histories, Lived } from "../support/histories.ts";
import { logInto } from "../support/log.ts";
import { kept, keptRows, recomputed } from "../support/recomputed.ts";

const runs: Record<string, number> = { SQLite: 8, Postgres: 2 };
const answer = { prompt: "best", assistant: "searching" };
const period = { from: days[0], to: days[2] };

describe.each(databases)("what is kept on %s", (name, open) => {
  let fresh: FreshStore;
  let house: House;
  let projects = 0;
  beforeAll(async () => {
    fresh = await open();
    // five days after the second day: of what is kept for five days, it is the first
    const clock = new StillClock(Date.parse(`${days[1]}T12:00:00Z`) + 5 * 86_400_000);
    house = await openHouse({ config: readConfig({}), store: fresh.store, clock, log: logInto() });
  });
  afterAll(() => fresh.remove());

  const begin = () => Lived.begin(house, `project-${projects++}`);
  const keepFor = (projectId: string, keep: { rawDays: number | null; answerDays: number | null }) =>
    fresh.store.tx(async (tx) => {
      const { projects: table } = tx.tables;
      await tx.update(table).set({ keep }).where(eq(table.id, projectId));
    });
  /** As if the process had been started anew. */
  const sweep = () => sweepKeep({ ...house });
  /** Rows that belong to answers or questions of days before the second. */
  async function leftOver(projectId: string) {
    const { read } = fresh.store;
    const { answers, questions, findings, mentions, citations, candidates, verdicts, rawReplies } = read.tables;
    const old = await read
      .select({ id: questions.id })
      .from(questions)
      .where(and(eq(questions.projectId, projectId), lt(questions.day, days[1])));
    const orphans = await Promise.all(
      [findings, mentions, citations, candidates, verdicts, rawReplies].map(async (table) => {
        const all = await read.select({ id: table.answerId }).from(table);
        const there = new Set((await read.select({ id: answers.id }).from(answers)).map(({ id }) => id));
        return all.filter(({ id }) => !there.has(id)).length;
      }),
    );
    return [
      ...(await listAnswerDays(read, projectId, { before: days[1] })),
      ...old,
      ...orphans.filter((rows) => rows > 0),
    ];
  }

  it("measures are the same before and after answers are removed, after any history", { timeout: 60_000 }, async () => {
    const holds = fc.asyncProperty(histories, async (history) => {
      const lived = await begin();
      const { projectId } = lived;
      const { read } = fresh.store;
      await lived.live([...history, { kind: "reread", found: [{}], first: "all", withCord: true }]);
      const counted = await recomputed(house.store, projectId);
      await keepFor(projectId, { rawDays: null, answerDays: 5 });
      await sweep();
      expect(await leftOver(projectId)).toEqual([]);
      await lived.countAll();
      expect(await kept(house.store, projectId)).toEqual(counted);
      const { rows } = await measure(read, await getProject(read, projectId), period);
      await markToCount(house, projectId, days[0], days[2]);
      await lived.countAll();
      expect(await kept(house.store, projectId)).toEqual(counted);
      expect((await measure(read, await getProject(read, projectId), period)).rows).toEqual(rows);
      const before = await keptRows(house.store, projectId);
      await sweep();
      expect(await keptRows(house.store, projectId)).toEqual(before);
    });
    await fc.assert(holds, { numRuns: runs[name]!, seed: 20_260_303 });
  });

  it("answers that were not read with the brands of now are read before they go", async () => {
    const lived = await begin();
    await lived.keep(days[0], [answer]);
    await lived.live([{ kind: "reread", found: [{}], first: 0, withCord: true }]);
    await keepFor(lived.projectId, { rawDays: null, answerDays: 5 });
    await sweep();
    expect(await listAnswerDays(fresh.store.read, lived.projectId, { before: days[1] })).toEqual([days[0]]);
    const { jobs } = fresh.store.read.tables;
    const wanted = await fresh.store.read
      .select()
      .from(jobs)
      .where(eq(jobs.key, `reparse-${lived.projectId}`));
    expect(wanted).toHaveLength(1);
    await lived.live([{ kind: "reread", found: [{}], first: "all", withCord: true }]);
    await keepFor(lived.projectId, { rawDays: null, answerDays: 5 });
    await sweep();
    expect(await leftOver(lived.projectId)).toEqual([]);
    expect(await answeredDays(fresh.store.read, lived.projectId, "api")).toEqual({ first: days[0], last: days[0] });
  });

  it("raw bodies go without their answers, runs stay, and a day's work is done once", async () => {
    const lived = await begin();
    for (const day of days) await lived.keep(day, [answer, answer]);
    await lived.countAll();
    const before = await kept(house.store, lived.projectId);
    await keepFor(lived.projectId, { rawDays: 5, answerDays: null });
    const sameProcess = { ...house };
    await sweepKeep(sameProcess);
    const bodies = async () => {
      const { answers } = fresh.store.read.tables;
      const all = await fresh.store.read.select().from(answers).where(eq(answers.projectId, lived.projectId));
      const has = await Promise.all(
        all.map(async ({ id, day }) => [day, (await findBody(fresh.store.read, id)) !== null]),
      );
      return has.map((one) => one.join(" ")).sort();
    };
    const still = [
      `${days[0]} false`,
      `${days[0]} false`,
      ...[days[1], days[2]].flatMap((day) => [`${day} true`, `${day} true`]),
    ];
    expect(await bodies()).toEqual(still);
    expect(await kept(house.store, lived.projectId)).toEqual(before);
    expect((await getProject(fresh.store.read, lived.projectId)).answersKeptFrom).toBeNull();
    await keepFor(lived.projectId, { rawDays: 1, answerDays: null });
    await sweepKeep(sameProcess); // the same day
    expect(await bodies()).toEqual(still);
    expect(await listRuns(fresh.store.read, { projectId: lived.projectId, limit: 9 })).toHaveLength(3);
  });

  it("goes on with the next tick where time was up", async () => {
    const lived = await begin();
    for (const day of days) await lived.keep(day, [answer]);
    await lived.countAll();
    await keepFor(lived.projectId, { rawDays: 1, answerDays: 5 });
    let now = house.clock.now();
    const slow = { ...house, clock: { ...house.clock, now: () => (now += 3_000) } };
    const bodies = async () => {
      const { rawReplies, answers } = fresh.store.read.tables;
      const own = eq(answers.projectId, lived.projectId);
      const all = fresh.store.read.select().from(rawReplies).innerJoin(answers, eq(answers.id, rawReplies.answerId));
      return (await all.where(own)).length;
    };
    const left: number[] = [];
    for (let tick = 0; tick < 3; tick++) {
      await sweepKeep(slow);
      left.push(await bodies());
    }
    expect(left).toEqual([2, 1, 0]);
    expect(await leftOver(lived.projectId)).toEqual([]);
  });
});
