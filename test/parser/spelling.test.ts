/** Spellings that need no alias, and look-alikes that must stay apart. */
import { describe, expect, it } from "vitest";
import { named, surfaces } from "./reading.ts";

describe("a name", () => {
  it.each([
    ["Åhlens har rea.", "Åhléns", "Åhlens"],
    ["Hos Hemkop och Loefbergs.", "Löfbergs", "Loefbergs"],
    ["Vi handlar på H & M.", "H&M", "H & M"],
    ["Vi handlar på H och M.", "H&M", "H och M"],
    ["En Delonghi och en kvarn.", "De'Longhi", "Delonghi"],
    ["Nestle is a large firm.", "Nestlé", "Nestle"],
    ["A De Longhi machine.", "DeLonghi", "De Longhi"],
    ["A De’Longhi machine.", "De Longhi", "De’Longhi"],
    ["Bob & Brad made it.", "Bob and Brad", "Bob & Brad"],
    ["A RedBull a day.", "Red Bull", "RedBull"],
    ["At Seven Eleven or 7 Eleven.", "7-Eleven", "7 Eleven"],
    ["ｿﾆｰのテレビ", "ソニー", "ｿﾆｰ"],
  ])("is found in %j as %s", (text, brand, surface) => {
    expect(surfaces(text, brand)).toEqual([surface]);
  });

  it.each([
    ["LG is not the same.", "GE"],
    ["T.J. Maxx sells it.", "Max"],
    ["They are what they are.", "Åre"],
    ["Monos is another firm.", "Moon"],
    ["App le", "Apple"],
    ["Acmé and Åcme", "Acme"],
  ])("is not found in %j: %s", (text, brand) => {
    expect(named(text, brand)).toEqual([]);
  });
});
