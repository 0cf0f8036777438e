/** citera try as a process: a text goes in, what counts in it and what does not come out, with reasons. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { triedText } from "../../src/cli/try-text.ts";
import { styles } from "../../src/cli/command.ts";
import { compileBrands, explain } from "../../src/parser/parse.ts";
import { words } from "../../src/words/index.ts";
import { deskFor } from "../support/cli.ts";

const project = `brand:
  name: Vindil
  domains: [vindil.example]
competitors:
  - name: Apple
    matching: { exclude: [apple pie] }
  - name: Max
    matching: { require: [] }
  - name: Zoom
    matching: { require: [video] }
`;
const english = `1. Vindil, see https://vindil.example/bikes
2. Apple, which is no pineapple and no apple pie

The max speed is what Max says. Zoom is there.`;
const swedish = "Vindils cyklar är bra. Här får du max tre av dem. Zoom finns också.";

/** The lines of a section, without the numbers of columns that only widen. */
const sectionOf = (stdout: string, title: string) => {
  const lines = stdout.split("\n");
  const from = lines.indexOf(title) + 1;
  return lines.slice(from, lines.indexOf("", from) < 0 ? undefined : lines.indexOf("", from));
};

describe.concurrent("citera try", { timeout: 60_000 }, () => {
  it("marks and numbers what it finds, and says of each why it counts or not", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    desk.write("citera.yaml", project);
    const { stdout, stderr, code } = await desk.run(["try"], { input: english });
    expect([stderr, code]).toEqual(["", 0]);
    expect(stdout.split("\n\nCounted\n")[0]).toBe(
      [
        "1. ⟦Vindil⟧¹, see https://‹vindil›⁴.example/bikes",
        "2. ⟦Apple⟧², which is no pine‹apple›⁵ and no ‹apple›⁶ pie",
        "",
        "The ‹max›⁷ speed is what ⟦Max⟧³ says. ‹Zoom›⁸ is there.",
      ].join("\n"),
    );
    const notCounted = sectionOf(stdout, "Not counted").map((line) => line.split(/ {2,}/));
    expect(notCounted.slice(1).map((cells) => [cells[0], cells[2], cells.at(-1)])).toEqual([
      ["4", "Vindil", "in an address"],
      ["5", "Apple", "part of a longer word: pineapple"],
      ["6", "Apple", 'in the phrase "apple pie" (`exclude`)'],
      ["7", "Max", "an ordinary word in lower case (`commonWord: no` counts it)"],
      ["8", "Zoom", "uncertain: stands without any of video (`require`)"],
    ]);
    expect(sectionOf(stdout, "Ranking")).toEqual(["1. Vindil  2. Apple (list)"]);
    expect(sectionOf(stdout, "Citations")[0]).toBe("https://vindil.example/bikes (own)");
  });

  it("speaks Swedish of a Swedish file", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    desk.write("marken.yaml", project);
    desk.write("svar.md", swedish);
    const { stdout, code } = await desk.run(["try", "svar.md", "--brands", "marken.yaml", "--lang", "sv"]);
    expect(code).toBe(0);
    expect(stdout).toContain("⟦Vindil⟧¹s cyklar");
    expect(sectionOf(stdout, "Räknas")[1]).toMatch(/^1 .* säkert +med en ändelse: Vindils$/);
    expect(sectionOf(stdout, "Räknas inte").slice(1)).toEqual([
      expect.stringMatching(/^2 .* ett vanligt ord med liten bokstav/),
      expect.stringMatching(/^3 .* osäkert: står utan något av video/),
    ]);
  });

  it("takes a list of brands as `citera parse` does, and gives JSON with the same findings", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    desk.write("list.yaml", "- name: Vindil\n  own: true\n- { id: m, name: Max, exclude: [max speed] }\n");
    desk.write("list.json", {
      brands: [
        { name: "Vindil", own: true },
        { id: "m", name: "Max", exclude: ["max speed"] },
      ],
    });
    const input = "Vindil has a max speed.";
    const [yaml, json, parsed] = await Promise.all([
      desk.run(["try", "--brands", "list.yaml", "--json"], { input }),
      desk.run(["try", "--brands", "list.json", "--json"], { input }),
      desk.run(["parse", "--brands", "list.yaml"], { input: JSON.stringify({ text: input }) }),
    ]);
    expect([yaml.stderr, yaml.code, parsed.code]).toEqual(["", 0, 0]);
    expect(json.stdout).toBe(yaml.stdout);
    const { rejections, ...findings } = JSON.parse(yaml.stdout) as { rejections: object[] };
    expect(findings).toEqual(JSON.parse(parsed.stdout));
    expect(rejections).toEqual([
      {
        brand: "m",
        start: 13,
        end: 16,
        text: "max",
        form: "Max",
        via: "name",
        reason: "excluded",
        within: "max speed",
      },
    ]);
  });

  it("says what is wrong with brands, files and texts that it cannot use", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    desk.write("citera.yaml", project.replace("name: Zoom", "nmae: Zoom"));
    desk.write("list.json", '[{ "aliases": [] }]');
    desk.write("good.json", '[{ "name": "Vindil" }]');
    desk.write("misspelt.yaml", "brands:\n  - { name: Vindil, alisases: [VD] }\n");
    const [place, list, none, empty, missing, misspelt] = await Promise.all([
      desk.run(["try"], { input: "x" }),
      desk.run(["try", "--brands", "list.json"], { input: "x" }),
      desk.run(["try", "--brands", "none.yaml"], { input: "x" }),
      desk.run(["try", "--brands", "good.json"], { input: " \n" }),
      desk.run(["try", "none.md", "--brands", "good.json"]),
      desk.run(["try", "--brands", "misspelt.yaml"], { input: "x" }),
    ]);
    expect([place, list, none, empty, missing, misspelt].map(({ stdout, code }) => [stdout, code])).toEqual(
      Array.from({ length: 6 }, () => ["", 2]),
    );
    expect(place.stderr).toContain("citera.yaml:9: competitors[2].nmae: there is no such field (did you mean `name`?)");
    expect(list.stderr).toMatch(/^list\.json: 0\.name: /);
    expect(none.stderr).toMatch(/^none\.yaml: .*no such file/);
    expect(empty.stderr).toMatch(/^there is no text to read/);
    expect(missing.stderr).toMatch(/^none\.md: .*no such file/);
    expect(misspelt.stderr).toMatch(/^misspelt\.yaml: 0: .*"alisases"/);
  });
});

