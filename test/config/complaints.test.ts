/** Every complaint about a project file names file, line and path, and says how to mend it. */
import { describe, expect, it } from "vitest";
import { assistants } from "../../src/assistants/index.ts";
import { perplexity } from "../../src/assistants/perplexity.ts";
import { changed, complaints, field, withPrompts } from "../support/project-text.ts";

const key = "${OPENAI_API_KEY}";
const settings = (text: string): string => changed(["gpt-6-luna", `gpt-6-luna\n    settings: ${text}`]);

const cases: [what: string, project: string, ...complaints: string[]][] = [
  [
    "an unknown field",
    changed(["competitors:", "competitor:"]),
    "citera.yaml:7: competitor: there is no such field (did you mean `competitors`?)",
  ],
  [
    "an unknown field of a brand",
    changed(["aliases", "alias"]),
    "citera.yaml:6: brand.alias: there is no such field (did you mean `aliases`?)",
  ],
  [
    "an unknown field that is like no other",
    changed(["aliases", "<<"]),
    "citera.yaml:6: brand.<<: there is no such field",
  ],
  ["a field that is missing", changed(["timezone: Europe/Stockholm\n", ""]), "citera.yaml:1: timezone: is missing"],
  ["a field that is empty", changed(["name: Boltex", "name:"]), "citera.yaml:8: competitors[0].name: is empty"],
  [
    "a name that YAML reads as a number",
    changed(["name: Boltex", "name: 1177"]),
    "citera.yaml:8: competitors[0].name: must be text; in quotes when it looks like a number",
  ],
  [
    "a name of signs only",
    changed(["name: Boltex", 'name: "!!"']),
    "citera.yaml:8: competitors[0].name: !! holds no letter or digit",
  ],
  [
    "a brand that is there twice",
    changed(["name: Boltex", "name: ACME"]),
    "citera.yaml:8: competitors[0]: the brand ACME is there twice; make it one entry",
  ],
  [
    "an alias claimed by two brands",
    changed(["name: Boltex", "name: Boltex\n    aliases: [Boltio, acme ab]"]),
    "citera.yaml:9: competitors[0].aliases[1]: acme ab is claimed by two brands, Acme and Boltex; leave it to one",
  ],
  [
    "a domain claimed by two brands",
    changed(["aliases: [Acme AB]", "domains: [Bolt.example]"]),
    "citera.yaml:9: competitors[0].domains[0]: bolt.example is claimed by two brands, Acme and Boltex",
  ],
  [
    "a domain written as an address",
    changed(["bolt.example", "https://bolt.example/"]),
    "citera.yaml:9: competitors[0].domains[0]: must be a domain such as acme.com, without https:// and path",
  ],
  [
    "a fact that is there twice",
    changed(["aliases: [Acme AB]", "facts: [{ id: a, statement: x }, { id: a, statement: y }]"]),
    "citera.yaml:6: brand.facts[1].id: the fact a is there twice",
  ],
  [
    "a day that is none",
    changed(["aliases: [Acme AB]", "facts: [{ id: a, statement: x, since: 2026-02-30 }]"]),
    "citera.yaml:6: brand.facts[0].since: must be a day such as 2026-01-31",
  ],
  [
    "a time zone with a slip of the pen",
    changed(["Stockholm", "Stokholm"]),
    "citera.yaml:3: timezone: Europe/Stokholm is not a time zone (did you mean `Europe/Stockholm`?); write one such as Europe/Stockholm",
  ],
  [
    "a language that is no tag",
    changed(["[en, sv]", "[en, swedish!]"]),
    "citera.yaml:2: languages[1]: swedish! is not a language tag such as sv or en",
  ],
  [
    "no language at all",
    changed(["[en, sv]", "[]"], ["language: en", "language: en"]),
    "citera.yaml:2: languages: needs at least one language, such as sv or en",
  ],
  [
    "a country that is written differently",
    field("country: UK"),
    "citera.yaml:4: country: UK is not a country code such as SE (did you mean `GB`?)",
  ],
  [
    "a country in small letters",
    field("country: no"),
    "citera.yaml:4: country: no is not a country code such as SE (did you mean `NO`?)",
  ],
  ["a union of countries", field("country: EU"), "citera.yaml:4: country: EU is not a country code such as SE"],
  ["a prompt without language", changed(["    language: en\n", ""]), "citera.yaml:11: prompts[0].language: is missing"],
  [
    "a prompt in a language the project does not have",
    changed(["language: en", "language: de"]),
    "citera.yaml:11: prompts[0]: language de is not among the project's languages (en, sv)",
  ],
  [
    "a phase nobody knows",
    changed(["phase: consideration", "phase: later"]),
    "citera.yaml:13: prompts[0].phase: must be one of awareness, consideration, purchase, post_purchase",
  ],
  [
    "a prompt that is only text",
    withPrompts("Which one?"),
    "citera.yaml:14: prompts[1]: must be a question with `text`, `language` and `phase`, or `file: ...`",
  ],
  [
    "a question that is there twice",
    withPrompts("{ text: which tool is BEST?, language: en, phase: purchase }"),
    "citera.yaml:14: prompts[1]: the same question stands at citera.yaml:11: prompts[0]",
  ],
  [
    "a prompt's field with a slip of the pen",
    changed(["    phase:", "    fase: x\n    phase:"]),
    "citera.yaml:13: prompts[0].fase: there is no such field (did you mean `phase`?)",
  ],
  [
    "an adapter with a slip of the pen",
    changed(["adapter: openai", "adapter: openia"]),
    `citera.yaml:16: assistants[0].adapter: there is no adapter openia (did you mean \`openai\`?); known are ${assistants.map(({ id }) => id).join(", ")}`,
  ],
  [
    "an assistant that is there twice",
    changed(["assistants:\n", "assistants:\n  - { id: chatgpt, adapter: openai, model: x }\n"]),
    "citera.yaml:16: assistants[1].id: the assistant chatgpt is there twice",
  ],
  [
    "a search where none can be made",
    changed(
      ["adapter: openai", "adapter: openai-compatible\n    search: true"],
      ["gpt-6-luna", "m\n    settings: { baseUrl: http://a.example/v1 }"],
    ),
    "citera.yaml:17: assistants[0].search: openai-compatible cannot search",
  ],
  [
    "no search where one is always made",
    changed(["adapter: openai", "adapter: copilot\n    search: false"]),
    "citera.yaml:17: assistants[0].search: copilot always searches; take this line out",
  ],
  [
    "a model whose vendor nobody knows",
    changed(["adapter: openai", "adapter: perplexity"], ["gpt-6-luna", "sonar"]),
    `citera.yaml:17: assistants[0].model: ${perplexity.modelProblem!("sonar")!.en}`,
  ],
  [
    "a setting that is missing",
    changed(["adapter: openai", "adapter: openai-compatible"]),
    "citera.yaml:15: assistants[0].settings.baseUrl: is missing",
  ],
  [
    "a setting of the wrong kind",
    settings("{ maxOutputTokens: lots }"),
    "citera.yaml:18: assistants[0].settings.maxOutputTokens: must be a number",
  ],
  [
    "a setting with a slip of the pen",
    settings("{ apikey: x }"),
    "citera.yaml:18: assistants[0].settings.apikey: there is no such field (did you mean `apiKey`?)",
  ],
  [
    "${ENV} in a setting that is no secret",
    settings('{ city: "${CITY}" }'),
    "citera.yaml:18: assistants[0].settings.city: ${NAME} may stand for secrets only",
  ],
  [
    "${ENV} elsewhere",
    changed(["Acme AB", '"${ALIAS}"']),
    "citera.yaml:6: brand.aliases[0]: ${NAME} may stand for secrets only; write the words themselves",
  ],
  ["a number too small", field("repeats: 0"), "citera.yaml:4: repeats: must be at least 1"],
  ["a number too big", field("repeats: 99"), "citera.yaml:4: repeats: must be at most 20"],
  [
    "a budget of nothing",
    field("budget: { perRun: 0, perDya: 1 }"),
    "citera.yaml:4: budget.perRun: must be more than 0 (USD)",
    "citera.yaml:4: budget.perDya: there is no such field (did you mean `perDay`?)",
  ],
  [
    "a value where fields belong",
    field("budget: 5"),
    "citera.yaml:4: budget: must be a group of fields (`name: value`)",
  ],
];

