/** Rankings that are no plain numbered list: tables, headings, bold and labelled lines, countdowns, places in words. */
import { describe, expect, it } from "vitest";
import { read } from "./reading.ts";

const brands = ["Volvo", "Tesla", "Polestar", "BMW"];
const ranking = (text: string) => {
  const { source, positions } = read(text, brands).ranking;
  return { source, ...positions };
};

describe("a table", () => {
  it("ranks by row where a column is led by brands", () => {
    const text = "| Modell | Pris |\n|---|---|\n| **Tesla** Model 3 | 1 |\n| Kia EV6 | 2 |\n| Volvo EX30 | 3 |\n";
    expect(ranking(text)).toEqual({ source: "table", Tesla: 1, Volvo: 3 });
  });

  it("takes printed places, also where they count down", () => {
    const text = "| Place | Car | Why |\n|:--|---|---|\n| 3 | BMW | fun |\n| 2 | Volvo | safe |\n| 1 | Tesla | far |\n";
    expect(ranking(text)).toEqual({ source: "table", BMW: 3, Volvo: 2, Tesla: 1 });
  });

  it("that compares brands side by side ranks nobody", () => {
    const text = "| | Volvo | Tesla |\n|---|---|---|\n| Räckvidd | 400 km | 500 km |\n| Pris | lägre | högre |\n";
    expect(ranking(text)).toEqual({ source: "order" });
  });

  it("names no leader in a cell that only speaks of a brand", () => {
    const text = "| Car | Note |\n|---|---|\n| Kia | cheaper than Volvo |\n| Mazda | quieter than Tesla |\n";
    expect(ranking(text)).toEqual({ source: "order" });
  });
});

describe("headings", () => {
  it.each([
    ["with numbers", "### 1. Tesla Model Y\nLång räckvidd.\n\n### 2. Volvo EX90\nSäker.\n"],
    ["with bold names", "## **1. Tesla**\n- far\n\n## **2. Volvo**\n- safe\n"],
    ["without numbers", "# The best cars\n\n## Tesla\nfar\n\n## Volvo\nsafe\n\n## How to choose\nDrive both.\n"],
    ["with the name on the next line", "## 1. Bäst totalt\n**Tesla** Model Y\n\n## 2. Bäst i vinter\nVolvo EX30\n"],
    ["with a label before the name", "### Best overall: Tesla\nfar\n### Best for families: Volvo\nsafe\n"],
    ["with keycaps", "### 1️⃣ Tesla\nlångt\n### 2️⃣ Volvo\nsäkert\n"],
  ])("%s are read", (_, text) => {
    expect(ranking(text)).toEqual({ source: "headings", Tesla: 1, Volvo: 2 });
  });

  it.each([
    ["sums up", "## Tesla\nfar\n\n## Volvo\nsafe\n\n## Slutsats\nBMW är roligast.\n"],
    ["introduces", "## Overview\nBMW is the biggest.\n\n## 1. Tesla\nfar\n\n## 2. Volvo\nsafe\n"],
  ])("give no place to who is named under one that %s", (_, text) => {
    expect(ranking(text)).toEqual({ source: "headings", Tesla: 1, Volvo: 2 });
  });

  it("leave rivals inside a section without a place", () => {
    const text = "### 1. Tesla\nCheaper than BMW.\n\n### 2. Volvo\nQuieter than Polestar.\n";
    expect(ranking(text)).toEqual({ source: "headings", Tesla: 1, Volvo: 2 });
  });
});

describe("lines", () => {
  it.each([
    ["in bold with numbers", "**1. Tesla** – far.\n\n**2. Volvo** – safe.\n"],
    ["with bold names", "**Tesla** kör långt.\n\n**Volvo** är säker.\n"],
    ["with bold names and no blank line between", "**Tesla** kör långt.\n**Volvo** är säker.\n"],
    ["with bold labels and no blank line between", "**Best overall:** Tesla\n**Best value:** Volvo\n"],
    ["with a label and a number", "Plats 1: Tesla\nPlats 2: Volvo\n"],
    ["with a German label", "Platz 1: Tesla\nPlatz 2: Volvo\n"],
    ["with number signs", "#1 Tesla\n#2 Volvo\n"],
    ["with escaped numbers", "1\\. Tesla\n\n2\\. Volvo\n"],
    ["with medals", "🥇 **Tesla**\n🥈 **Volvo**\n"],
  ])("%s are read", (_, text) => {
    expect(ranking(text)).toEqual({ source: "headings", Tesla: 1, Volvo: 2 });
  });
});

