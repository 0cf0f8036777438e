/** Names that will be mistaken are refused or warned of when the file is read: with their line, in both languages. */
import { describe, expect, it } from "vitest";
import { nameLooker } from "../../src/cli/names.ts";
import { changed, complaints, read } from "../support/project-text.ts";

const look = { en: await nameLooker("en"), sv: await nameLooker("sv") };

const aliases = (list: string, matching = ""): string =>
  changed(["aliases: [Acme AB]", `aliases: [${list}]${matching}`]);
const rival = (list: string): string => changed(["name: Boltex", `name: Boltex\n    aliases: [${list}]`]);

function warnings(project: string, language: "en" | "sv" = "en"): string[] {
  const lines: string[] = [];
  read(project, {}, { lookAtNames: look[language], warn: (line) => void lines.push(line) });
  return lines;
}
const refused = (project: string, language: "en" | "sv" = "en"): string[] =>
  complaints(project, {}, { lookAtNames: look[language] });

const warned: [what: string, project: string, en: string, sv: string][] = [
  [
    "a common word",
    aliases("Max"),
    "citera.yaml:6: brand.aliases[0]: warning: Max is a common word in English and Swedish: counted only when its capital and the words around it speak for the brand",
    "citera.yaml:6: brand.aliases[0]: varning: Max är ett vanligt ord på engelska och svenska: räknas bara när versalen och orden runt om talar för varumärket",
  ],
  [
    "one of the smallest words",
    aliases("Acme AB, och"),
    "citera.yaml:6: brand.aliases[1]: warning: och is one of the smallest words in Swedish and stands in almost every text",
    "citera.yaml:6: brand.aliases[1]: varning: och är ett av de minsta orden på svenska och står i nästan varje text",
  ],
  [
    "a single letter",
    rival("X"),
    "citera.yaml:9: competitors[0].aliases[0]: warning: X is one letter: each that stands alone counts as the brand",
    "citera.yaml:9: competitors[0].aliases[0]: varning: X är en enda bokstav: varje sådan som står för sig räknas som varumärket",
  ],
  [
    "a number",
    rival('Pedalus Ett, "3"'),
    "citera.yaml:9: competitors[0].aliases[1]: warning: 3 is a number: counted only where the words around it speak for the brand",
    "citera.yaml:9: competitors[0].aliases[1]: varning: 3 är ett tal: räknas bara där orden runt om talar för varumärket",
  ],
  [
    "a given name",
    aliases("Emma"),
    "citera.yaml:6: brand.aliases[0]: warning: Emma is a given name: persons called so count as the brand",
    "citera.yaml:6: brand.aliases[0]: varning: Emma är ett förnamn: personer som heter så räknas som varumärket",
  ],
  [
    "a place",
    aliases("Göteborg"),
    'citera.yaml:6: brand.aliases[0]: warning: Göteborg is a place: after a word such as "in" it is uncertain',
    'citera.yaml:6: brand.aliases[0]: varning: Göteborg är en ort: efter ett ord som "i" är det osäkert',
  ],
  [
    "an address",
    aliases('"https://acme.example/"'),
    "citera.yaml:6: brand.aliases[0]: warning: https://acme.example/ is read as an address or as markup, not as words, and is never found",
    "citera.yaml:6: brand.aliases[0]: varning: https://acme.example/ läses som en adress eller som märkning, inte som ord, och hittas aldrig",
  ],
  [
    "a spelling that is a rival's name",
    changed(["aliases: [Acme AB]", "aliases: [Ellertö]"], ["name: Boltex", "name: Boltex\n    aliases: [Ellerto]"]),
    "citera.yaml:6: brand.aliases[0]: warning: Ellertö is easily written like Ellerto, a name of Boltex: what is written so counts for Boltex",
    "citera.yaml:6: brand.aliases[0]: varning: Ellertö skrivs lätt som Ellerto, ett namn på Boltex: det som skrivs så räknas för Boltex",
  ],
];

