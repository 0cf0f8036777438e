/** The examples that come with the program are fine as they are, and say the same in Swedish and English. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { assistants } from "../../src/assistants/index.ts";
import { readProjectFile } from "../../src/config/project-file.ts";
import { read } from "../support/project-text.ts";

const file = (name: string) => join(import.meta.dirname, "..", "..", "src", "cli", "examples", `${name}.yaml`);
const example = (name: string) => readProjectFile(file(name), assistants);

describe("the examples of `citera init`", () => {
  it.each(["citera.en", "citera.sv"])("pass the check: %s", (name) => {
    const { brands, prompts, assistants: slots, schedule } = example(name);
    expect(brands.map(({ role }) => role)).toEqual(["own", "competitor", "competitor"]);
    expect(prompts.length).toBe(11);
    expect(slots.map(({ adapter }) => adapter)).toEqual(["openai", "anthropic"]);
    expect(schedule).toEqual({ cron: "0 6 * * *" });
  });

  it("differ in words only", () => {
    const [en, sv] = [example("citera.en"), example("citera.sv")];
    expect(sv.assistants).toEqual(en.assistants);
    expect([sv.budget, sv.repeats, sv.timezone]).toEqual([en.budget, en.repeats, en.timezone]);
    const languages = (list: typeof en.prompts) => list.map(({ language }) => language).sort();
    expect(languages(sv.prompts).filter((language) => language === "sv").length).toBe(
      languages(en.prompts).filter((language) => language === "en").length,
    );
  });

  it.each([
    ["citera.en", "questions.csv"],
    ["citera.sv", "fragor.csv"],
  ])("stay fine when everything that is commented out is switched on: %s", (name, csv) => {
    const text = readFileSync(file(name), "utf8");
    const [title, ...lines] = text.split("\n");
    const on = lines.map((line) => line.replace(/^(\s*)# ((?: {2})*(?:- )?[a-zA-Z]+:(?: |$))/, "$1$2"));
    const warnings: string[] = [];
    const {
      key,
      brands,
      prompts,
      assistants: slots,
      prices,
      groups,
      quiet,
      keep,
      budget,
    } = read(
      [title, ...on].join("\n"),
      {
        [csv]: "text,language,phase\nEn fråga till?,sv,purchase\n",
      },
      { warn: (line) => warnings.push(line) },
    );
    expect(["acme-sweden", "acme-sverige"]).toContain(key);
    expect(brands[0]?.matching).toMatchObject({ caseSensitive: true });
    expect(prompts).toHaveLength(12);
    const [{ role, topic, tags } = { role: null, topic: null, tags: [] }] = prompts;
    expect([role, topic, ...tags].map((label) => typeof label)).toEqual(["string", "string", "string"]);
    expect(slots.map(({ adapter }) => adapter)).toEqual(["openai", "anthropic", "gemini", "openai-compatible"]);
    expect(slots[0]?.settings).toEqual({ apiKey: "${OPENAI_API_KEY}" });
    expect(prices).toHaveLength(1);
    expect(groups).toMatchObject([{ key: "core", schedule: { cron: "0 0,12 * * *" } }]);
    expect(warnings).toEqual([]); // the group has a prompt
    expect(quiet).toHaveLength(2);
    expect(keep).toEqual({ rawDays: 400, answerDays: 800 });
    expect(budget.totalMicroUsd).toBe(1_000_000_000);
  });
});

describe("the demo's project", () => {
  it("passes the check with forty prompts over all phases and both segments", () => {
    const {
      prompts,
      brands,
      assistants: slots,
    } = read(readFileSync(file("demo"), "utf8").replaceAll("SIMULATOR", "http://127.0.0.1:1"));
    expect([prompts.length, brands.length, slots.length]).toEqual([40, 5, 3]);
    expect(new Set(prompts.map(({ phase, segment, language }) => `${phase} ${segment} ${language}`)).size).toBe(16);
  });
});
