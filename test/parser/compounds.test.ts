/** Names that are the first member of a compound, closed or with a hyphen, and words that only begin alike. */
import { describe, expect, it } from "vitest";
import { surfaces } from "./reading.ts";

describe("a compound", () => {
  it.each([
    ["En Volvobil är dyr att laga, men den går för evigt.", "Volvo"],
    ["Det är äldre Samsungmobiler som har det felet.", "Samsung"],
    ["Vi har bara Ikeamöbler i huset.", "Ikea"],
    ["Jag såg den i IKEA-katalogen.", "IKEA"],
    ["Det fungerar med icke-Apple-produkter.", "Apple"],
    ["Frölundamatchen var inte så bra som man hade trott.", "Frölunda"],
    ["It works with non-Tesla chargers too.", "Tesla"],
    ["A Volvo-owned factory was built there.", "Volvo"],
    ["The IKEA-style shelf is what we have.", "IKEA"],
    ["Post-Nokia phones were not the same.", "Nokia"],
    ["Anti-Shell protests were held in the city.", "Shell"],
    ["An ex-Google engineer said that it was fine.", "Google"],
    ["Der VW-Konzern ist nicht das größte Unternehmen.", "VW"],
    ["Han har en Teslabil, og det er ikke nogen hemmelighed.", "Tesla"],
  ])("names the brand in %j", (text, brand) => {
    expect(surfaces(text, brand)).toEqual([brand]);
  });

  it.each([
    ["Marsvin är små djur och de är snälla.", "Mars"],
    ["Telefonen är från i går.", "Tele"],
    ["Maximalt tio av dem är kvar.", "Max"],
    ["Pineapple is what they have.", "Apple"],
    ["The Shellfish was not good at all.", "Shell"],
    ["A Targeted offer was sent to them.", "Target"],
  ])("that is another word does not: %j", (text, brand) => {
    expect(surfaces(text, brand)).toEqual([]);
  });
});