describe("a warning", () => {
  it.each(warned)("about %s says where, what and how to mend it, in both languages", (_, project, en, sv) => {
    for (const [language, expected] of [["en", en] as const, ["sv", sv] as const]) {
      const [line, ...others] = warnings(project, language);
      expect(others).toEqual([]);
      expect(line!.slice(0, expected.length)).toBe(expected);
      expect(line!.length).toBeGreaterThan(expected.length + 20);
    }
  });

  it("keeps nothing from being used, and is silent about names that are none of this", () => {
    expect(warnings(aliases("Acme AB, Åkerblom & Co, Max Hamburgare, ACM, C#, acme.example, Yahoo!"))).toEqual([]);
    expect(read(aliases("Max"), {}, { lookAtNames: look.en }).brands[0]!.aliases).toEqual(["Max"]);
  });

  it("ends when the file says how the name is meant", () => {
    for (const settings of ['{ commonWord: "no" }', '{ commonWord: "yes" }', "{ require: [burgare] }"])
      expect(warnings(aliases("Max, Emma", `\n  matching: ${settings}`)), settings).toEqual([]);
    expect(warnings(aliases("Emma", "\n  matching: { exclude: [Emma Watson] }"))).toEqual([]);
  });

  it("stays for a small word that is simply said to be none", () => {
    expect(warnings(aliases("och", '\n  matching: { commonWord: "no" }'))).toHaveLength(1);
  });

  it("speaks of the project's languages only", () => {
    const swedish = (text: string) => text.replace("[en, sv]", "[sv]").replace("language: en", "language: sv");
    expect(warnings(swedish(aliases("Target")))).toEqual([]);
    expect(warnings(swedish(aliases("Max")))[0]).toContain("a common word in Swedish:");
  });

  it("says once how words are mended, and of many of a kind how many more there are", () => {
    const lines = warnings(aliases("Max, Target, Apple, Visa, Orange, Shell, Zoom"));
    expect(lines).toHaveLength(5);
    expect(lines.filter((line) => line.includes("`commonWord: no`"))).toEqual([lines[0]]);
    expect(lines[4]).toMatch(/Orange .* \(and 2 more of this kind\)$/);
  });

  it("comes for a brand with more names than anybody chooses", () => {
    const many = Array.from({ length: 1_000 }, (_, i) => `Acme ${i}`).join(", ");
    expect(warnings(aliases(many))).toEqual([
      expect.stringMatching(/^citera\.yaml:5: brand\.name: warning: Acme has 1,001 names, and each is looked for/),
    ]);
  });
});

describe("a refusal", () => {
  it("meets a name that no text can tell from a rival's, though it is written otherwise", () => {
    for (const [mine, theirs] of [
      ["De Longhi", "DeLonghi"],
      ["Åker-Blom", "Åker Blom"],
      ["AT&T", "AT & T"],
    ]) {
      const project = changed(
        ["aliases: [Acme AB]", `aliases: ["${mine}"]`],
        ["name: Boltex", `name: Boltex\n    products: [Vindil, "${theirs}"]`],
      );
      expect(refused(project)).toEqual([
        `citera.yaml:9: competitors[0].products[1]: ${theirs} cannot be told from ${mine}, a name of Acme: capitals, spaces and hyphens make no difference; leave it to one of them`,
      ]);
      expect(refused(project, "sv")[0]).toContain(`${theirs} kan inte skiljas från ${mine}, ett namn på Acme`);
    }
  });

  it("does not meet two spellings within one brand, nor names that only look alike", () => {
    expect(refused(aliases("Acme-AB, AcmeAB"))).toEqual([]);
    expect(refused(changed(["name: Boltex", "name: Acmes"]))).toEqual([]);
    expect(refused(changed(["Acme AB", "Ör"], ["name: Boltex", "name: Boltex\n    aliases: [Or]"]))).toEqual([]);
  });

  it("of a name that is claimed outright is told once", () => {
    expect(refused(rival("acme ab"))).toEqual([
      "citera.yaml:9: competitors[0].aliases[0]: acme ab is claimed by two brands, Acme and Boltex; leave it to one",
    ]);
  });

  it("meets empty names and names of signs only", () => {
    expect(refused(aliases('""'))).toEqual(["citera.yaml:6: brand.aliases[0]: must not be empty"]);
    expect(refused(aliases('"--"'))).toEqual(["citera.yaml:6: brand.aliases[0]: -- holds no letter or digit"]);
  });

  it("meets a name that is too long to be found", () => {
    expect(refused(aliases("a".repeat(251)))).toEqual([
      "citera.yaml:6: brand.aliases[0]: the name is longer than 250 letters and would never be found; shorten it",
    ]);
  });

  it("meets more names than can be looked for", () => {
    const brands = [{ name: "Acme", aliases: Array.from({ length: 100_000 }, (_, i) => `Acme ${i}`), products: [] }];
    const matching = { caseSensitive: false, exclude: [], require: [], commonWord: "auto" as const };
    const [complaint, ...others] = look.en(
      brands.map((brand) => ({ ...brand, domains: [], facts: [], id: undefined, matching })),
      ["en"],
    );
    expect(others).toEqual([]);
    expect(complaint).toMatchObject({ brand: 0, field: "name", refused: true });
    expect(complaint!.text).toMatch(/^the brands have 100,001 names together/);
  });
});
