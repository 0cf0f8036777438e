/** Names that are frequent words count only where case, place or neighbours say that the brand is meant. */
import { describe, expect, it } from "vitest";
import { matching, read } from "./reading.ts";

const counted = (text: string, name: string, commonWord: "auto" | "yes" | "no" = "auto") =>
  read(text, [{ name, matching: matching({ commonWord }) }])
    .mentions.filter(({ certainty }) => certainty !== "uncertain")
    .map(({ start }) => start);

describe("a frequent word", () => {
  it.each([
    ["Vi åt på Max i går och det var gott.", "Max"],
    ["Tre är en operatör som har bra täckning.", "Tre"],
    ["1. **Fokus** – en tidning för dig som läser mycket\n2. Annat", "Fokus"],
    ["Jag köpte den av Linje och är nöjd med det.", "Linje"],
    ["If you are near one, try Target for this.", "Target"],
    ["De äter hellre på Max Burgers än hemma.", "Max"],
    ["Shell has more stations than the others.", "Shell"],
    ["- **Away**: the best of the suitcases\n- Other", "Away"],
    ["You can buy it from Target and other shops.", "Target"],
  ])("is the brand in %j", (text, name) => {
    expect(counted(text, name)).toEqual([text.indexOf(name)]);
  });

  it.each([
    ["Det tar max en timme för att komma dit.", "Max"],
    ["Max tio grader är det i kylen, och det är bra.", "Max"],
    ["Fokus på det som är viktigt för dig.", "Fokus"],
    ["Priset har stigit, säger Max Eriksson på banken.", "Max"],
    ["De har tre butiker i staden.", "Tre"],
    ["The target group is what they have in mind.", "Target"],
    ["Apple trees are what they have in the garden.", "Apple"],
    ["Best for Simplicity\nIt is the one that we like.", "Simplicity"],
    ["You can go away with it for a week.", "Away"],
  ])("is a word in %j", (text, name) => {
    expect(counted(text, name)).toEqual([]);
  });

  it.each([
    "Operatören 3 har bra priser.",
    "Kunder hos 3 och Telenor är nöjda.",
    "Välj 3 om du vill spara.",
    "1. **3** – billigast av alla",
    "Enligt testet är 3:s täckning sämre i norr.",
  ])("may be a number: %s", (text) => {
    expect(counted(text, "3")).toEqual([text.indexOf("3")]);
  });

  it.each([
    "Vi har jämfört 3 operatörer.",
    "Du får 3 GB för 3 kr i 3 månader.",
    "Det kostar 3,5 kr, 3 % mer, på 2-3 dagar eller kl. 3:30.",
    "Betyget är 3/5 i steg 3 med en Tesla Model 3 [3].",
    "1. Telia\n2. Tele2\n3. Telenor",
    "| # | Bolag |\n|---|---|\n| 3 | Telenor |",
  ])("that is a number counts, measures and numbers: %s", (text) => {
    expect(counted(text, "3")).toEqual([]);
  });

  it("is what a brand says it is", () => {
    expect(counted("The target group is what they have.", "Target", "no")).toEqual([4]);
    expect(counted("They have what the bolag is about: klirr.", "Klirr", "yes")).toEqual([]);
    expect(counted("De har det som är klirr.", "Klirr", "yes")).toEqual([]);
  });

  it("has a reason when it is not certain", () => {
    const [mention] = read("Apple trees are what they have.", ["Apple"]).mentions;
    expect(mention).toMatchObject({ certainty: "uncertain", reason: "a frequent word at the start of a sentence" });
  });
});

describe("a person", () => {
  it.each(["Anna Ericsson är en av dem som var där.", "The man is James Ericsson, and he was there."])(
    "is not the firm: %j",
    (text) => {
      expect(read(text, ["Ericsson"]).mentions).toMatchObject([{ certainty: "uncertain" }]);
    },
  );
});
