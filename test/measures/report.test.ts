/** The report: what a period says about a project, in an order that does not depend on the database. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Project } from "../../src/domain.ts";
import { makeReport, phaseOrder, type Report } from "../../src/measures/report.ts";
import { ensureReading, getProject, newRun, openRun } from "../../src/store/index.ts";
import { applied, countDays, keepAnswers, type Wanted } from "../support/answers.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { assistant, brand, definition, prompt } from "../support/definition.ts";

const day = "2026-03-02";
const at = (local: string): number => Date.parse(`${local}T11:00:00Z`);
const phases = ["post_purchase", "purchase", "consideration", "awareness"] as const;

const wanted = definition({
  brands: [brand("Bolt"), brand("Cord"), brand("Acme", { role: "own" })],
  prompts: phases.map((phase) => prompt(phase, `What about ${phase}?`, { phase })),
  assistants: [assistant("chatgpt", { title: "ChatGPT" }), assistant("claude", { title: "Claude" })],
});

describe.each(databases)("the report on %s", (_, open) => {
  let fresh: FreshStore;
  let project: Project;
  beforeEach(async () => {
    fresh = await open();
    project = await applied(fresh.store, wanted);
  });
  afterEach(() => fresh.remove());

  const keep = async (local: string, answers: Wanted[]) => {
    await keepAnswers(fresh.store, project, at(local), answers);
    await countDays(fresh.store, project, local);
  };
  const report = async (period: Parameters<typeof makeReport>[2] = { days: 28 }): Promise<Report> => {
    const made = await makeReport(fresh.store.read, await getProject(fresh.store.read, project.id), period);
    if (!made) throw new Error("there is nothing to report");
    return made;
  };
  /** One answer of every assistant to every prompt. */
  const everywhere = (more: Partial<Wanted> = {}): Wanted[] =>
    phases.flatMap((phase) => ["claude", "chatgpt"].map((slot) => ({ prompt: phase, assistant: slot, ...more })));

  it("is null before the first answer, also when a run was opened", async () => {
    expect(await makeReport(fresh.store.read, project, { days: 28 })).toBeNull();
    const run = newRun({ projectId: project.id, dueAt: at(day), day, purpose: "scheduled" });
    await fresh.store.tx((tx) => openRun(tx, run, []));
    expect(await makeReport(fresh.store.read, project, { days: 28 })).toBeNull();
  });

  it("has the own brand first and then its rivals as they were written down", async () => {
    await keep(day, everywhere());
    const { brands, overall } = await report();
    expect(brands.map(({ key }) => key)).toEqual(["Acme", "Bolt", "Cord"]);
    expect(overall.map(({ brandId }) => brandId)).toEqual(brands.map(({ id }) => id));
  });

  it("has days as they passed, phases as the journey goes and assistants as they were added", async () => {
    expect(phaseOrder).toEqual(["awareness", "consideration", "purchase", "post_purchase"]);
    for (const local of ["2026-03-04", day, "2026-03-03"]) await keep(local, everywhere());
    const { brands, byDay, byPhase, byAssistant, assistants } = await report();
    const own = <T extends { brandId: string }>(rows: T[]) => rows.filter(({ brandId }) => brandId === brands[0]!.id);
    expect(own(byDay).map((row) => row.bucket)).toEqual([day, "2026-03-03", "2026-03-04"]);
    expect(own(byPhase).map((row) => row.split.phase)).toEqual(phaseOrder);
    expect(own(byAssistant).map((row) => row.split.assistant)).toEqual(assistants.map((one) => one.assistant.id));
    expect(assistants.map((one) => one.assistant.key)).toEqual(["chatgpt", "claude"]);
    expect(byDay.map(({ brandId }) => brandId)).toEqual(brands.flatMap(({ id }) => [id, id, id]));
  });

  it("covers the last days up to the latest answer unless told otherwise", async () => {
    for (const local of ["2026-02-20", "2026-02-28", day]) await keep(local, everywhere());
    const answers = ({ overall }: Report) => overall[0]!.measures["visibility"]!.answers;
    const last = await report({ days: 3 });
    expect(last).toMatchObject({ from: "2026-02-28", to: day });
    expect(answers(last)).toBe(16);
    expect(answers(await report({ days: 1 }))).toBe(8);
    const given = await report({ days: 3, from: "2026-02-01", to: "2026-02-27" });
    expect(given).toMatchObject({ from: "2026-02-01", to: "2026-02-27" });
    expect(answers(given)).toBe(8);
  });

  it("says of each assistant what came back, from which models and at what cost", async () => {
    const from = (slot: string) => ({ prompt: "purchase", assistant: slot });
    await keep(day, [
      { ...from("chatgpt"), servedModel: "m-2", costMicroUsd: 1_500 },
      { ...from("chatgpt"), servedModel: "m-1", costMicroUsd: 2_500 },
      { ...from("chatgpt"), outcome: "refused", costMicroUsd: null, servedModel: null },
      { ...from("claude"), outcome: "no_search", costMicroUsd: null },
    ]);
    expect((await report()).assistants).toMatchObject([
      {
        servedModels: ["m-1", "m-2"],
        outcomes: { answered: 2, refused: 1 },
        costMicroUsd: 4_000,
        unpriced: 1,
      },
      { servedModels: ["m-1"], outcomes: { no_search: 1 }, costMicroUsd: null, unpriced: 1 },
    ]);
  });

  it("lists the domains cited most with their owners, each answer counted once", async () => {
    const [own, rival, other] = [
      { domain: "acme.example", owner: "own" },
      { domain: "bolt.example", owner: "competitor:Bolt" },
      { domain: "tests.example", owner: "other" },
    ];
    const from = { prompt: "purchase", assistant: "chatgpt" };
    await keep(day, [
      { ...from, cited: [other, other, other, own] },
      { ...from, cited: [own, rival] },
      { ...from, cited: [own] },
    ]);
    const { sources, brands } = await report();
    expect(sources.map(({ domain, citations, answers }) => [domain, citations, answers])).toEqual([
      ["acme.example", 3, 3],
      ["tests.example", 3, 1],
      ["bolt.example", 1, 1],
    ]);
    expect(sources.map(({ ownerBrandId }) => brands.find(({ id }) => id === ownerBrandId)?.key)).toEqual([
      "Acme",
      undefined,
      "Bolt",
    ]);
  });

  it("shows answers that name rivals but not the own brand, most rivals first, with an excerpt on one line", async () => {
    const from = { prompt: "purchase", assistant: "claude" };
    await keep(day, [
      { ...from, named: ["Acme", "Bolt", "Cord"] },
      { ...from, named: ["Bolt"], text: "Take\n\n  Bolt." },
      { ...from, named: ["Bolt", "Cord"], text: `${"🎉 ".repeat(3)}Bolt and Cord. ${"More words. ".repeat(40)}` },
      { ...from, named: ["Bolt"], outcome: "refused" },
      { ...from },
    ]);
    const { missing } = await report();
    expect(missing.map(({ rivals }) => [...rivals].sort())).toEqual([["Bolt", "Cord"], ["Bolt"]]);
    expect(missing[1]).toMatchObject({
      day,
      question: "What about purchase?",
      assistant: "Claude",
      excerpt: "Take Bolt.",
    });
    expect(missing[0]!.excerpt.isWellFormed()).toBe(true);
    expect(missing[0]!.excerpt).toMatch(/^[^\n]{100,200}…$/);
  });

  it("lists no more than five such answers", async () => {
    await keep(day, everywhere({ named: ["Bolt"] }));
    expect((await report()).missing).toHaveLength(5);
  });

  it("has nothing of a brand that was archived, and says that history is being read again", async () => {
    await keep(day, everywhere({ named: ["Acme", "Bolt"] }));
    expect((await report()).rereading).toBe(false);
    project = await applied(fresh.store, { ...wanted, brands: wanted.brands.filter(({ key }) => key !== "Bolt") });
    const after = await report();
    expect(after.brands.map(({ key }) => key)).toEqual(["Acme", "Cord"]);
    for (const rows of [after.overall, after.byAssistant, after.byPhase, after.byDay])
      expect(new Set(rows.map(({ brandId }) => brandId)).size).toBe(2);
    expect(after.rereading).toBe(true);
    expect((await fresh.store.tx((tx) => ensureReading(tx, project, 1))).number).toBe(2);
  });
});
