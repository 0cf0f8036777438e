/** Risks of names are found by what the parser itself does with them, and quickly. */
import { describe, expect, it } from "vitest";
import { compileBrands, parse, risksOf, type TrackedBrand } from "../../src/parser/parse.ts";

const brand = (
  name: string,
  aliases: string[] = [],
  matching: Partial<TrackedBrand["matching"]> = {},
): TrackedBrand => ({
  ...{ key: name, name, role: "competitor", aliases, domains: [], products: [] },
  matching: { caseSensitive: false, exclude: [], require: [], commonWord: "auto", ...matching },
});
const codes = (brands: TrackedBrand[], languages = ["sv", "en"]) =>
  risksOf(brands, languages).map(({ code, brand: index, name }) => `${brands[index]!.name}: ${code} ${name}`);

describe("risks of names", () => {
  it("call names the same when the parser never finds the second", () => {
    const spellings = ["De Longhi", "DeLonghi", "de longhi", "De-Longhi", "Delonghi", "DELONGHI", "De'Longhi"];
    for (const first of spellings)
      for (const second of spellings) {
        const brands = [brand("Alfa AB", [first]), brand("Beta AB", [second])];
        const { mentions } = parse({ text: `Så ${second} är bra.` }, compileBrands(brands));
        const shadowed = mentions.some((mention) => mention.brand === "Alfa AB");
        expect(codes(brands).includes(`Beta AB: sameName ${second}`), `${first}, then ${second}`).toBe(shadowed);
      }
  });

  it("let capitals part two names where a brand asks for them", () => {
    expect(codes([brand("Alfa AB", ["VINDIL"], { caseSensitive: true }), brand("Beta AB", ["Vindil"])])).toEqual([]);
  });

  it("see two names that lose their marks to the same letters", () => {
    expect(codes([brand("Vindöl"), brand("Vindôl")])).toEqual(["Vindôl: sameSpelling Vindôl"]);
    expect(codes([brand("Ek & Alm"), brand("Ek och Alm")])).toEqual([
      "Ek & Alm: sameSpelling Ek & Alm",
      "Ek och Alm: sameSpelling Ek och Alm",
    ]);
  });

  it("stand in the order of the list", () => {
    const names = risksOf([brand("Max", ["X", "och"]), brand("Emma")], ["sv"]).map(({ name }) => name);
    expect(names).toEqual(["Max", "X", "och", "Emma"]);
  });

  it("take all known languages where none of the project's is known", () => {
    expect(codes([brand("Orange")], ["xx"])).toEqual(["Orange: commonWord Orange"]);
  });

  it("are found among a hundred thousand names in seconds at worst", () => {
    const names = Array.from({ length: 49_999 }, (_, i) => `Märke ${i} & Co`);
    const brands = [brand("Vindil", names), brand("Pedalus", names.map((name) => `${name}.`).slice(1))];
    const began = performance.now();
    expect(risksOf(brands, ["sv", "en"]).length).toBeGreaterThan(2);
    expect(performance.now() - began).toBeLessThan(15_000); // about one and a half where nothing else runs
  }, 20_000);
});
