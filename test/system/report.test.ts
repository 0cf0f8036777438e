/** citera report as a process: text in two languages, JSON with whole measures, CSV without formulas. */
import { parse as parseCsv } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allMetrics, metrics } from "../../src/metrics/index.ts";
import { startSimulator, type Simulator } from "../../src/simulator/index.ts";
import { village } from "../simulator/village.ts";
import { Desk } from "../support/cli.ts";
import { rivals, townEnv, townProject } from "../support/town-project.ts";

/** Names that a spreadsheet would take for formulas, and one that would steer a terminal. */
const formulas = ["=cmd|' /C calc'!A0", "+1+2", "-2+3", "@SUM(A1)", "＝1+1"];
const steering = "Bell\u0007 \u001b[31mred";

const desk = new Desk();
let town: Simulator;
beforeAll(async () => {
  town = await startSimulator(village());
  const competitors = [...rivals, ...[...formulas, steering].map((name) => ({ name }))];
  desk.write("citera.yaml", townProject(town.url, 8, { competitors }));
  const { code, stderr } = await desk.run(["run"], { env: townEnv });
  if (code !== 0) throw new Error(stderr);
});
afterAll(async () => {
  desk.close();
  await town.close();
});

interface Measure {
  value: number | null;
  low: number | null;
  high: number | null;
  answers: number;
  prompts: number;
  hits: number;
}
interface Data {
  project: string;
  brands: { brand: string }[];
  overall: { brand: string; measures: Record<string, Measure> }[];
  byDay: { brand: string; day: string }[];
  assistants: { assistant: string; servedModels: string[] }[];
}