describe("every reason of the parser", () => {
  const source = readFileSync(join(import.meta.dirname, "../../src/parser/certainty.ts"), "utf8");
  const reasons = [...source.matchAll(/(?:uncertain|likely)\("([^"]+)"\)/g)].map(([, reason]) => reason!);

  it("has its words in both languages", ({ expect }) => {
    expect(reasons.length).toBeGreaterThan(10);
    for (const language of ["en", "sv"] as const)
      expect(reasons.filter((reason) => !(reason in words[language].reasons))).toEqual([]);
  });
});

describe("a tried text", () => {
  const matching = { caseSensitive: false, exclude: [], require: [], commonWord: "auto" as const };
  const brands = [
    { key: "v", name: "Vindil", role: "own" as const, aliases: [], domains: [], products: [], matching },
    { key: "m", name: "Max", role: "competitor" as const, aliases: [], domains: [], products: [], matching },
  ];
  const shown = (text: string, colour = false) =>
    triedText(text, explain({ text }, compileBrands(brands)), brands, "en", styles(colour));

  it("has colours instead of brackets on a terminal", ({ expect }) => {
    const [line] = shown("This is Vindil at max speed.", true);
    expect(line).toContain("\u001b[4mVindil\u001b[24m");
    expect(line).toContain("\u001b[9mmax\u001b[29m");
    expect(line).not.toMatch(/[⟦‹]/);
  });

  it("cannot steer the terminal, neither by codes nor by turning the order of letters", ({ expect }) => {
    const text = "Vindil\u001b[2J \u202eand\u2066 https://vindil.example/\u0007x";
    const out = shown(text).join("\n");
    expect(["\u001b", "\u202e", "\u2066", "\u0007"].filter((sign) => out.includes(sign))).toEqual([]);
  });

  it("says that nothing was found", ({ expect }) => {
    expect(shown("Nobody is here.").slice(-5)).toEqual(["Counted", "nothing", "", "Not counted", "nothing"]);
  });

  it("tells of equal places once, with their number", ({ expect }) => {
    const lines = shown("This is Vindil, and that is Vindil, and the max of it is the max.");
    expect(lines[0]).toContain("⟦Vindil⟧¹, and that is ⟦Vindil⟧¹");
    expect(lines.filter((line) => line.endsWith("(2 times)"))).toHaveLength(2);
  });

  it("is shown around its names only when it is long, and stays short however long it is", ({ expect }) => {
    const filler = "These are words that say nothing at all about it. ";
    const one = shown(`${filler.repeat(200)}Here is Vindil at last. ${filler.repeat(200)}`).join("\n");
    expect(one).toContain("Here is ⟦Vindil⟧¹ at last.");
    expect(one.length).toBeLessThan(1_500);
    const many = shown(`${filler.repeat(20)}Here is Vindil and the max. `.repeat(200));
    expect(many.length).toBeLessThan(200);
    const everywhere = shown("Vindil max ".repeat(5_000)).join("\n");
    expect(everywhere.length).toBeLessThan(50_000);
  });
});
