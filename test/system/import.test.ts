/** citera import as a process: good rows kept, bad ones named, twice the same, all or nothing, and reported apart. */
import { describe, it } from "vitest";
import { deskFor, type Desk } from "../support/cli.ts";
import { chatgpt, townProject } from "../support/town-project.ts";

const slot = (id: string, more: object = {}) => ({ id, title: "ChatGPT", adapter: "import", model: "app", ...more });
const question = "Vilken elcykel är bäst, fråga 0?";
const row = (more: object = {}) => ({
  prompt: question,
  askedAt: "2026-03-02T10:00:00+01:00",
  text: "Vindil är bäst.",
  ...more,
});
const lines = (...rows: (object | string)[]) =>
  rows.map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join("\n") + "\n";

function withProject(desk: Desk, assistants: object[] = [slot("app")]): void {
  desk.write("citera.yaml", townProject("http://127.0.0.1:9", 4, { assistants }));
}

describe.concurrent("citera import", { timeout: 60_000 }, () => {
  it("keeps what it can, names the rest by line, and the same file twice changes nothing", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    withProject(desk);
    const rows = [
      row({ provenance: { tool: "capture", version: "2", person: "Åsa" }, extra: 1 }),
      "{broken",
      row({ askedAt: "2026-03-02" }),
      row({ askedAt: "2999-03-02T10:00:00Z" }),
      row({ prompt: "What else?" }),
      "",
      row({
        prompt: "q1",
        text: "<script>alert(1)</script> Vindil 🚲",
        citations: [{ url: "https://vindil.example/" }],
      }),
      row({ assistant: "chatgpt" }),
      row({ text: undefined, language: "en" }),
    ];
    desk.write("answers.jsonl", lines(...rows));
    const first = await desk.run(["import", "answers.jsonl"]);
    expect([first.stdout, first.code]).toEqual(["2 answers kept, 0 known already.\n", 2]);
    const told = first.stderr.split("\n").filter((line) => line.startsWith("answers.jsonl:"));
    expect(told.map((line) => /^answers\.jsonl:(\d+): (\w+)/.exec(line)!.slice(1).join(" "))).toEqual([
      "2 is",
      "3 askedAt",
      "4 askedAt",
      "5 prompt",
      "8 assistant",
      "9 text",
    ]);
    expect(first.stderr).toContain("Not read, but kept with the raw row: extra\n6 rows were left out.\n");
    const again = await desk.run(["import", "answers.jsonl"]);
    expect(again.stdout).toBe("0 answers kept, 2 known already.\n");
    const report = await desk.run(["report", "--json"]);
    const { surface, assistants } = JSON.parse(report.stdout) as { surface: string; assistants: object[] };
    expect(surface).toBe("ui");
    expect(assistants).toMatchObject([{ assistant: "app", surface: "ui", outcomes: { answered: 2 } }]);
    const { stdout } = await desk.run(["report"]);
    expect(stdout).toContain("\nBrands · UI\n");
    expect(stdout).not.toContain("could not be passed on"); // nobody knows from where they were asked
  });

  it("keeps all or nothing when told to, and looks without keeping", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    withProject(desk);
    const others = Array.from({ length: 250 }, (_, i) => row({ text: `Pedalus ${i}.` }));
    desk.write("mixed.jsonl", lines(row(), { prompt: question }, row({ id: 7 }), ...others, row({ id: 7, text: "" })));
    desk.write("good.jsonl", lines(row(), row({ text: "Pedalus." })));
    const looked = await desk.run(["import", "good.jsonl", "--dry-run", "--lang", "sv"]);
    expect([looked.stdout, looked.code, desk.has("citera.db")]).toEqual([
      "2 svar kan sparas, 0 finns redan; inget skrevs.\n",
      0,
      false,
    ]);
    const strict = await desk.run(["import", "mixed.jsonl", "--strict"]);
    expect([strict.stdout, strict.code]).toEqual(["", 2]);
    expect(strict.stderr).toMatch(
      /mixed\.jsonl:2: askedAt: .*\n.*text: .*\nmixed\.jsonl:254: id: it belongs to another .*\nNothing was kept/,
    );
    const kept = await desk.run(["import", "good.jsonl", "--strict"]);
    expect([kept.stdout, kept.code]).toEqual(["2 answers kept, 0 known already.\n", 0]);
    const piped = await desk.run(["import", "-", "--strict"], { input: "" });
    expect([piped.code, piped.stderr]).toEqual([
      2,
      "--strict reads the answers twice and needs a file, not standard input\n",
    ]);
  });

  it("reads CSV from standard input, for the assistant that each row names", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    withProject(desk, [slot("app"), slot("agency", { settings: { surface: "api" } })]);
    const csv = [
      "\ufeffprompt;askedAt;text;citations;assistant;id",
      `"${question}";2026-03-02T10:00:00+01:00;"=HYPERLINK(""x"")\r\nVindil; Pedalus";https://a.example/;agency;7`,
      `"${question}";2026-03-02T10:00:00+01:00;kort`,
      `"${question}";2026-03-02T10:00:00+01:00;Annat svar;;agency;7`,
      `"${question}";2026-03-02T10:00:00+01:00;Vems svar?;;;8`,
    ].join("\r\n");
    const latin = Buffer.concat([Buffer.from(`${csv}\r\n`), Buffer.from("Vad är bäst?;;;;;\r\n", "latin1")]);
    const read = await desk.run(["import", "-", "--lang", "sv"], { input: latin });
    expect(read.stdout).toBe("1 svar sparades, 0 fanns redan.\n");
    expect(read.stderr.split("\n").flatMap((said) => /^line .*/.exec(said)?.[0] ?? [])).toEqual([
      expect.stringContaining("line 4: has 3 cells where the heading has 6;"),
      "line 6: assistant: is missing; give it in the row or with --assistant: app, agency",
      expect.stringContaining("line 7: filen är inte UTF-8 härifrån"),
      expect.stringContaining("line 5: id: it belongs to another answer of this assistant;"),
    ]);
    const { assistants } = JSON.parse((await desk.run(["report", "--json"])).stdout) as { assistants: object[] };
    expect(assistants).toMatchObject([{ assistant: "agency", surface: "api", outcomes: { answered: 1 } }]);
  });

  it("belongs to assistants that nobody asks, and every command says so", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    withProject(desk, [slot("app"), chatgpt("http://127.0.0.1:9")]);
    expect((await desk.run(["check"])).stdout).toContain("2 assistants; a run asks 4 questions");
    const run = await desk.run(["run", "--dry-run"], { env: { TOWN_KEY: "key" } });
    expect(run.stderr).toContain("ChatGPT is not asked: its answers are brought by `citera import`\n");
    expect(run.stderr).toContain("4 questions, expected cost");
    const asked = await desk.run(["ask", question, "--assistant", "app"]);
    expect([asked.code, asked.stderr]).toEqual([
      2,
      "app cannot be asked: its answers are brought by `citera import`\n",
    ]);
    desk.write("other.jsonl", lines(row()));
    const refused = await desk.run(["import", "other.jsonl", "--assistant", "chatgpt"]);
    expect(refused.stderr).toContain("assistant: chatgpt is asked by Citera itself;");
    expect((await desk.run(["import", "none.jsonl"])).stderr).toBe("none.jsonl: there is no such file\n");
  });
});
