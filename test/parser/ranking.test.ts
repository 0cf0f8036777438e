/** Which place an answer's primary list gives to each brand that leads an item. */
import { describe, expect, it } from "vitest";
import { matching, read, type Tracked } from "./reading.ts";

const cars = ["Volvo", "Tesla", "Polestar", "BMW"];
const ranking = (text: string, brands: Tracked[] = cars) => read(text, brands).ranking;
const positions = (text: string, brands: Tracked[] = cars) => ranking(text, brands).positions;

describe("a numbered list", () => {
  it("gives each brand the place of the item it leads, and says where the ranking stands", () => {
    expect(ranking("Bäst just nu:\n\n1. Tesla – räckvidd\n2. Volvo – säkerhet\n3. BMW\n")).toEqual({
      source: "list",
      positions: { Tesla: 1, Volvo: 2, BMW: 3 },
      order: ["Tesla", "Volvo", "BMW"],
      candidates: [],
    });
  });

  it.each([
    ["with points", "1. Volvo\n2. Tesla"],
    ["with brackets", "1) Volvo\n2) Tesla"],
    ["with bold names", "1. **Volvo** is safe\n2. **Tesla** is quick"],
    ["with bold names and a colon inside", "1. **Volvo:** safe\n2. **Tesla:** quick"],
    ["with bold italic names", "1. ***Volvo***\n2. ***Tesla***"],
    ["with links", "1. [Volvo](https://volvo.example)\n2. [Tesla](https://tesla.example)"],
    ["with bold links", "1. **[Volvo](https://volvo.example)**\n2. **[Tesla](https://tesla.example)**"],
    ["with emoji before the names", "1. 🏆 Volvo\n2. 🥈 Tesla"],
    ["with names in quotes", "1. ”Volvo”\n2. ”Tesla”"],
    ["with Windows line ends", "1. Volvo\r\n2. Tesla\r\n"],
    ["with empty lines between", "1. Volvo\n\n2. Tesla\n"],
    ["with text between", "1. Volvo\n\n   Säker och dyr.\n\n2. Tesla\n\n   Snabb.\n"],
    ["with headings and text around", "# Elbilar\n\nHär:\n\n1. Volvo\n2. Tesla\n\n## Slutsats\nVälj själv."],
    ["with an indent", "  1. Volvo\n  2. Tesla"],
    ["with tabs after the numbers", "1.\tVolvo\n2.\tTesla"],
    ["with compounds", "1. Volvo-bilar\n2. Tesla-bilar"],
    ["with sub-bullets", "1. Volvo\n   - säker\n   - dyrare än BMW\n2. Tesla\n   * snabb"],
    ["with sub-numbers", "1. Volvo\n   1. EX30\n   2. EX90\n2. Tesla\n   1. Model 3"],
  ])("%s is read", (_, text) => {
    expect(positions(text)).toEqual({ Volvo: 1, Tesla: 2 });
  });

  it("counts printed numbers, also from three on and with gaps", () => {
    expect(positions("3. Volvo\n4. Tesla")).toEqual({ Volvo: 3, Tesla: 4 });
    expect(positions("1. Volvo\n2. Någon annan\n5. Tesla\n10. BMW")).toEqual({ Volvo: 1, Tesla: 5, BMW: 10 });
  });

  it("gives no place to a brand that is only named inside an item", () => {
    expect(positions("1. Volvo, safer than Tesla\n2. BMW\n3. Better than Polestar")).toEqual({ Volvo: 1, BMW: 2 });
  });

  it("gives no place to brands in sub-bullets and sub-numbers", () => {
    const text = "1. Volvo\n   - BMW is an alternative\n   1. Polestar\n2. Tesla";
    expect(positions(text)).toEqual({ Volvo: 1, Tesla: 2 });
  });

  it("gives a brand that leads two items the better place", () => {
    expect(positions("1. Volvo EX30\n2. Tesla\n3. Volvo EX90")).toEqual({ Volvo: 1, Tesla: 2 });
  });

  it("ranks by aliases and products too", () => {
    const brands = [
      { name: "Volvo", products: ["EX30"] },
      { name: "Tesla", aliases: ["Tesla Motors"] },
    ];
    expect(positions("1. EX30\n2. Tesla Motors", brands)).toEqual({ Volvo: 1, Tesla: 2 });
  });

  it("does not take the brand of a later line for the lead of an item without words", () => {
    expect(positions("1. —\nVolvo är bra\n2. Tesla\n3. BMW")).toEqual({ Tesla: 2, BMW: 3 });
  });

  it("leaves places of others open", () => {
    expect(positions("1. Kia\n2. Volvo\n3. Hyundai\n4. Tesla")).toEqual({ Volvo: 2, Tesla: 4 });
  });
});