describe("a complaint", () => {
  it.each(cases)("about %s names place and remedy", (_, project, ...expected) => {
    expect(complaints(project)).toEqual(expected);
  });

  it("never repeats a secret that stands in the file", () => {
    const secret = "sk-proj-0123456789abcdef";
    const [complaint, ...others] = complaints(settings(`{ apiKey: ${secret} }`));
    expect(others).toEqual([]);
    expect(complaint).toBe(
      `citera.yaml:18: assistants[0].settings.apiKey: a secret must not stand in the file: write ${key} and set OPENAI_API_KEY in the environment or in .env`,
    );
  });

  it("that an adapter has words of its own for is told in the reader's language", () => {
    const inSwedish = (project: string) => complaints(project, {}, { language: "sv" });
    const unnamed = changed(["adapter: openai", "adapter: perplexity"], ["gpt-6-luna", "sonar"]);
    expect(inSwedish(unnamed)).toEqual([
      "citera.yaml:17: assistants[0].model: sonar anger ingen leverantör och kan vara en förinställning: skriv leverantör/namn, till exempel perplexity/sonar",
    ]);
    const unconfirmed = changed(["adapter: openai", "adapter: gemini"]);
    expect(inSwedish(unconfirmed)).toEqual([expect.stringMatching(/settings\.termsConfirmed: måste vara true: /)]);
    expect(complaints(unconfirmed)).toEqual([expect.stringMatching(/settings\.termsConfirmed: must be true: /)]);
  });

  it("does not keep others from being told", () => {
    const project = changed(
      ["Stockholm", "Nowhere"],
      ["name: Boltex", "name: Acme"],
      ["adapter: openai", "adapter: x"],
    );
    const lines = complaints(field('schedule: { cron: "x" }').replace("Stockholm", "Nowhere")).map(
      (line) => line.split(":")[1],
    );
    expect(lines).toEqual(["3", "4"]);
    expect(complaints(project).map((line) => line.split(":")[1])).toEqual(["3", "8", "16"]);
  });
});
