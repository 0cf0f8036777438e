/** What a mention stands in, its sentence, and whether a citation supports it. */
import { describe, expect, it } from "vitest";
import { read } from "./reading.ts";

const places = (text: string) =>
  read(text, ["Volvo", "Tesla"]).mentions.map(({ place, sentence }) => [
    place,
    text.slice(sentence!.start, sentence!.end),
  ]);

describe("a mention", () => {
  it.each([
    ["prose", "Köp en bil. Välj Volvo om du vill! Annars inte.", "Välj Volvo om du vill!"],
    ["heading", "## Därför Volvo\n\nText.", "Därför Volvo"],
    ["list", "- Säker. En Volvo, alltså. Dyr.\n- Annat", "Säker. En Volvo, alltså. Dyr."],
    ["list", "1. Säkrast\n\n   Här vinner Volvo. Inget annat.\n", "Här vinner Volvo."],
    ["table", "| Bil | Pris |\n|---|---|\n| Volvo EX30 | 1 |\n", "Volvo EX30"],
    ["quote", "> Min Volvo startar alltid. Jämt.\n", "Min Volvo startar alltid."],
    [
      "link",
      "Läs mer: [Volvo](https://volvo.example/a) är säker.",
      "Läs mer: [Volvo](https://volvo.example/a) är säker.",
    ],
    ["link", "1. [Volvo](https://volvo.example/a)\n2. Annat", "[Volvo](https://volvo.example/a)"],
    ["table", "> | Bil | Pris |\n> |---|---|\n> | Volvo | 1 |\n", "Volvo"],
  ])("stands in %s: %s", (place, text, sentence) => {
    expect(places(text)).toEqual([[place, sentence]]);
  });

  it("belongs to its own line, and a short form ends no sentence", () => {
    expect(places("Bra bilar:\nVolvo, t.ex. EX30, och ca. 3 andra.\nTesla")).toEqual([
      ["prose", "Volvo, t.ex. EX30, och ca. 3 andra."],
      ["prose", "Tesla"],
    ]);
  });

  it("has a sentence also where the text is cut short or odd", () => {
    expect(places("Volvo")).toEqual([["prose", "Volvo"]]);
    expect(places("Volvo…\u2028Tesla\r\n")[0]![1]).toContain("Volvo");
  });
});

describe("a name that is not supported", () => {
  const brands = [
    { name: "Volvo", role: "own" as const, domains: ["volvo.example"] },
    { name: "Tesla", domains: ["tesla.example"] },
  ];
  const uncited = (text: string) => read(text, brands).mentions.map((mention) => mention.uncited === true);

  it("is marked where the answer cites pages for other sentences", () => {
    expect(uncited("Volvo är säker ([test](https://test.example/a)). Tesla är snabb.")).toEqual([false, true]);
  });

  it("is not marked where the answer cites nothing", () => {
    expect(uncited("Volvo är säker. Tesla är snabb.")).toEqual([false, false]);
  });

  it("shows a ghost: a brand whose page is cited but which is not named", () => {
    const ghosts = (text: string) => read(text, brands).ghosts;
    expect(ghosts("Se [här](https://www.volvo.example/a) och [där](https://tesla.example/).")).toEqual([
      "Volvo",
      "Tesla",
    ]);
    expect(ghosts("Volvo: se [här](https://volvo.example/a) och [där](https://test.example/).")).toEqual([]);
    expect(ghosts("Jag känner inte till Volvo. Se [här](https://volvo.example/a).")).toEqual(["Volvo"]);
  });
});
