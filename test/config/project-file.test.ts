/** What a project file may be, what is taken from it, and files that are none. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { assistants } from "../../src/assistants/index.ts";
import { readProjectFile } from "../../src/config/project-file.ts";
import { changed, complaints, read } from "../support/project-text.ts";

const field = (text: string): string => changed(["brand:\n", `${text}\nbrand:\n`]);

describe("a file that is no project", () => {
  const lines = "x,".repeat(9);
  const bomb = `a: &a [${lines}]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`;
  const aliases = "aliases (*name) unfold to too much or to themselves; write it out";
  it.each<[what: string, content: string | Buffer, complaint: string]>([
    ["empty", "", "citera.yaml:1: the file is empty"],
    ["comments only", "# project: Acme\n", "citera.yaml:1: the file is empty"],
    ["a list", "- project: Acme\n", "citera.yaml:1: file: must be a group of fields (`name: value`)"],
    ["a sentence", "Hello, Citera\n", "citera.yaml:1: file: must be a group of fields (`name: value`)"],
    [
      "YAML with a slip",
      changed(["  aliases: [Acme AB]", "  aliases: [Acme AB"]),
      "citera.yaml:7: Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
    ["YAML with the same field twice", `${changed()}project: Boltex\n`, "citera.yaml:18: Map keys must be unique"],
    ["YAML with tabs", changed(["  aliases", "\taliases"]), "citera.yaml:6: Tabs are not allowed as indentation"],
    [
      "two documents",
      `${changed()}---\nproject: Boltex\n`,
      "citera.yaml:18: a second document begins here (---); keep one",
    ],
    ["a bomb of aliases", bomb, `citera.yaml:2: ${aliases}`],
    ["an alias of itself", `${changed()}alerts: &a [*a]\n`, `citera.yaml:18: ${aliases}`],
    [
      "text in an old encoding",
      Buffer.from("project: Åsas kök\n", "latin1"),
      'citera.yaml:1: the file is not UTF-8, so letters such as å or é cannot be read; save it as UTF-8 (Excel: "CSV UTF-8")',
    ],
    ["too large", "#".repeat(5_000_001), "citera.yaml: the file is larger than 5 MB; split it"],
  ])("is refused: %s", (_, content, complaint) => {
    const [first] = complaints(content);
    expect(first).toBe(complaint);
  });

  it("is told by a few lines, however broken it is", () => {
    expect(complaints(`a: ${"[".repeat(5_000)}`).length).toBeLessThanOrEqual(5);
  });

  it("may be a folder or not be there", () => {
    const folder = mkdtempSync(join(tmpdir(), "citera-config-"));
    try {
      expect(() => readProjectFile(folder, assistants)).toThrow(/: this is a folder; name a file in it$/);
      expect(() => readProjectFile(join(folder, "no.yaml"), assistants)).toThrow(
        /no\.yaml: there is no such file\. `citera init` writes an example to start from$/,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("a project file that is fine", () => {
  it("gives brands, prompts and assistants with everything that was left out", () => {
    const {
      key: name,
      brands,
      prompts,
      assistants: slots,
      budget,
    } = read(changed(["project: Acme", "project: Åsas Kök & Co"]));
    expect(name).toBe("asas-kok-co");
    expect(brands.map((brand) => [brand.key, brand.role, brand.domains])).toEqual([
      ["Acme", "own", []],
      ["Boltex", "competitor", ["bolt.example"]],
    ]);
    expect(prompts).toMatchObject([{ text: "Which tool is best?", country: null, tags: [], branded: false }]);
    expect(slots).toMatchObject([{ key: "chatgpt", title: "chatgpt", surface: "api", search: true, concurrency: 8 }]);
    expect(budget).toEqual({ perRunMicroUsd: null, perDayMicroUsd: null, perMonthMicroUsd: null });
  });

  it("turns schedule and budget into cron and micro-USD", () => {
    const schedule = (text: string) => read(field(`schedule: ${text}`)).schedule;
    expect(schedule('{ daily: "06:05" }')).toEqual({ cron: "5 6 * * *" });
    expect(schedule("{ daily: 18:30 }")).toEqual({ cron: "30 18 * * *" });
    expect(schedule('{ weekly: { day: sun, at: "23:59" } }')).toEqual({ cron: "59 23 * * sun" });
    expect(schedule('{ cron: "0 6 29 2 *" }')).toEqual({ cron: "0 6 29 2 *" });
    expect(read(field("budget: { perRun: 0.25 }")).budget.perRunMicroUsd).toBe(250_000);
    expect(read(field("budget: { total: 2000 }")).budget.totalMicroUsd).toBe(2_000_000_000);
  });

  it.each([
    ["{ every: 6h }", ["0 0,6,12,18 * * *"]],
    ['{ every: 8h, at: "21:15" }', ["15 5,13,21 * * *"]],
    ["{ every: 1h }", ["0 * * * *"]],
    ['{ every: 1h, at: "05:20" }', ["20 * * * *"]],
    ['{ every: 24h, at: "03:30" }', ["30 3 * * *"]],
    ['{ days: [mon, wed, mon], at: "06:00" }', ["0 6 * * mon,wed"]],
    ['{ days: [mon, fri], at: ["18:00", "06:00", "06:00"] }', ["0 6,18 * * mon,fri"]],
    ['{ days: [sat], at: ["06:00", "07:30", "18:00"] }', ["0 6,18 * * sat", "30 7 * * sat"]],
  ])("turns %s into cron", (text, [cron, ...also]) => {
    expect(read(field(`schedule: ${text}`)).schedule).toEqual({ cron, ...(also.length > 0 && { also }) });
  });

  it("takes groups, quiet days and what is kept", () => {
    const { groups, quiet, keep } = read(
      field(`groups: [{ id: news, schedule: { every: 12h }, prompts: { tags: [news], phases: [consideration] } }]
quiet: [2026-12-24, "2026-12-27 .. 2027-01-06"]
keep: { raw: 400 }`),
    );
    const prompts = { tags: ["news"], phases: ["consideration"] };
    expect(groups).toEqual([{ key: "news", schedule: { cron: "0 0,12 * * *" }, prompts }]);
    expect(quiet).toEqual([
      { from: "2026-12-24", to: "2026-12-24" },
      { from: "2026-12-27", to: "2027-01-06" },
    ]);
    expect(keep).toEqual({ rawDays: 400, answerDays: null });
  });

  it("is warned of schedules that ask nothing", () => {
    const warnings: string[] = [];
    const group = (id: string) => `  - { id: ${id}, schedule: { every: 6h }, prompts: { phases: [consideration] } }`;
    const project = field(`schedule: { every: 6h }\ngroups:\n${group("all")}\n${group("late")}`);
    read(project, {}, { warn: (line) => warnings.push(line) });
    expect(warnings).toEqual([
      "citera.yaml:7: groups[1]: the group late has no prompt: none fits, or groups before it have them all",
      "citera.yaml:4: schedule: asks nothing: every prompt belongs to a group with its own schedule",
    ]);
  });

  it("keeps a question's history when the rest of its entry changes, by its id or its text", () => {
    const keys = (text: string) => read(text).prompts.map((prompt) => prompt.key);
    expect(keys(changed(["phase: consideration", "phase: purchase"]))).toEqual(keys(changed()));
    expect(keys(changed(["is best?", "is better?"]))).not.toEqual(keys(changed()));
    expect(keys(changed(["- text", "- id: best\n    text"]))).toEqual(["best"]);
  });

  it("sees which questions name the own brand", () => {
    const branded = (text: string) => read(changed(["Which tool is best?", text])).prompts[0]?.branded;
    expect([branded("Är Acmes verktyg bra?"), branded("ACME or Boltex?"), branded("Is Boltex good?")]).toEqual([
      true,
      true,
      false,
    ]);
    expect(branded("Is Pacme good?")).toBe(false);
  });

  it("may use anchors, a byte order mark and Windows line ends", () => {
    const anchored = changed(["aliases: [Acme AB]", "aliases: &names [Acme AB]\n  products: *names"]);
    expect(read(anchored).brands[0]?.products).toEqual(["Acme AB"]);
    expect(read(`\ufeff${changed().replaceAll("\n", "\r\n")}`)).toEqual(read(changed()));
  });

  it("keeps references to secrets as they are", () => {
    const key = "${OPENAI_API_KEY}";
    const project = changed(["gpt-6-luna", `gpt-6-luna\n    settings: { apiKey: "${key}" }`]);
    expect(read(project).assistants[0]?.settings).toEqual({ apiKey: key });
  });
});
