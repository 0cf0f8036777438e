/** Finnish: the cases of names, what hangs on behind them, and what is not known. */
import { describe, expect, it } from "vitest";
import { named, read } from "../reading.ts";

describe("a name in Finnish", () => {
  it.each([
    ["Tämä on Nokian uusi puhelin.", "Nokia"],
    ["Hän osti sen Ikeasta jo viime vuonna.", "IKEA"],
    ["Se on Teslalle iso asia, mutta ei ainoa.", "Tesla"],
    ["Myös Samsungilla on uusi malli.", "Samsung"],
    ["He luottavat yhä Volvoon ja sen turvallisuuteen.", "Volvo"],
    ["Se on LG:n paras televisio.", "LG"],
    ["Hän sanoo, että Googlekin tekee niin.", "Google"],
    ["Suklaa on myös Fazeriltakin, kun se ei ole halpa.", "Fazer"],
  ])("is found in its case: %s", (text, brand) => {
    expect(named(text, brand)).toEqual([brand]);
  });

  it.each([
    ["Se oli hyvä kone ja se toimi myös.", "Kone"],
    ["Hän on oppinut sen nyt.", "OP"],
    ["Fordilaisuus on vanha käsite, kertoo hän.", "For"],
  ])("is not an ordinary word: %s", (text, brand) => {
    expect(named(text, brand)).toEqual([]);
  });

  it("is denied where the answer does not know it", () => {
    const { mentions } = read("En valitettavasti tunne Acmea, mutta Globex on tuttu.", ["Acme", "Globex"]);
    expect(mentions.map(({ brand, denied }) => [brand, denied ?? false])).toEqual([
      ["Acme", true],
      ["Globex", false],
    ]);
  });
});
