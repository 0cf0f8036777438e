/** Every place with a tracked name's letters that does not count says why. */
import { describe, expect, it } from "vitest";
import { compileBrands, explain, type TrackedBrand } from "../../src/parser/parse.ts";
import { Finder } from "../../src/parser/finder.ts";

const brand = (name: string, matching: Partial<TrackedBrand["matching"]> = {}, more: object = {}): TrackedBrand => ({
  ...{ key: name, name, role: "competitor", aliases: [], domains: [], products: [] },
  matching: { caseSensitive: false, exclude: [], require: [], commonWord: "auto", ...matching },
  ...more,
});
const set = compileBrands([
  brand("Apple", { exclude: ["apple pie", "äppelpaj apple"] }),
  brand("Max"),
  brand("Volvo", {}, { domains: ["volvo.com"] }),
  brand("Google"),
  brand("Amazon"),
  brand("Amazon Basics"),
  brand("ICA", { caseSensitive: true }),
  brand("De Longhi"),
  brand("HP"),
]);
const why = (text: string, language?: string) =>
  explain({ text, ...(language && { language }) }, set).rejections.map(
    ({ text: there, reason, within }) => `${there}: ${reason}${within === undefined ? "" : ` ${within}`}`,
  );

describe("a name that does not count", () => {
  it.each([
    ["is part of a longer word", "I ate a pineapple.", "apple: insideWord pineapple"],
    ["is part of a longer word in Swedish", "Det är en maximal upplevelse.", "max: insideWord maximal"],
    ["is an ordinary word in lower case", "What is the max speed of it?", "max: ordinaryWord"],
    ["is an ordinary word in Swedish", "Det är max tre bilar på den här vägen.", "max: ordinaryWord"],
    ["stands in an address", "See https://www.volvo.com/cars for more.", "volvo: address"],
    ["stands in a bare domain", "Läs mer på volvo.com om den.", "volvo: address"],
    ["stands in an e-mail address", "Write to info@volvo.com today.", "volvo: address"],
    ["stands in code", "Run this:\n\n```\nvolvo --start\n```\n", "volvo: code"],
    ["stands in a comment", "This is it <!-- volvo --> and that was it.", "volvo: hidden"],
    ["is a verb", "You can google it for the rest.", "google: verb"],
    ["stands in an excluded phrase", "We have Apple pie for you.", "Apple: excluded apple pie"],
    ["has other capitals than asked", "The ica is not what you want.", "ica: capitals"],
    ["belongs to a rival's longer name", "We like Amazon Basics.", "Amazon: partOfName Amazon Basics"],
    ["is spelt too far from the list", "This is a delonghi machine.", "delonghi: spelling"],
  ])("because it %s says so", (_, text, expected) => {
    expect(why(text)).toEqual([expected]);
  });

  it("has its place in the original text, and the name it would have been", () => {
    const text = "🍍 Pine**apple** and a pineapple";
    const last = explain({ text }, set).rejections.at(-1)!;
    expect(text.slice(last.start, last.end)).toBe("apple");
    expect(last).toMatchObject({ brand: "Apple", form: "Apple", via: "name", text: "apple", start: 27, end: 32 });
  });

  it("is not told of where the brand is found, with an ending or in a heading", () => {
    expect(why("# Volvo\n\nVolvos bilar och Volvobilen är bra, Google också, och De'Longhi.")).toEqual([]);
  });

  it("is told of once where one name holds another", () => {
    expect(why("See amazonbasics.com for it.")).toEqual(["amazonbasics: address"]);
  });

  it("is not looked for inside words when it has one or two letters", () => {
    expect(why("Photoshphere and hphp.")).toEqual([]);
  });

  it("leaves the findings as they are without it", () => {
    const text = "Volvo, Apple pie and https://volvo.com/x";
    expect(explain({ text }, set).findings.mentions.map(({ text: there }) => there)).toEqual(["Volvo"]);
  });

  it("takes time in proportion to the text, whatever stands there", () => {
    const began = performance.now();
    for (const piece of ["a", "max ", "apple pie ", "volvovolv", "amazon-", "https://volvo.com/volvo"])
      explain({ text: piece.repeat(100_000 / piece.length) }, set);
    expect(performance.now() - began).toBeLessThan(15_000); // under two seconds where nothing else runs
  }, 20_000);
});

describe("the finder", () => {
  const find = (text: string, ...strings: string[]) => {
    const finder = new Finder<string>();
    for (const string of strings) finder.add(string, string);
    return [...finder.find(Array.from(text, (one) => one.charCodeAt(0)))].map(({ from, to }) => text.slice(from, to));
  };

  it("finds every string wherever it stands, also inside others", () => {
    expect(find("ushers", "he", "she", "his", "hers")).toEqual(["she", "he", "hers"]);
    expect(find("aaaa", "a", "aa")).toEqual(["a", "aa", "a", "aa", "a", "aa", "a"]);
    expect(find("abcabd", "abd", "x")).toEqual(["abd"]);
  });

  it("finds nothing of nothing", () => {
    expect(find("abc")).toEqual([]);
    expect(find("abc", "")).toEqual([]);
  });
});
