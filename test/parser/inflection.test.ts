/** Names with the endings of their languages, Swedish and English in equal number, and words that only look like them. */
import { describe, expect, it } from "vitest";
import { named } from "./reading.ts";

describe("a name with an ending", () => {
  it.each([
    ["Det sägs att Volvos garanti är lång.", "Volvo"],
    ["ICAs egna varor är billiga i butiken.", "ICA"],
    ["SJ:s tåg var sent och det var kallt.", "SJ"],
    ["Jag tycker att Applen är för dyr.", "Apple"],
    ["Det finns många Teslor på vägen till jobbet.", "Tesla"],
    ["Electrolux's dishwashers are quiet.", "Electrolux"],
    ["Volvo’s warranty is the best of all.", "Volvo"],
    ["The two Dysons we have were not cheap.", "Dyson"],
    ["All the Teslas in the street were white.", "Tesla"],
    ["IKEA's beds are what they are.", "IKEA"],
    ["Die Qualität ist gut und Siemens' Preise sind hoch.", "Siemens"],
    ["Das ist Volkswagens Problem und nicht das der Kunden.", "Volkswagen"],
    ["Nokian puhelimet ovat hyviä ja kestäviä.", "Nokia"],
    ["Se on Googlelle uusi asia, mutta ei iso.", "Google"],
    ["LG:n televisio on hyvä.", "LG"],
    ["Arçelik'in servisi çok iyi.", "Arçelik"],
    ["Les meubles d'IKEA sont dans le magasin.", "IKEA"],
    ["Поиск Яндекса лучше, чем у других.", "Яндекс"],
  ])("is found in %j", (text, brand) => {
    expect(named(text, brand)).toEqual([brand]);
  });
});

describe("a word that begins like a name", () => {
  it.each([
    ["Fordonet är för tungt och det är dyrt.", "Ford"],
    ["Menyn är lång och den är dyr.", "Meny"],
    ["Vi kan googla det och sedan swisha.", "Google"],
    ["Exporten har ökat och det är bra.", "Expo"],
    ["The Mannheim fair is what they were about.", "Mann"],
    ["She was googling all of the answers.", "Google"],
    ["The apples in that box are what we have.", "Apple"],
    ["They had a Fordham degree and it was fine.", "Ford"],
    ["Bayern ist schön und nicht weit.", "Bayer"],
  ])("is not the brand in %j", (text, brand) => {
    expect(named(text, brand)).toEqual([]);
  });
});
