/** Languages that share one table: elisions, cases of names, and nothing where the table has nothing. */
import { describe, expect, it } from "vitest";
import { named } from "../reading.ts";

describe("a name after an elision", () => {
  it.each([
    ["Les meubles d'IKEA sont dans le magasin.", "IKEA"],
    ["C’est l’iPhone qui est le plus cher.", "iPhone"],
    ["Il divano dell'IKEA è comodo.", "IKEA"],
    ["Les crèmes de L'Oréal sont plus légères.", "L'Oréal"],
  ])("is found: %s", (text, brand) => {
    expect(named(text, brand)).toEqual([brand]);
  });
});

describe("a name in its case", () => {
  it.each([
    ["Telefon Samsunga jest lepszy niż inne.", "Samsung"],
    ["Nie ma tego w Teslach ani w Tesli.", "Tesla"],
    ["Je to lepší než u Boschu, ale není.", "Bosch"],
    ["Поиск Яндекса лучше, чем у других.", "Яндекс"],
    ["See on Nokial juba olemas, aga mitte kõik.", "Nokia"],
    ["Arçelik'in servisi çok iyi ve ucuz.", "Arçelik"],
    ["De kasten van IKEA zijn goed, maar Philips is beter.", "Philips"],
  ])("is found with its ending: %s", (text, brand) => {
    expect(named(text, brand)).toContain(brand);
  });
});

describe("an ordinary word of such a language", () => {
  it.each([
    ["Il est dans la rue avec une orange pour le dessert.", "Orange"],
    ["El mango está maduro y no es caro.", "Mango"],
    ["Ella vive en la casa del sol.", "Casa"],
  ])("is not a name: %s", (text, brand) => {
    expect(named(text, brand)).toEqual([]);
  });
});
