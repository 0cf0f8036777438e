/** Answers collected elsewhere on both databases: kept once, read, counted, and never added to those of the API. */
import { max } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { imported } from "../../src/assistants/import.ts";
import type { Project } from "../../src/domain.ts";
import {
  beginReading,
  countNow,
  importAnswers,
  importState,
  type Collected,
  type ImportState,
} from "../../src/jobs/index.ts";
import { reparse } from "../../src/jobs/reparse.ts";
import { makeReport } from "../../src/measures/report.ts";
import {
  findAnswers,
  findBody,
  listAssistants,
  listPrompts,
  openSeen,
  unfinishedRuns,
  type Store,
} from "../../src/store/index.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { assistant } from "../support/definition.ts";
import { openTestHouse, projectIn, type TestHouse } from "../support/house.ts";
import { village } from "../simulator/village.ts";

const day = "2026-03-02";
const app = assistant("app", { adapter: "import", model: "app", surface: "ui", settings: {} });

describe.each(databases)("imported answers on %s", (_, openFresh) => {
  let fresh: FreshStore;
  let home: TestHouse;
  let project: Project;
  let sample: (name: string, more?: object) => Collected;

  beforeEach(async () => {
    fresh = await openFresh();
    home = await openTestHouse(fresh);
    const assistants = [...projectIn(village(), home.town.url).assistants.slice(0, 1), app];
    project = await home.apply({ assistants });
    const [prompt] = await listPrompts(fresh.store.read, project.id);
    const slot = (await listAssistants(fresh.store.read, project.id)).find(({ key }) => key === "app")!;
    sample = (name, more = {}) => {
      const body = JSON.stringify({ text: "1. Vindil\n2. Pedalus", citations: ["https://vindil.example/"], ...more });
      const reply = imported.read(body, { search: true, day, prices: [] });
      const version = { id: prompt!.versionId, promptId: prompt!.id, language: prompt!.language };
      return { name, version, assistant: slot, askedAt: Date.parse(`${day}T01:00:00Z`), reply, body };
    };
  });
  afterEach(async () => {
    await home.close();
    await fresh.remove();
  });

  const report = (surface?: "api" | "ui") => makeReport(fresh.store.read, project, { days: 1, surface });

  /** What becomes of batches that come one after the other, before anything is kept. */
  async function states(...batches: Collected[][]) {
    const seen = openSeen();
    const found: ImportState[] = [];
    for (const batch of batches) found.push(...(await importState(home.house, project, batch, seen)));
    seen.close();
    return found;
  }

  it("are known by their names across batches of which nothing is kept yet", async () => {
    const clash = sample("id 1", { text: "another" });
    const found = await states([sample("id 1")], [sample("id 2"), sample("id 1")], [clash]);
    expect(found).toEqual(["new", "new", "known", "taken"]);
    expect(await states([clash])).toEqual(["new"]);
  });

  it("are kept once with their rows, read and counted", async () => {
    const batch = [sample("id 1"), sample("id 2", { text: "Pedalus" }), sample("id 1")];
    expect(await states(batch)).toEqual(["new", "new", "known"]);
    for (let time = 0; time < 2; time++) {
      await importAnswers(home.house, project, batch.slice(0, 2));
      await countNow(home.house, project.id);
      const made = (await report())!;
      expect([made.surface, made.answersElsewhere, made.insights.answers]).toEqual(["ui", 0, 2]);
      expect(made.overall[0]!.measures["visibility"]).toMatchObject({ hits: 1, answers: 2 });
      expect(made.overall[0]!.measures["citation-rate"]).toMatchObject({ answers: 2 });
    }
    expect(await states(batch)).toEqual(["known", "known", "known"]);
    const other = sample("id 2", { text: "another" });
    expect(await states([other])).toEqual(["taken"]);
    const { answers } = fresh.store.read.tables;
    const [kept] = await fresh.store.read.select({ id: answers.id }).from(answers).limit(1);
    const [answer] = await findAnswers(fresh.store.read, [kept!.id]);
    expect(answer).toMatchObject({ requestedModel: "app", costMicroUsd: null });
    expect(await findBody(fresh.store.read, kept!.id)).toBe(
      batch.find(({ reply }) => reply.text === answer!.text)!.body,
    );
    expect(await unfinishedRuns(fresh.store.read)).toEqual([]);
  });

  it("come side by side from two imports of one day", async () => {
    await Promise.all(
      Array.from({ length: 4 }, (_, i) =>
        importAnswers(home.house, project, [sample(`hash a${i}`, { text: `Vindil ${i}` }), sample("hash same")]),
      ),
    );
    await countNow(home.house, project.id);
    expect((await report())!.insights.answers).toBe(5);
  });

  it("are read with the newest brands, also where history was read again while they were being read", async () => {
    const { store } = home.house;
    let meanwhile = async () => {
      meanwhile = () => Promise.resolve();
      await beginReading(home.house, project.id);
      await reparse(home.house, { projectId: project.id }, new AbortController().signal);
    };
    const slow: Store = { ...store, tx: (work) => meanwhile().then(() => store.tx(work)) };
    await importAnswers({ ...home.house, store: slow }, project, [sample("id 1")]);
    const { readings, answers } = store.read.tables;
    const [newest] = await store.read.select({ number: max(readings.number) }).from(readings);
    expect(newest!.number).toBe(2);
    expect(await store.read.select({ reading: answers.reading }).from(answers)).toEqual([{ reading: 2 }]);
  });

  it("leave the answers of the API alone, and nobody asks for them", async () => {
    const { planRun, startRun } = await import("../../src/jobs/index.ts");
    const plan = await planRun(home.house, project);
    expect(plan.collected.map(({ key }) => key)).toEqual(["app"]);
    expect(plan.assistants.map((planned) => planned.assistant.key)).toEqual(["chatgpt"]);
    await startRun(home.house, plan, home.clock.now(), "scheduled");
    await home.finish();
    const before = (await report())!;
    await importAnswers(home.house, project, [sample("id 1")]);
    await countNow(home.house, project.id);
    const after = (await report())!;
    expect([before.surface, before.answersElsewhere]).toEqual(["api", 0]);
    expect([after.surface, after.answersElsewhere]).toEqual(["api", 1]);
    const overSeveral = (made: typeof after) => [made.overall, made.byPhase, made.byDay, made.sources, made.insights];
    expect(overSeveral(after)).toEqual(overSeveral(before));
    expect(after.assistants.map(({ assistant: { key, surface } }) => [key, surface])).toEqual([
      ["chatgpt", "api"],
      ["app", "ui"],
    ]);
    const ui = (await report("ui"))!;
    expect([ui.surface, ui.insights.answers, ui.answersElsewhere]).toEqual(["ui", 1, plan.questions]);
  });
});
