/** Norwegian: names with their endings, words that are names, and what is not known. */
import { describe, expect, it } from "vitest";
import { named, read } from "../reading.ts";

describe("a name in Norwegian", () => {
  it.each([
    ["Jeg synes at Telenors dekning er best nå.", "Telenor"],
    ["Vi tok Teslaen til hytta etter jobb.", "Tesla"],
    ["Hun har en Volvobil og noe mer.", "Volvo"],
    ["Kontoret fikk nye Ikeamøbler, men ikke stoler.", "IKEA"],
    ["Det er mange Googlekontoer som blir slettet.", "Google"],
    ["Norwegian-flyet var ikke i rute, sier han.", "Norwegian"],
  ])("is found with what hangs on it: %s", (text, brand) => {
    expect(named(text, brand)).toEqual([brand]);
  });

  it.each([
    ["De har tre hus og noen trær.", "Tre"],
    ["Det er en ny meny hver uke.", "Meny"],
    ["Fordelen er at det ikke koster noe.", "Ford"],
  ])("is not an ordinary word: %s", (text, brand) => {
    expect(named(text, brand)).toEqual([]);
  });

  it("is denied where the answer does not know it", () => {
    const { mentions } = read("Jeg kjenner dessverre ikke til Acme. Globex er best.", ["Acme", "Globex"]);
    expect(mentions.map(({ brand, denied }) => [brand, denied ?? false])).toEqual([
      ["Acme", true],
      ["Globex", false],
    ]);
  });
});