describe("of several lists", () => {
  it("the first with two led items counts", () => {
    expect(positions("1. Volvo\n2. Tesla\n\nBilligast:\n\n1. BMW\n2. Volvo")).toEqual({ Volvo: 1, Tesla: 2 });
  });

  it("one that no two brands lead is passed over", () => {
    const text = "Så väljer du:\n\n1. Sätt en budget\n2. Provkör en Volvo\n\nTopplista:\n\n1. BMW\n2. Polestar";
    expect(positions(text)).toEqual({ BMW: 1, Polestar: 2 });
    expect(positions("1. Volvo\n2. Annat\n\nSedan:\n\n1. BMW\n2. Tesla")).toEqual({ BMW: 1, Tesla: 2 });
  });

  it("one that a single brand leads twice is passed over", () => {
    expect(positions("1. Volvo EX30\n2. Volvo EX90\n\n1. BMW\n2. Tesla")).toEqual({ BMW: 1, Tesla: 2 });
  });
});

describe("no ranking", () => {
  const plain = (text: string) => {
    const found = ranking(text);
    expect(found.positions).toEqual({});
    return found;
  };

  it("is in an answer that names nobody", () => {
    expect(plain("Det beror på.")).toEqual({ source: null, positions: {}, order: [], candidates: [] });
    expect(plain("1. Köp\n2. Sälj").source).toBeNull();
  });

  it("is in running text: the order of mention is kept but is no rank", () => {
    expect(plain("Tesla, Volvo and Tesla again, then BMW.")).toEqual({
      source: "order",
      positions: {},
      order: ["Tesla", "Volvo", "BMW"],
      candidates: [],
    });
  });

  it.each([
    ["a list with one led item", "1. Volvo\n2. Something else"],
    ["one numbered line", "1. Volvo"],
    ["steps that name brands inside", "1. Go to Volvo\n2. Compare with Tesla\n3. Buy a BMW"],
    ["numbers without a space", "1.Volvo 2.Tesla"],
    ["version numbers and decimals", "1.5 Volvo\n2.5 Tesla"],
    ["years", "2024. Volvo\n2025. Tesla"],
    ["numbers inside lines", "Choose 1. Volvo\nor rather 2. Tesla"],
    ["numbers in code", "```\n1. Volvo\n2. Tesla\n```"],
  ])("is in %s", (_, text) => {
    plain(text);
  });
});

describe("uncertain names", () => {
  const brands: Tracked[] = [{ name: "Max", matching: matching({ require: ["hamburgare"] }) }, "Volvo", "Tesla"];

  it("have no rank and no place in the order until a person has confirmed them", () => {
    expect(ranking("1. Max\n2. Volvo\n3. Tesla", brands)).toEqual({
      source: "list",
      positions: { Volvo: 2, Tesla: 3 },
      order: ["Volvo", "Tesla"],
      candidates: [],
    });
  });

  it("rank once the answer makes them certain", () => {
    expect(positions("1. Max\n2. Volvo\n\nMax säljer hamburgare.", brands)).toEqual({ Max: 1, Volvo: 2 });
  });
});
