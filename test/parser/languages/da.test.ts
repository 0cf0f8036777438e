/** Danish: names with their endings, words that are names, and what is not known. */
import { describe, expect, it } from "vitest";
import { named, read } from "../reading.ts";

describe("a name in Danish", () => {
  it.each([
    ["Jeg synes, at Coops medlemmer får for meget.", "Coop"],
    ["De købte Volvoen af en nabo efter krigen.", "Volvo"],
    ["Der holdt mange Teslaer uden for huset.", "Tesla"],
    ["Han fik en ny Googlekonto og glemte den igen.", "Google"],
    ["De gamle Ikeamøbler er blevet solgt.", "IKEA"],
    ["SAS-kunder kan også få noget at drikke.", "SAS"],
  ])("is found with what hangs on it: %s", (text, brand) => {
    expect(named(text, brand)).toEqual([brand]);
  });

  it.each([
    ["Der er tre huse og et træ, siger hun.", "Tre"],
    ["Det koster 100 kroner netto, og det er meget.", "Netto"],
    ["Fordi det regnede, blev de hjemme.", "Ford"],
  ])("is not an ordinary word: %s", (text, brand) => {
    expect(named(text, brand)).toEqual([]);
  });

  it("is denied where the answer does not know it", () => {
    const { mentions } = read("Jeg kender desværre ikke til Acme, men Globex er god.", ["Acme", "Globex"]);
    expect(mentions.map(({ brand, denied }) => [brand, denied ?? false])).toEqual([
      ["Acme", true],
      ["Globex", false],
    ]);
  });
});
