/** Questions that are begun, and replies that are kept, together with others: each comes to its own end. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { HeardReply, ProjectDefinition } from "../../src/domain.ts";
import { StoreError } from "../../src/errors.ts";
import { ask } from "../../src/jobs/ask.ts";
import { keepAnswer } from "../../src/jobs/keeping.ts";
import { beginCall, type PaidCall } from "../../src/jobs/paying.ts";
import {
  findBody,
  findQuestions,
  markAnswered,
  spentIn,
  type QuestionToAsk,
  type Store,
} from "../../src/store/index.ts";
import { passWhile } from "../support/clock.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { startProject, type StartedProject } from "../support/started.ts";

const budget = (perDayMicroUsd: number) => ({ perRunMicroUsd: null, perDayMicroUsd, perMonthMicroUsd: null });
/** What each question is expected to cost. */
const each = 31_000;

const replyOf = (text: string, costMicroUsd: number | null): HeardReply => ({
  outcome: "answered",
  text,
  asides: [],
  servedModel: null,
  searches: [],
  sources: [],
  citations: [],
  usage: null,
  costMicroUsd,
  finish: null,
  locationApplied: null,
});

describe.each(databases)("together on %s", (_, open) => {
  let fresh: FreshStore;
  let started: StartedProject;
  beforeEach(async () => void (fresh = await open()));
  afterEach(async () => {
    await started.home.close();
    await fresh.remove();
  });

  const read = () => fresh.store.read;
  const ledger = async () => {
    const rows = await read().select().from(read().tables.calls);
    return rows.sort((a, b) =>
      a.questionId < b.questionId ? -1 : a.questionId > b.questionId ? 1 : a.attempt - b.attempt,
    );
  };
  const asked = () => read().select().from(read().tables.questions).orderBy(read().tables.questions.id);
  const spent = () => spentIn(read(), started.project.id, "day-2026-03-02");
  const again = async (found: QuestionToAsk) => (await findQuestions(read(), [found.question.id]))[0]!;

  /** So many questions that nobody works on. */
  async function openRun(count: number, more: Partial<ProjectDefinition> = {}): Promise<QuestionToAsk[]> {
    started = await startProject(fresh, count, more);
    const ids = (await asked()).map(({ id }) => id);
    return (await findQuestions(read(), ids)).map((found) => found!);
  }
  const begin = (some: QuestionToAsk[]) => Promise.all(some.map((one) => beginCall(started.home.house, one)));
  const begun = async (some: QuestionToAsk[]) => (await begin(some)).map((call) => call as PaidCall);
  const keep = (found: QuestionToAsk, call: PaidCall, text: string, costMicroUsd: number | null = 5_000) =>
    keepAnswer(started.home.house, { found, call, reply: replyOf(text, costMicroUsd), body: `"${text}"` });

  it("as many are begun as there is room for where there is not room for all", async () => {
    const some = await openRun(6, { budget: budget(4 * each + 1_000) });
    const calls = await begin(some);
    expect(calls.map((call) => (typeof call === "string" ? call : "begun")).sort()).toEqual([
      ...Array.from({ length: 4 }, () => "begun"),
      "skipped",
      "skipped",
    ]);
    expect(await ledger()).toMatchObject(Array.from({ length: 4 }, () => ({ payment: "open", costMicroUsd: each })));
    expect(await spent()).toEqual({ spent: 0, reserved: 4 * each });
    const states = (await asked()).map(({ state, attempts }) => `${state} ${attempts}`).sort();
    expect(states).toEqual([...Array.from({ length: 4 }, () => "asking 1"), "skipped_budget 0", "skipped_budget 0"]);
  });

  it("one that is begun twice is sent once", async () => {
    const [first, second, third] = await openRun(3, { budget: budget(1_000_000) });
    const calls = await begin([first!, second!, second!, third!]);
    expect(calls.map((call) => (typeof call === "string" ? call : call.questionId))).toEqual([
      first!.question.id,
      second!.question.id,
      "ended",
      third!.question.id,
    ]);
    expect((await ledger()).map(({ attempt }) => attempt)).toEqual([1, 1, 1]);
    expect(await spent()).toEqual({ spent: 0, reserved: 3 * each });
  });

  it("none is begun that was ended meanwhile, also where more was spent than a cap allows", async () => {
    const [first, second] = await openRun(2, { budget: budget(2 * each) });
    await fresh.store.tx(async (tx) => {
      await markAnswered(tx, [first!.question.id]);
      await tx.insert(tx.tables.spending).values({
        projectId: started.project.id,
        period: "day-2026-03-02",
        reservedMicroUsd: 0,
        spentMicroUsd: 3 * each,
      });
    });
    expect(await begin([first!, second!])).toEqual(["ended", "skipped"]);
    expect((await asked()).map(({ state, attempts }) => `${state} ${attempts}`)).toEqual([
      "done 0",
      "skipped_budget 0",
    ]);
  });

  it("first tries and further ones are begun, and what was cut off is booked", async () => {
    const [first, second, third] = await openRun(3, { budget: budget(1_000_000) });
    await begin([second!]);
    const calls = await begun([first!, await again(second!), third!]);
    expect(calls.map(({ attempt }) => attempt)).toEqual([1, 2, 1]);
    expect((await ledger()).map(({ attempt, payment }) => `${attempt} ${payment}`)).toEqual([
      "1 open",
      "1 possibly_paid",
      "2 open",
      "1 open",
    ]);
    expect(await spent()).toEqual({ spent: each, reserved: 3 * each });
  });

  it("replies are kept with what each cost", async () => {
    const some = await openRun(3, { budget: budget(1_000_000) });
    const calls = await begun(some);
    const costs = [7_000, null, 0];
    const kept = await Promise.all(some.map((found, i) => keep(found, calls[i]!, `answer ${i}`, costs[i])));
    expect(kept.map((answer) => answer?.text)).toEqual(["answer 0", "answer 1", "answer 2"]);
    expect(kept).toMatchObject(
      some.map(({ question: { id, promptVersionId, assistantId }, version }) => ({
        id,
        promptVersionId,
        assistantId,
        reading: 0,
        language: version.language,
      })),
    );
    expect(await Promise.all(some.map(({ question }) => findBody(read(), question.id)))).toEqual([
      '"answer 0"',
      '"answer 1"',
      '"answer 2"',
    ]);
    expect((await asked()).map(({ state }) => state)).toEqual(["done", "done", "done"]);
    expect(await ledger()).toMatchObject(
      costs.map((costMicroUsd) => ({ payment: "paid", costMicroUsd, reason: null })),
    );
    expect(await spent()).toEqual({ spent: 7_000 + each + 0, reserved: 0 });
  });

  it.each(["before", "after"])("replies are not lost where the connection breaks %s they are kept", async (when) => {
    const [found] = await openRun(1);
    const { home } = started;
    let broken = false;
    const flaky: Store["tx"] = async (work) => {
      const breaks = !broken && home.town.calls().answered === 1;
      if (breaks) broken = true;
      if (breaks && when === "before") throw new StoreError("unreachable", "Postgres is away");
      const done = await fresh.store.tx(work);
      if (breaks) throw new StoreError("unreachable", "Postgres is away");
      return done;
    };
    const house = { ...home.house, store: { ...fresh.store, tx: flaky } };
    const asking = ask(house, { questionId: found!.question.id }, new AbortController().signal);
    await passWhile(home.clock, 100, asking);
    expect(broken).toBe(true);
    expect(home.town.calls().requests).toBe(1);
    expect(await ledger()).toMatchObject([{ attempt: 1, payment: "paid" }]);
    const { answers } = read().tables;
    expect(await read().select({ reading: answers.reading }).from(answers)).toEqual([{ reading: 1 }]);
  });

  it("one of two replies to a question is kept, and both are paid for", async () => {
    const [first, second] = await openRun(2, { budget: budget(1_000_000) });
    const [one, early] = await begun([first!, second!]);
    const [late] = await begun([await again(second!)]); // the early call is taken for lost
    const kept = await Promise.all([
      keep(first!, one!, "first", 1_000),
      keep(second!, early!, "early", 2_000),
      keep(second!, late!, "late", 4_000),
    ]);
    expect(kept.map((answer) => answer?.text ?? null)).toEqual(["first", "early", null]);
    expect((await ledger()).map(({ payment, costMicroUsd }) => `${payment} ${costMicroUsd}`)).toEqual([
      "paid 1000",
      "paid 2000",
      "paid 4000",
    ]);
    expect(await spent()).toEqual({ spent: 7_000, reserved: 0 });
    expect(await findBody(read(), second!.question.id)).toBe('"early"');
  });
});
