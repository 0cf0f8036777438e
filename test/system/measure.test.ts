/** `citera measure`: the query door on the command line. */
import { parse as parseCsv } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MeasureOptions } from "../../src/cli/measure.ts";
import { queryOf } from "../../src/cli/measure-query.ts";
import { flatRows } from "../../src/cli/measure-rows.ts";
import { namesIn } from "../../src/cli/project-names.ts";
import { listProjects, openStore, openStoreReadOnly } from "../../src/store/index.ts";
import { applied, countDays, keepAnswers, type Wanted } from "../support/answers.ts";
import { Desk } from "../support/cli.ts";
import { assistant, brand, definition, prompt } from "../support/definition.ts";

const [before, after] = ["2026-03-02", "2026-03-30"] as const;
const keys = ["a", "b", "c", "d", "e", "f"];
let desk: Desk;

beforeAll(async () => {
  desk = new Desk();
  const store = await openStore(desk.path("citera.db"));
  const project = await applied(
    store,
    definition({
      brands: [brand("Acme", { role: "own" }), brand("=Bolt")],
      prompts: keys.map((key) => prompt(key, `Which ${key}?`)),
      assistants: [assistant("first"), assistant("app", { adapter: "import", surface: "ui" })],
    }),
  );
  const answers = (slot: string, named: number): Wanted[] =>
    keys.map((key, i) => ({
      prompt: key,
      assistant: slot,
      named: i < named ? ["Acme", "=Bolt"] : ["=Bolt"],
      ranked: i < named ? ["=Bolt", "Acme"] : ["=Bolt"],
    }));
  for (const [day, named] of [
    [before, 1],
    [after, 4],
  ] as const) {
    const at = Date.parse(`${day}T11:00:00Z`);
    await keepAnswers(store, project, at, [...answers("first", named), ...answers("app", 6)]);
    await countDays(store, project, day);
  }
  await store.close();
});
afterAll(() => desk.close());

interface Told {
  rows: {
    metric: string;
    brand?: string;
    rival?: string;
    split: Record<string, string>;
    measure: { value: number; hits: number; answers: number };
    change?: { value: number };
  }[];
}

describe("citera measure", { timeout: 60_000 }, () => {
  const asked = async (...args: string[]): Promise<Told["rows"]> => {
    const { stdout, stderr, code } = await desk.run(["measure", ...args, "--json"]);
    if (code !== 0) throw new Error(stderr);
    return (JSON.parse(stdout) as Told).rows;
  };

  it("shows what the report shows first, of one surface only", async () => {
    const rows = await asked();
    expect(new Set(rows.map(({ metric }) => metric))).toEqual(
      new Set(["visibility", "share-of-voice", "top3-rate", "citation-rate"]),
    );
    expect(rows[0]).toMatchObject({ brand: "Acme", metric: "visibility", measure: { hits: 4, answers: 6 } });
  });

  it("narrows, splits and compares, and takes names for ids", async () => {
    const ui = await asked("visibility", "--where", "surface=ui", "--brand", "Acme");
    expect(ui).toMatchObject([{ measure: { hits: 6, answers: 6 } }]);
    const split = await asked("visibility", "--by", "assistant", "--brand", "Acme", "--compare");
    expect(split.map((row) => [row.split["assistant"], row.change!.value])).toEqual([
      ["app", 0],
      ["first", 0.5],
    ]);
    expect(await asked("visibility", "--where", "prompt=a,f", "--brand", "Acme")).toMatchObject([
      { measure: { hits: 1, answers: 2 } },
    ]);
  });

  it("answers from counts and from answers one by one alike, and shows no metric without what it needs beside it", async () => {
    const rows = await asked("head-to-head", "average-rank", "--brand", "Acme,=Bolt");
    expect(rows.map(({ metric, brand, rival }) => [metric, brand, rival])).toEqual([
      ["visibility", "Acme", undefined],
      ["visibility", "=Bolt", undefined],
      ["average-rank", "Acme", undefined],
      ["average-rank", "=Bolt", undefined],
      ["head-to-head", "Acme", "=Bolt"],
    ]);
    expect(rows[2]).toMatchObject({ measure: { value: 2, answers: 4 } });
    expect(rows[4]).toMatchObject({ measure: { value: 0, answers: 6 } });
  });

  it("is CSV in which no cell is a formula, and a text in both languages", async () => {
    const [csv, sv] = await Promise.all([
      desk.run(["measure", "visibility", "--csv", "--compare"]),
      desk.run(["measure", "visibility", "--lang", "sv", "--compare"]),
    ]);
    const rows = parseCsv<Record<string, string>>(csv.stdout, { columns: true });
    expect(
      rows.map(({ brand, value, change }) => [brand, Number(value).toFixed(2), Number(change).toFixed(2)]),
    ).toEqual([
      ["Acme", "0.67", "0.50"],
      ["'=Bolt", "1.00", "0.00"],
    ]);
    expect(sv.stdout).toMatch(/^2026-03-03 till 2026-03-30 /);
    expect(sv.stdout).toMatch(/\nAcme +Synlighet +67 % \(\d+–\d+\) +6 svar, 6 frågor +\+50 pe \(/);
  });

  it.each([
    [["visbility"], {}, /there is no metric visbility; `citera metrics` lists/],
    [["change"], {}, /ask for another metric with --compare/],
    [[], { by: ["planet"] }, /group: there is no "planet"; there are assistant, /],
    [
      [],
      { where: [{ dimension: "phase", values: ["purchas"] }] },
      /phase: there is no "purchas"; there are awareness, /,
    ],
    [
      [],
      { where: [{ dimension: "assistant", values: ["nobody"] }] },
      /there is no assistant "nobody"; there are first, app/,
    ],
    [[], { brand: ["Nobody"] }, /there is no brand "Nobody"; there are Acme, =Bolt/],
    [[], { compare: true, bucket: "week" }, /compareTo: leave out bucket/],
    [["average-rank"], { compare: true }, /compareTo: only metrics made of counts/],
    [[], { compare: true, days: 100 }, /--compare: there is no answer from before/],
  ] as const)("%j with %j is refused with what to write instead", async (metrics, given, message) => {
    const store = await openStoreReadOnly(desk.path("citera.db"));
    try {
      const [project] = await listProjects(store.read);
      const names = await namesIn(store.read, project!);
      const options = { by: [], where: [], brand: [], days: 28, ...given } as unknown as MeasureOptions; // as typed
      const told = async () => {
        const query = await queryOf(store.read, project!, [...metrics], options, names);
        return flatRows(store.read, project!, query!, names);
      };
      await expect(told()).rejects.toThrow(message);
    } finally {
      await store.close();
    }
  });

  it("ends with the code of wrong input, and prints nothing, where it is refused", async () => {
    const [period, narrowed] = await Promise.all([
      desk.run(["measure", "--from", "2026-03-31", "--to", "2026-03-01"]),
      desk.run(["measure", "--where", "phase"]),
    ]);
    expect([period.code, period.stdout, narrowed.code, narrowed.stdout]).toEqual([2, "", 2, ""]);
    expect(period.stderr).toMatch(/--from 2026-03-31 is after --to 2026-03-01/);
    expect(narrowed.stderr).toMatch(/write it as dimension=value/);
  });
});
