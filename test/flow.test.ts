/** One question through the whole house: schedule, queue, ask, raw answer, findings, roll-up, measure, page. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { reportData } from "../src/cli/report-data.ts";
import type { Answer, Project } from "../src/domain.ts";
import { planRun, startRun } from "../src/jobs/index.ts";
import { makeReport, type Report } from "../src/measures/report.ts";
import { tick } from "../src/schedule/ticker.ts";
import { openDueRun } from "../src/service.ts";
import type { AnswerRecord } from "../src/simulator/index.ts";
import { findBody, getProject, listBrands, listFindings } from "../src/store/index.ts";
import { createApp } from "../src/web/server.ts";
import { shownBasis, shownMeasure } from "../src/words/numbers.ts";
import { prompts } from "./simulator/village.ts";
import { databases, type FreshStore } from "./support/databases.ts";
import { openTestHouse, type TestHouse } from "./support/house.ts";
import { logInto } from "./support/log.ts";

const dayMs = 86_400_000;
const world = { prompts: prompts(8), spread: "mid" as const };
const waitMs = 600_000;
const questions = 16; // 8 prompts x 2 assistants

describe.each(databases)("one question through the house on %s", (_, open) => {
  let fresh: FreshStore;
  let home: TestHouse;
  beforeEach(async () => {
    fresh = await open();
    home = await openTestHouse(fresh, world);
  });
  afterEach(async () => {
    await home.close();
    await fresh.remove();
  });

  const ticks = () => {
    const { house } = home;
    const { store, clock, log } = house;
    return tick({ store, clock, log, open: (project, due) => openDueRun(house, project, due) });
  };

  /** The project begun yesterday, so that its run of today is due, and has waited as long as a run may. */
  async function begin(): Promise<Project> {
    home.clock.pass(-dayMs);
    const project = await home.apply();
    home.clock.pass(dayMs + waitMs);
    return project;
  }

  const rowsOf = async () => {
    const { tables } = fresh.store.read;
    const answers = (await fresh.store.read.select().from(tables.answers)) as Answer[]; // its columns are the answer's
    const asked = await fresh.store.read.select().from(tables.questions);
    const runs = await fresh.store.read.select().from(tables.runs);
    return { answers, asked, runs };
  };

  async function reportOf(project: Project): Promise<Report> {
    const report = await makeReport(fresh.store.read, await getProject(fresh.store.read, project.id), { days: 28 });
    if (!report) throw new Error("there is nothing to report");
    return report;
  }

  /** What the town put into each answer, by assistant and question. */
  const told = (): Map<string, AnswerRecord> =>
    new Map(home.town.answers().map((record) => [`${record.assistant} ${record.question}`, record]));

  it("asks what is due, each question once, and closes the run", async () => {
    await begin();
    await ticks();
    await home.finish();
    const { answers, asked, runs } = await rowsOf();
    expect(runs).toMatchObject([{ state: "done", day: "2026-03-02", purpose: "scheduled" }]);
    expect(asked.map(({ state }) => state)).toEqual(Array.from({ length: questions }, () => "done"));
    expect(answers).toHaveLength(questions);
    expect(home.town.calls()).toMatchObject({ requests: questions, answered: questions });
    expect(home.town.calls().sent.every(({ replies }) => replies === 1)).toBe(true);
  });

  it("keeps every answer as it came, with its raw body, model, cost and local day", async () => {
    await begin();
    await ticks();
    await home.finish();
    for (const answer of (await rowsOf()).answers) {
      const body = JSON.parse((await findBody(fresh.store.read, answer.id))!) as { model: string };
      expect(body.model).toBe(answer.servedModel);
      expect(JSON.stringify(body).length).toBeGreaterThan(answer.text.length);
      expect(answer).toMatchObject({ day: "2026-03-02", outcome: "answered", purpose: "scheduled" });
      expect(answer.costMicroUsd).toBeGreaterThan(0);
    }
  });

  it("finds in every answer the brands, pages and places that the town put there", async () => {
    const project = await begin();
    await ticks();
    await home.finish();
    const { answers, asked } = await rowsOf();
    const { tables } = fresh.store.read;
    const brands = new Map((await listBrands(fresh.store.read, project.id)).map(({ id, key }) => [id, key]));
    const texts = new Map(
      (await fresh.store.read.select().from(tables.promptVersions)).map(({ id, text }) => [id, text]),
    );
    const cited = await fresh.store.read.select().from(tables.citations);
    const findings = await listFindings(
      fresh.store.read,
      answers.map(({ id }) => id),
      1,
    );
    const records = told();
    for (const answer of answers) {
      const { promptVersionId } = asked.find(({ id }) => id === answer.id)!;
      const wire = answer.requestedModel === "town-gpt" ? "openai" : "anthropic";
      const record = records.get(`${wire} ${texts.get(promptVersionId)}`)!;
      const found = findings.get(answer.id)!;
      expect(new Set(found.mentions.map(({ brandId }) => brands.get(brandId)))).toEqual(new Set(record.named));
      for (const { start, end, form } of found.mentions)
        expect(answer.text.slice(start, end).toLowerCase()).toContain(form.toLowerCase());
      const domains = cited.filter(({ answerId }) => answerId === answer.id).map(({ domain }) => domain);
      expect(new Set(domains)).toEqual(new Set(record.citedDomains));
    }
  });

  it("counts, measures and shows the same numbers in the report, its data and the page", async () => {
    const project = await begin();
    await ticks();
    await home.finish();
    const report = await reportOf(project);
    const records = home.town.answers();
    const app = createApp({ store: fresh.store, log: logInto(), language: "en", host: "127.0.0.1", allowHosts: [] });
    const page = await (await app.request("http://localhost/", { headers: { host: "localhost" } })).text();
    const data = reportData(report).overall;
    for (const { key, id } of report.brands) {
      const measure = report.overall.find(({ brandId }) => brandId === id)!.measures["visibility"]!;
      const hits = records.filter(({ named }) => named.includes(key)).length;
      expect(measure).toMatchObject({ hits, answers: questions, prompts: 8, value: hits / questions });
      expect(measure.low).toBeLessThanOrEqual(measure.value!);
      expect(measure.high).toBeGreaterThanOrEqual(measure.value!);
      expect(measure.high! - measure.low!).toBeGreaterThan(0.1); // eight prompts cannot say more
      expect(data.find((row) => row.brand === key)!.measures["visibility"]).toEqual(measure);
      expect(page).toContain(shownMeasure(measure, "en"));
      expect(page).toContain(shownBasis(measure, "en"));
    }
  });

  it("opens one run for one due time, however often and by however many it is asked", async () => {
    const project = await begin();
    await Promise.all([ticks(), ticks()]);
    await ticks();
    const plan = await planRun(home.house, project);
    expect(await startRun(home.house, plan, Date.parse("2026-03-02T05:00:00Z"), "scheduled")).toBeNull();
    await home.finish();
    await ticks();
    await home.finish();
    const { answers, runs } = await rowsOf();
    expect(runs).toHaveLength(1);
    expect(answers).toHaveLength(questions);
    expect(home.town.calls().requests).toBe(questions);
  });

  it("adds the next day as another run of the same prompts", async () => {
    const project = await begin();
    await ticks();
    await home.finish();
    home.clock.pass(Date.parse("2026-03-03T05:00:00Z") + waitMs - home.clock.now());
    home.town.setDay("2026-03-03");
    await ticks();
    await home.finish();
    const report = await reportOf(project);
    expect([...new Set(report.byDay.map(({ bucket }) => bucket))].sort()).toEqual(["2026-03-02", "2026-03-03"]);
    expect(report.overall[0]!.measures["visibility"]).toMatchObject({ answers: 2 * questions, prompts: 8 });
    expect(report.byDay.map(({ measures }) => measures["visibility"]!.answers)).toEqual(
      report.byDay.map(() => questions),
    );
  });
});