describe("lists", () => {
  it("may count down", () => {
    expect(ranking("3. BMW\n2. Volvo\n1. Tesla")).toEqual({ source: "list", BMW: 3, Volvo: 2, Tesla: 1 });
  });

  it("may count down with text between", () => {
    const text = "3. **BMW**\n\nRolig.\n\n2. **Volvo**\n\nSäker.\n\n1. **Tesla**\n\nLångt.\n";
    expect(ranking(text)).toEqual({ source: "list", BMW: 3, Volvo: 2, Tesla: 1 });
  });

  it("may start later", () => {
    expect(ranking("Fortsättning:\n\n3. Volvo\n4. Tesla")).toEqual({ source: "list", Volvo: 3, Tesla: 4 });
  });

  it("may print the same number before each item", () => {
    expect(ranking("1. Volvo\n1. Tesla\n1. BMW")).toEqual({ source: "list", Volvo: 1, Tesla: 2, BMW: 3 });
  });

  it("keep ties that are printed", () => {
    expect(ranking("1. Volvo\n2. Tesla\n2. BMW\n4. Polestar")).toEqual({
      source: "list",
      Volvo: 1,
      Tesla: 2,
      BMW: 2,
      Polestar: 4,
    });
  });

  it("rank for themselves where several stand inside one list", () => {
    const text = "- Family\n  1. Volvo\n  2. Tesla\n- Sport\n  1. BMW\n  2. Polestar\n";
    expect(ranking(text)).toEqual({ source: "list", Volvo: 1, Tesla: 2, BMW: 1, Polestar: 2 });
  });

  it("of bullets rank by their order", () => {
    expect(ranking("- **Tesla**: far\n- **Volvo**: safe, unlike BMW")).toEqual({ source: "list", Tesla: 1, Volvo: 2 });
  });

  it.each([
    "Here they are: 1) Tesla 2) Volvo. Both are safe.",
    "Min topplista: 1. Tesla, 2. Volvo och 3. något annat.",
    "(1) Tesla, cheaper than BMW; (2) Volvo.",
    "1. Tesla, 2. Volvo",
    "1️⃣ Tesla 2️⃣ Volvo",
    "**1)** Tesla **2)** Volvo",
  ])("may stand in one line: %s", (text) => {
    expect(ranking(text)).toEqual({ source: "list", Tesla: 1, Volvo: 2 });
  });

  it.each([
    "Look at (1) the price of a Tesla, (2) the safety of a Volvo.",
    "Tesla 3.0 och Volvo 1.2 kom 1. till 2. platsen.",
  ])("are not seen in: %s", (text) => {
    expect(ranking(text)).toEqual({ source: "order" });
  });

  it("in code rank nobody", () => {
    expect(ranking("```\n1. Volvo\n2. Tesla\n```\nBMW")).toEqual({ source: "order" });
  });
});

describe("places in words", () => {
  it.each([
    ["In first place is Tesla; Volvo takes second place.", 1, 2],
    ["Tesla ranks first place, followed by Volvo.", 1, 2],
    ["Tesla comes first and Volvo comes second.", 1, 2],
    ["Tesla kommer etta och Volvo kommer tvåa.", 1, 2],
    ["Number 1 is Tesla and number 2 is Volvo.", 1, 2],
    ["Tesla is the number one choice, Volvo is number two.", 1, 2],
    ["Tesla är nummer ett och Volvo nummer två.", 1, 2],
    ["På första plats hamnar Tesla, följt av Volvo på andra plats.", 1, 2],
    ["Tesla kommer på andra plats. Volvo hamnar på tredje plats.", 2, 3],
    ["Auf dem ersten Platz liegt Tesla, auf dem zweiten Platz Volvo.", 1, 2],
    ["Tesla havner på førsteplass? Nei: på første plass er Tesla, på andre plass Volvo.", 1, 2],
  ])("are read from: %s", (text, tesla, volvo) => {
    expect(ranking(text)).toEqual({ source: "stated", Tesla: tesla, Volvo: volvo });
  });

  it.each([
    "The first place to look is a dealer. Tesla and Volvo have many.",
    "Tesla och Volvo är bra val.",
    "Sätt säkerheten på första plats. Volvo och Tesla gör det.",
  ])("are not seen in: %s", (text) => {
    expect(ranking(text)).toEqual({ source: "order" });
  });

  it("give way to a list", () => {
    expect(ranking("In first place is Volvo.\n\n1. Tesla\n2. Volvo")).toEqual({ source: "list", Tesla: 1, Volvo: 2 });
  });
});
