/** What a citation supports, which citations and mentions stand alone, and addresses written without a scheme. */
import { describe, expect, it } from "vitest";
import { read, type Tracked } from "./reading.ts";

const brands: Tracked[] = [
  { name: "Acme", key: "acme", role: "own", domains: ["acme.example"] },
  { name: "Bolt", key: "bolt", domains: ["bolt.example"] },
  { name: "monday.com", key: "monday", domains: ["monday.com"] },
];
const supported = (text: string) =>
  read(text, brands).citations.map(({ supports, named }) => [
    supports && text.slice(supports.start, supports.end),
    ...(named ?? []),
  ]);
const hosts = (text: string) => read(text, brands).citations.map(({ host }) => host);

describe("a citation", () => {
  it.each([
    [
      "its sentence",
      "Acme is safe ([x](https://x.example)). Bolt is quick.",
      "Acme is safe ([x](https://x.example)).",
      "acme",
    ],
    ["the sentence before its marker", "Acme är säker. ([x](https://x.example))", "Acme är säker.", "acme"],
    ["its item", "- Bolt är snabb [x](https://x.example)\n- Acme", "- Bolt är snabb [x](https://x.example)", "bolt"],
    [
      "a sentence with a point that shortens",
      "Bolt är sen. Acme är bra, t.ex. SUV:ar [x](https://x.example).",
      "Acme är bra, t.ex. SUV:ar [x](https://x.example).",
      "acme",
    ],
  ])("supports %s", (_, text, sentence, brand) => {
    expect(supported(text)).toEqual([[sentence, brand]]);
  });

  it("of the own page is a ghost where the brand is not named", () => {
    expect(read("Se [sidan](https://acme.example/a).", brands).ghosts).toEqual(["acme"]);
    expect(read("Acme: se [sidan](https://acme.example/a).", brands).ghosts).toEqual([]);
    expect(read("Se [sidan](https://x.example/a).", brands).ghosts).toEqual([]);
  });
});

it.each([
  ["Se [acme.se](https://acme.se/a).", [], ["acme"]],
  ["Acme: se [**acme.se**](https://acme.se/a).", ["Acme"], []],
  ["Läs mer hos [Acme](https://acme.se/a).", ["Acme"], []],
  ["[monday.com](https://monday.com) är bra.", ["monday.com"], []],
])("a link's label that is an address names nobody, unless the brand is called so: %s", (text, named, ghosts) => {
  const findings = read(text, [{ name: "Acme", key: "acme", role: "own", domains: ["acme.se"] }, brands[2]!]);
  expect(findings.mentions.map((mention) => mention.text)).toEqual(named);
  expect([findings.citations.length, findings.ghosts]).toEqual([1, ghosts]);
});

it("mentions in sentences without a citation are told apart", () => {
  const text = "Acme is safe ([x](https://x.example)). Bolt is quick.";
  const uncited = read(text, brands).mentions.filter((one) => one.uncited);
  expect(uncited.map(({ brand }) => brand)).toEqual(["bolt"]);
});

describe("an address without a scheme", () => {
  it.each([
    ["Det växer snabbt (källa: di.se).", ["di.se"]],
    ["It grows fast (source: nytimes.com/tech).", ["nytimes.com"]],
    ["Läs mer på konsumentverket.se och hos oss.", ["konsumentverket.se"]],
  ])("is cited in %s", (text, expected) => {
    expect(hosts(text)).toEqual(expected);
  });

  it.each([
    "Kör Node.js och läs README.md först.",
    "Use it, e.g. at home.The end.",
    "Skriv till info@di.se.",
    "We moved to monday.com last year.",
    "Version 2.0.1 kom i maj.",
  ])("is not seen in %s", (text) => {
    expect(hosts(text)).toEqual([]);
  });
});
