/** Names that lead entries of a ranking although nobody tracks them, and rankings in which nobody tracked stands. */
import { describe, expect, it } from "vitest";
import { matching, read, type Tracked } from "./reading.ts";

const ranking = (text: string, brands: Tracked[] = ["Volvo", "Tesla"]) => read(text, brands).ranking;
const names = (text: string, brands?: Tracked[]) =>
  ranking(text, brands).candidates.map(({ position, text: name }) => `${position} ${name}`);

describe("a name that nobody tracks", () => {
  it("is found beside tracked ones, with its place and where it stands", () => {
    const text = "1. **Volvo EX30** – säker\n2. **Kandor EV6** – snabb\n3. **Tesla** – långt";
    const found = ranking(text);
    expect(found.positions).toEqual({ Volvo: 1, Tesla: 3 });
    expect(found.candidates).toEqual([{ text: "Kandor EV6", start: text.indexOf("Kandor"), end: 41, position: 2 }]);
    expect(text.slice(found.candidates[0]!.start, 41)).toBe("Kandor EV6");
  });

  it.each([
    ["in bold", "1. **Volvo**\n2. **Kandor X2**: quick\n3. **Tesla**"],
    ["before a dash", "1. Volvo – safe\n2. Kandor X2 – quick\n3. Tesla – far"],
    ["before brackets", "1. Volvo (safe)\n2. Kandor X2 (quick)\n3. Tesla (far)"],
    ["as a link", "1. [Volvo](https://a.example)\n2. [Kandor X2](https://b.example)\n3. [Tesla](https://c.example)"],
    ["behind a label", "1. Best overall: Volvo\n2. Best value: Kandor X2\n3. Best range: Tesla"],
    ["in a table", "| Car | Why |\n|---|---|\n| Volvo | safe |\n| Kandor X2 | quick |\n| Tesla | far |"],
    ["in headings", "### Volvo\nsafe\n### Kandor X2\nquick\n### Tesla\nfar"],
    ["in bold paragraphs", "**Volvo** is safe.\n\n**Kandor X2** is quick.\n\n**Tesla** goes far."],
  ])("is read %s", (_, text) => {
    expect(names(text)).toEqual(["2 Kandor X2"]);
  });

  it("with nothing but capitals is believed in the company of surer ones", () => {
    expect(names("1. Volvo\n2. Kandor\n3. Tesla")).toEqual(["2 Kandor"]);
    expect(names("- Volvo\n- Fint Väder\n- Utan bil\n- Tåget går\n- Vi går\n- Tesla")).toEqual([]);
  });

  it("is known by running text that uses it as a name", () => {
    const text = "- **Kandor**: quick\n- **Mirelle**: small\n\nWe would buy a used Kandor or hire a new Mirelle.";
    expect(names(text)).toEqual(["1 Kandor", "2 Mirelle"]);
    expect(names("- **Kandor**: quick\n- **Mirelle**: small")).toEqual([]);
  });

  it("is no phrase that the answer writes in lower case, and none that heads parts of any answer", () => {
    const list = (lead: string) => names(`1. Volvo\n2. **${lead}**: x\n3. Tesla\n\nThe crash rating matters.`);
    for (const lead of [
      "Crash Rating",
      "Price",
      "Battery Life",
      "Pros",
      "Nackdelar",
      "Pris och kvalitet",
      "Summary Table",
    ])
      expect([lead, ...list(lead)]).toEqual([lead]);
    for (const lead of ["Why It Matters", "Best for Families", "Understanding Range", "Choose Wisely", "24/7", "2025"])
      expect([lead, ...list(lead)]).toEqual([lead]);
    for (const lead of ["Is It Safe?", "En bra bil", "A Very Long Title That Nobody Would Call A Name At All"])
      expect([lead, ...list(lead)]).toEqual([lead]);
    expect(list("Kandor Crash")).toEqual(["2 Kandor Crash"]);
  });

  it("is no heading that introduces or sums up", () => {
    const text = "### Market Watch\nx\n### Volvo\nsafe\n### Kandor\nquick\n### Tesla\nfar\n### Closing Words\nx";
    expect(ranking(text)).toMatchObject({ positions: { Volvo: 1, Tesla: 3 } });
    expect(names(text)).toEqual(["2 Kandor"]);
  });

  it("is not one that may mean a tracked brand", () => {
    const max: Tracked = { name: "Max", matching: matching({ require: ["hamburgare"] }) };
    expect(names("1. Max\n2. Volvo\n3. Tesla", [max, "Volvo", "Tesla"])).toEqual([]);
  });

  it("is kept once, and no more than fifty of them", () => {
    expect(names("1. Volvo\n2. Kandor X2\n3. Kandor X2\n4. Tesla")).toEqual(["2 Kandor X2"]);
    const many = Array.from({ length: 80 }, (_, i) => `${i + 3}. Kandor X${i}`).join("\n");
    expect(names(`1. Volvo\n2. Tesla\n${many}`)).toHaveLength(50);
  });
});

describe("a ranking", () => {
  it("needs one tracked brand where another name leads too", () => {
    expect(ranking("1. Kandor X2\n2. Volvo\n3. Lumo 5S")).toMatchObject({ source: "list", positions: { Volvo: 2 } });
  });

  it("needs no tracked brand where two others are surely names", () => {
    expect(ranking("1. Kandor X2\n2. Lumo L5\n3. Hyllan\n\nVolvo is not among them.")).toMatchObject({
      source: "list",
      positions: {},
      order: ["Volvo"],
    });
    expect(ranking("1. Kandor X2\n2. Lumo L5")).toMatchObject({ source: "list", positions: {}, order: [] });
  });

  it("of tracked brands goes before one of others, and so do places stated in words", () => {
    const others = "1. Kandor X2\n2. Lumo L5\n";
    expect(ranking(`${others}\nOr rather:\n\n1. Volvo\n2. Tesla`)).toMatchObject({ positions: { Volvo: 1, Tesla: 2 } });
    expect(ranking(`${others}\nVolvo comes first and Tesla comes second.`)).toMatchObject({ source: "stated" });
  });

  it.each([
    ["steps", "1. Decide on a budget\n2. Test drive\n3. Buy"],
    ["advice", "- **Price**: low\n- **Safety**: high\n- **Range**: far"],
    ["features", "- **4K Video**: sharp\n- **IP68 Rating**: dry\n- **Wi-Fi 6**: quick"],
    ["a table by feature", "| | A | B |\n|---|---|---|\n| Räckvidd | 1 | 2 |\n| Laddeffekt | 1 | 2 |"],
  ])("is not made of %s", (_, text) => {
    expect(ranking(text)).toEqual({ source: null, positions: {}, order: [], candidates: [] });
  });
});

describe("the brand that leads an entry", () => {
  it.each([
    ["after its line of products", "1. **Nordljud by Volvo**\n2. Tesla"],
    ["after a partner", "1. [Kandor x Volvo EX30]()\n2. Tesla"],
    ["after the state it is sold in", "1. Restored Volvo EX30\n2. Tesla"],
    ["after a label that names a rival", "1. Best for Tesla fans: Volvo EX30\n2. Tesla"],
  ])("is found %s", (_, text) => {
    expect(ranking(text).positions).toEqual({ Volvo: 1, Tesla: 2 });
  });

  it("is not the maker of something about which nothing else is said", () => {
    expect(ranking("1. Designed by Volvo\n2. Tesla\n3. Made by Volvo").positions).toEqual({});
  });
});
