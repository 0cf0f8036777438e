/** Questions from CSV and from question sets: what is read, what is filled in, what is refused. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { changed, complaints, read, withPrompts, type Files } from "../support/project-text.ts";

const csv = (content: string | Buffer): Files => ({ "questions.csv": content });
const csvProject = withPrompts("file: questions.csv");
const fromCsv = (content: string) => read(csvProject, csv(content)).prompts.slice(1);
const about = (content: string | Buffer) => complaints(csvProject, csv(content));
const heading = "text,language,phase";

describe("a CSV of questions", () => {
  it("gives texts, labels and tags", () => {
    const columns = `id,${heading},country,segment,role,topic,tags,branded`;
    const [prompt] = fromCsv(
      `${columns}\nbest,"Är ""Åsa"" bäst, eller?",sv,purchase,FI,b2b,inköpare,val,kärna | egen,ja\n`,
    );
    expect(prompt).toEqual({
      key: "best",
      text: 'Är "Åsa" bäst, eller?',
      language: "sv",
      country: "FI",
      phase: "purchase",
      segment: "b2b",
      role: "inköpare",
      topic: "val",
      tags: ["kärna", "egen"],
      branded: true,
    });
  });

  it.each([
    ["a byte order mark and Windows line ends", `\ufeff${heading}\r\nVad är bäst?,sv,purchase\r\n`],
    ["semicolons, and commas in the text", `${heading.replaceAll(",", ";")}\nVad, egentligen, är bäst?;sv;purchase\n`],
    ["tabs, and the other separators in the text", "text\tlanguage\tphase\nVad; egentligen, är bäst?\tsv\tpurchase\n"],
    ["capitals in the heading", "Text,LANGUAGE,Phase\nVad är bäst?,sv,purchase\n"],
    ["empty columns and lines at the end", `${heading},,\nVad är bäst?,sv,purchase,,\n\n\n`],
  ])("may have %s", (_, content) => {
    const [prompt, ...others] = fromCsv(content);
    expect(others).toEqual([]);
    expect(prompt).toMatchObject({ language: "sv", phase: "purchase" });
    expect(prompt?.text).toMatch(/^Vad.* är bäst\?$/);
  });

  it("takes labels of its entry where a line has none, and adds tags up", () => {
    const entry = "{ file: questions.csv, country: NO, segment: b2c, tags: [all] }";
    const rows = `${heading},segment,tags\nA?,en,purchase,,x\nB?,en,purchase,b2b,\n`;
    const [a, b] = read(withPrompts(entry), csv(rows)).prompts.slice(1);
    expect(a).toMatchObject({ country: "NO", segment: "b2c", tags: ["all", "x"] });
    expect(b).toMatchObject({ country: "NO", segment: "b2b", tags: ["all"] });
  });

  it.each<[what: string, content: string, ...complaints: string[]]>([
    ["a missing column", "text,phase\nA?,purchase\nB?,purchase\n", "questions.csv:1: the column language is missing"],
    [
      "a wrong column",
      "text,langauge,phase\nA?,en,purchase\n",
      "questions.csv:1: there is no such column langauge (did you mean `language`?)",
    ],
    ["a column twice", `${heading},text\nA?,en,purchase,B?\n`, "questions.csv:1: the column text is there twice"],
    [
      "an empty cell and a wrong one",
      `${heading}\nA?,,purchase\nB?,en,later\n`,
      "questions.csv:2: language: is missing",
      "questions.csv:3: phase: must be one of awareness, consideration, purchase, post_purchase",
    ],
    [
      "a language the project does not have",
      `${heading}\nA?,de,purchase\n`,
      "questions.csv:2: language de is not among the project's languages (en, sv)",
    ],
    [
      "a country that is none",
      `${heading},country\nA?,en,purchase,Norge\n`,
      "questions.csv:2: Norge is not a country code such as SE",
    ],
    [
      "a half-true answer",
      `${heading},branded\nA?,en,purchase,perhaps\n`,
      "questions.csv:2: branded: must be true or false",
    ],
    [
      "the same question twice",
      `${heading}\nA?,en,purchase\na?,en,awareness\n`,
      "questions.csv:3: the same question stands at questions.csv:2",
    ],
    [
      "a gap without a word",
      `${heading}\nWhich {category}?,en,purchase\n`,
      "questions.csv:2: the question has a gap {category}: give `fill: { category: ... }` beside `file:`",
    ],
    ["no lines", `${heading}\n`, "questions.csv:1: the file holds no questions"],
    [
      "nothing at all",
      "",
      "questions.csv:1: the column text is missing",
      "questions.csv:1: the column language is missing",
      "questions.csv:1: the column phase is missing",
    ],
  ])("is refused for %s, with its line", (_, content, ...expected) => {
    expect(about(content)).toEqual(expected);
  });

  it("is told where quotes are missing", () => {
    expect(about(`${heading}\nA?,en,purchase\nB, really?,en,purchase\n`)).toEqual([
      expect.stringMatching(
        /^questions\.csv:3: .*; a text that holds the separator or a quote needs quotes around it$/,
      ),
    ]);
    expect(about(`${heading}\n"A?,en,purchase\n`)).toEqual([
      expect.stringMatching(/^questions\.csv:2: Quote Not Closed/),
    ]);
  });

  it("from an old spreadsheet is refused instead of losing its letters", () => {
    const place = "citera.yaml:14: prompts[1].file: questions.csv";
    expect(about(Buffer.from(`${heading}\nA?,en,purchase\nÄr det så?,sv,purchase\n`, "latin1"))).toEqual([
      `${place}:3: the file is not UTF-8, so letters such as å or é cannot be read; save it as UTF-8 (Excel: "CSV UTF-8")`,
    ]);
  });
});

const shippedFolder = join(import.meta.dirname, "..", "..", "prompts", "questions");
const shipped = (language: string) => readdirSync(join(shippedFolder, language)).sort();
const fromSet = (file: string, fill = "fill: { category: kaffemaskiner }") =>
  read(withPrompts(`{ file: ${file}, ${fill} }`)).prompts.slice(1);

describe("the shipped question sets", () => {
  it("are the same phases in Swedish and English, with equally many questions for the same segments", () => {
    expect(shipped("sv")).toEqual(shipped("en"));
    expect(shipped("sv").length).toBe(4);
    for (const file of shipped("sv")) {
      const [sv, en] = ["sv", "en"].map((language) => fromSet(`questions/${language}/${file}`));
      const labels = (list = sv) => list?.map(({ phase, segment }) => [phase, segment]);
      expect(labels(sv)).toEqual(labels(en));
      expect(sv?.map(({ phase }) => `${phase}.yaml`)).toEqual(sv?.map(() => file));
      expect(new Set(sv?.map(({ segment }) => segment))).toEqual(new Set(["b2c", "b2b"]));
      expect(sv?.every(({ language }) => language === "sv") && en?.every(({ language }) => language === "en")).toBe(
        true,
      );
    }
  });

  it("have their gaps filled with the category, the own brand and the first rival", () => {
    const texts = fromSet("questions/sv/consideration.yaml").map(({ text }) => text);
    expect(texts).toContain("Vilka kaffemaskiner är bäst för hemmet?");
    expect(texts).toContain("Acme eller Boltex: vilket är bättre?");
    expect(fromSet("questions/en/purchase.yaml").map(({ text }) => text)).toContain(
      "Are kaffemaskiner from Acme worth the money?",
    );
    expect(texts.join()).not.toMatch(/[{}]/);
  });

  it("know which of their questions name the own brand", () => {
    const branded = fromSet("questions/en/consideration.yaml").filter((prompt) => prompt.branded);
    expect(branded.map(({ text }) => text)).toEqual(["Acme or Boltex: which is better?"]);
  });

  it("take other words where the entry gives them", () => {
    const [, ...texts] = fromSet("questions/en/consideration.yaml", "fill: { category: x, competitor: Cogwheel AB }");
    expect(texts.map(({ text }) => text)).toContain("Acme or Cogwheel AB: which is better?");
  });

  it("ask for the words of their gaps", () => {
    const gaps = complaints(withPrompts("file: questions/sv/awareness.yaml"));
    expect(gaps).toHaveLength(5);
    expect(gaps[0]).toBe(
      "questions/sv/awareness.yaml:5: questions[0]: the question has a gap {category}: give `fill: { category: ... }` beside `file:`",
    );
    const alone = changed(
      ["competitors:\n  - name: Boltex\n    domains: [bolt.example]\n", ""],
      ["assistants:\n", "  - { file: questions/sv/consideration.yaml, fill: { category: x } }\nassistants:\n"],
    );
    expect(complaints(alone)).toEqual([expect.stringContaining("a gap {competitor}")]);
  });

  it("are suggested when a path is not quite theirs", () => {
    expect(complaints(withPrompts("file: questions/sv/awarenes.yaml"))).toEqual([
      "citera.yaml:14: prompts[1].file: there is no file questions/sv/awarenes.yaml beside the project file, nor among the shipped sets (did you mean `questions/sv/awareness.yaml`?)",
    ]);
    expect(complaints(withPrompts("file: questions/sv"))).toEqual([
      "citera.yaml:14: prompts[1].file: questions/sv: this is a folder; name a file in it",
    ]);
    expect(complaints(withPrompts("{ file: questions/sv/purchase.yaml, fil: { category: x } }"))).toEqual([
      expect.stringContaining("citera.yaml:14: prompts[1].fil: there is no such field"),
    ]);
  });
});

describe("a question set of one's own", () => {
  const project = withPrompts("file: own.yaml");

  it("may leave language and phase to its questions, and win over a shipped one of the same name", () => {
    const set = "topic: val\nquestions:\n  - { text: Vad väljer du?, language: sv, phase: purchase }\n";
    expect(read(project, { "own.yaml": set }).prompts[1]).toMatchObject({
      language: "sv",
      phase: "purchase",
      topic: "val",
    });
  });

  it.each([
    [
      "a field nobody knows",
      "langauge: en\nphase: purchase\nquestions: [A?]\n",
      "own.yaml:1: langauge: there is no such field (did you mean `language`?)",
    ],
    [
      "a question's field nobody knows",
      "language: en\nphase: purchase\nquestions:\n  - { text: A?, tgas: [x] }\n",
      "own.yaml:4: questions[0].tgas: there is no such field (did you mean `tags`?)",
    ],
    [
      "a question's wrong phase",
      "language: en\nquestions:\n  - { text: A?, phase: later }\n",
      "own.yaml:3: questions[0].phase: must be one of awareness, consideration, purchase, post_purchase",
    ],
    [
      "a question that is a number",
      "language: en\nphase: purchase\nquestions: [5]\n",
      "own.yaml:3: questions[0]: must be a question: text, or fields such as `text` and `segment`",
    ],
    [
      "a question without language",
      "phase: purchase\nquestions: [A?]\n",
      "own.yaml:2: questions[0].language: is missing",
    ],
    ["no questions", "language: en\nphase: purchase\nquestions: []\n", "own.yaml:1: the file holds no questions"],
    ["being empty", "", "own.yaml:1: the file is empty"],
    [
      "a slip in its YAML",
      "language: en\nquestions: [A?\n",
      "own.yaml:3: Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
  ])("is refused for %s, with its own line", (_, set, complaint) => {
    expect(complaints(project, { "own.yaml": set })).toEqual([complaint]);
  });
});