describe.concurrent("citera report", { timeout: 60_000 }, () => {
  it("is a text with intervals, in English and in Swedish", async ({ expect }) => {
    const [en, sv] = await Promise.all([desk.run(["report"]), desk.run(["report", "--lang", "sv"])]);
    expect([en.code, en.stderr, sv.code, sv.stderr]).toEqual([0, "", 0, ""]);
    expect(en.stdout).toMatch(/^Vindil {2}\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d\n/);
    expect(en.stdout).toMatch(/\nVindil \(own\) .*\d+ ?% [[(]\d+.*\d+/);
    expect(en.stdout).toContain("The level is uncertain because 8 questions stand for thousands of real ones.");
    expect(en.stdout).toContain("ChatGPT");
    const headings = en.stdout
      .split("\n\n")
      .slice(1)
      .map((part) => part.split("\n")[0]!);
    expect(headings.filter((heading) => !heading.endsWith(" · API"))).toEqual(["Assistants"]);
    expect(sv.stdout).toMatch(/^Vindil {2}\d{4}-\d\d-\d\d till \d{4}-\d\d-\d\d\n/);
    expect(sv.stdout).toContain("Varumärken");
    expect(en.stdout).toMatch(
      /\nNamed and cited · API\n[^]+\nVindil \(own\) +\d+ of \d+ +\d+ of \d+ +\d+ of \d+ +\d+ of \d+\n/,
    );
    expect(en.stdout).toMatch(
      /\nTypes of sources in \d+ answers that cite pages · API\nType +Answers +Citations\n\S+.* \d+ of \d+ +\d+\n/,
    );
    expect(en.stdout).toMatch(/\nAlso ranked, not tracked: names in \d+ answers with a ranking · API\n/);
    expect(sv.stdout).toMatch(/\nRangordnas också, bevakas inte: namn i \d+ svar med rangordning · API\n/);
    expect(en.stdout).toMatch(/\nFurther measures · API\n +Vindil \(own\) .*\nTop-1 rate +\S/);
    expect(sv.stdout).toMatch(/\nFler mått · API\n/);
    // no colour without a terminal, and no control character from a name
    expect(en.stdout).not.toMatch(/(?!\n)\p{Cc}/u);
  });

  it("is JSON in which no number travels alone", async ({ expect }) => {
    const { stdout, stderr, code } = await desk.run(["report", "--json", "--days", "1"]);
    expect([stderr, code]).toEqual(["", 0]);
    const data = JSON.parse(stdout) as Data;
    expect(data.project).toBe("vindil");
    expect(data.brands).toHaveLength(10);
    expect(data.assistants).toMatchObject([{ assistant: "chatgpt", servedModels: ["model-a-1"] }]);
    expect(data.overall.map(({ brand }) => brand)).toEqual([
      "Vindil",
      ...rivals.map(({ name }) => name),
      ...formulas,
      steering,
    ]);
    expect(Object.keys(data.overall[0]!.measures)).toEqual(metrics.map(({ id }) => id));
    for (const [id, { value, low, high, answers, prompts, hits }] of data.overall.flatMap((row) =>
      Object.entries(row.measures),
    )) {
      for (const count of [answers, prompts]) expect(Number.isInteger(count)).toBe(true);
      expect(hits >= 0 && (Number.isInteger(hits) || /prominence|by-rank/.test(id))).toBe(true);
      expect(value === null).toBe(answers === 0);
      if (low !== null && high !== null)
        expect(low <= value! && value! <= high && low >= (id === "net-tone" ? -1 : 0) && high <= 1).toBe(true);
    }
    expect(data.overall[0]!.measures["visibility"]).toMatchObject({ answers: 8, prompts: 8 });
    expect(data.overall[0]!.measures["visibility"]!.low).toBeLessThan(data.overall[0]!.measures["visibility"]!.high!);
    expect(new Set(data.byDay.map(({ day }) => day)).size).toBe(1);
  });

  it("is CSV in which no cell is a formula", async ({ expect }) => {
    const { stdout, stderr, code } = await desk.run(["report", "--csv"]);
    expect([stderr, code]).toEqual(["", 0]);
    const rows = parseCsv<Record<string, string>>(stdout, { columns: true });
    expect(Object.keys(rows[0]!).slice(0, 8)).toEqual([
      "brand",
      "assistant",
      "phase",
      "day",
      "metric",
      "value",
      "low",
      "high",
    ]);
    expect(new Set(rows.map(({ surface }) => surface))).toEqual(new Set(["api"]));
    const cells = rows.flatMap((row) => Object.values(row));
    expect(cells.filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([]);
    for (const formula of formulas) expect(cells).toContain(`'${formula}`);
    expect(cells).toContain("Vindil");
  });

  it("is refused with a reason where there is nothing to report on", async ({ expect }) => {
    const said = async (...args: string[]) => {
      const { stdout, stderr, code } = await desk.run(["report", ...args]);
      return [stdout, stderr.trim(), code];
    };
    const period = "--from 2026-03-02 is after --to 2026-03-01";
    const day = "error: option '--from <day>' argument '2026-02-30' is invalid. must be a day such as 2026-01-31";
    expect(
      await Promise.all([
        said("--project", "other"),
        said("--from", "2026-03-02", "--to", "2026-03-01"),
        said("--from", "2026-02-30"),
        said("--db", "nowhere.db"),
      ]),
    ).toEqual([
      ["", "there is no project other; there are vindil", 2],
      ["", period, 2],
      ["", day, 2],
      ["", "nowhere.db: there is no such database yet. Run `citera run` first", 4],
    ]);
  });
});

it("citera report stops quietly when its reader has seen enough", async () => {
  const started = desk.start(["report", "--csv"]);
  started.stopReading();
  const { stderr, code } = await started.ended;
  expect([stderr, code]).toEqual(["", 0]);
});

describe.concurrent("citera metrics", { timeout: 60_000 }, () => {
  it("explains every metric in both languages, and as JSON", async ({ expect }) => {
    const [en, sv, json] = await Promise.all([
      desk.run(["metrics"]),
      desk.run(["metrics", "--lang", "sv"]),
      desk.run(["metrics", "--json"]),
    ]);
    expect([en.code, en.stderr, sv.code, json.code]).toEqual([0, "", 0, 0]);
    for (const { title } of allMetrics) {
      expect(en.stdout).toContain(`## ${title.en}\n`);
      expect(sv.stdout).toContain(`## ${title.sv}\n`);
    }
    const told = JSON.parse(json.stdout) as { id: string; denominator: { sv: string } }[];
    expect(told.map(({ id }) => id)).toEqual(allMetrics.map(({ id }) => id));
    expect(told[0]!.denominator.sv).toBe("alla giltiga svar");
  });
});
