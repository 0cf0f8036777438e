/** Which words of an answer are tracked names, and exactly where they stand. */
import { describe, expect, it } from "vitest";
import { matching, named, read, surfaces } from "./reading.ts";

const composed = ["Åhléns", "Häagen-Dazs", "Löfbergs", "Nestlé", "SÖDERBERG & Partners"];

describe("a name", () => {
  it("is found with its brand, its offsets in UTF-16, its surface, its form and its way", () => {
    expect(read("🎉 Åäö: acme är bra.", ["Acme"]).mentions).toMatchObject([
      { brand: "Acme", start: 8, end: 12, text: "acme", form: "Acme", via: "name", certainty: "certain" },
    ]);
  });

  it("is found every time, in order of place", () => {
    expect(named("Bolt, Acme and again Bolt.", "Acme", "Bolt")).toEqual(["Bolt", "Acme", "Bolt"]);
  });

  it("is found at the very beginning, at the very end and alone", () => {
    expect(surfaces("Acme", "Acme")).toEqual(["Acme"]);
    expect(surfaces("Acme or Acme", "Acme")).toHaveLength(2);
    expect(surfaces("", "Acme")).toEqual([]);
  });

  it.each(composed)("%s is the same composed and decomposed, in the text and in the list", (name) => {
    for (const form of ["NFC", "NFD"] as const) {
      const text = `Jag gillar ${name}, mest.`.normalize(form);
      const [mention, ...more] = read(text, [{ name: name.normalize("NFD"), key: "it" }]).mentions;
      expect(more).toEqual([]);
      expect(mention!.text).toBe(name.normalize(form));
      expect(text.slice(mention!.end)).toBe(", mest.");
      expect(surfaces(text, name.normalize("NFC"))).toEqual([name.normalize(form)]);
    }
  });

  it("differs from another word by its diacritics as people write them", () => {
    expect(named("Halens", "Hälens")).not.toEqual(["Halens"]);
    expect(named("A\u030Ahlens A\u0308hlens", "Åhlens")).toEqual(["Åhlens"]);
  });

  it("is found through zero-width characters and soft hyphens, which are no part of its edges", () => {
    expect(surfaces("\uFEFFSpo\u200Btify\u200B är", "Spotify")).toEqual(["Spo\u200Btify"]);
    expect(surfaces("Elec\u00ADtro\u00ADlux", "Electrolux")).toEqual(["Elec\u00ADtro\u00ADlux"]);
    expect(surfaces("Bolt\u2060.", "Bolt")).toEqual(["Bolt"]);
  });

  it.each(["🎉Acme", "Acme🎉", "❤️Acme", "Acme❤️", "👩‍💻Acme👩‍💻", "1️⃣Acme", "🇸🇪Acme🇸🇪", "✅ Acme"])(
    "is found beside an emoji in %s",
    (text) => {
      const [mention] = read(text, ["Acme"]).mentions;
      expect(mention).toMatchObject({ text: "Acme", start: text.indexOf("Acme"), end: text.indexOf("Acme") + 4 });
    },
  );

  it.each(["Acme¹", "Acme<sup>1</sup>", "Acme²⁻³", "Acme¹² är bra", "Acme[¹](https://example.org)"])(
    "is found before a note: %s",
    (text) => {
      expect(surfaces(text, "Acme")).toEqual(["Acme"]);
    },
  );

  it("is found beside half a surrogate pair", () => {
    expect(surfaces("\uD83DAcme\uD83D \uDC00Acme\uDC00", "Acme")).toEqual(["Acme", "Acme"]);
  });
});

describe("a name inside another word", () => {
  it.each([
    ["A pineapple a day", "Apple"],
    ["Maxi is another shop", "Max"],
    ["Klimax", "Max"],
    ["Boltar och muttrar", "Bolt"],
    ["Acme2 and 2Acme", "Acme"],
    ["Åcme, Acmé", "Acme"],
    ["Acme\u0301", "Acme"],
    ["AcmeЖ ЖAcme", "Acme"],
    ["𝐁Acme", "Acme"],
    ["Bolt\u00ADer", "Bolt"],
    ["pine**apple**", "Apple"],
  ])("is not a mention: %j does not name %s", (text, brand) => {
    expect(named(text, brand)).toEqual([]);
  });
});

describe("a name with an ending behind a mark", () => {
  it.each([
    ["en Volvo-bil", "Volvo"],
    ["en Volvo\u2011bil", "Volvo"],
    ["non-Tesla chargers", "Tesla"],
    ["SJ:s tåg", "SJ"],
    ["Volvo's cars", "Volvo"],
    ["Volvo’s cars", "Volvo"],
    ["(Ikea)/Elgiganten", "Ikea"],
    ["d'Ikea", "Ikea"],
    ["_Ikea_", "Ikea"],
    ["Ikea…", "Ikea"],
    ["”Ikea”", "Ikea"],
  ])("is a mention in %j", (text, brand) => {
    const { mentions } = read(text, [brand]);
    expect(mentions).toHaveLength(1);
    expect(mentions[0]!.start).toBe(text.indexOf(brand));
  });
});

describe("names that share words", () => {
  it("yield to the longest", () => {
    expect(named("Amazon Basics sells at Amazon", "Amazon", "Amazon Basics")).toEqual(["Amazon Basics", "Amazon"]);
    expect(named("Volvo Cars Sverige", "Volvo", "Volvo Cars Sverige", "Volvo Cars")).toEqual(["Volvo Cars Sverige"]);
  });

  it("fall back to the longest that stands there whole", () => {
    expect(named("Amazon Basicsville", "Amazon", "Amazon Basics")).toEqual(["Amazon"]);
    expect(named("Amazon Basi", "Amazon", "Amazon Basics")).toEqual(["Amazon"]);
  });

  it("are not read twice where they overlap", () => {
    expect(surfaces("Best Buy Bolt", "Best Buy", "Buy Bolt")).toEqual(["Best Buy"]);
  });

  it("let a rival's alias lie inside a longer own name", () => {
    const own = { name: "Handelsbanken Fonder", key: "own", role: "own" as const };
    const rival = { name: "Svenska Handelsbanken", key: "rival", aliases: ["Handelsbanken"] };
    expect(named("Handelsbanken Fonder och Handelsbanken", own, rival)).toEqual(["own", "rival"]);
    expect(named("Handelsbanken Fonder och Handelsbanken", rival, own)).toEqual(["own", "rival"]);
  });

  it("are found one letter apart from a brand that was not meant", () => {
    expect(named("Visma, not Visa", "Visa", "Visma")).toEqual(["Visma", "Visa"]);
  });
});

describe("aliases and products", () => {
  const telia = { name: "Telia Company", key: "telia", aliases: ["Telia", "TeliaSonera"], products: ["Halebop"] };

  it("count for their brand and say so", () => {
    const { mentions } = read("Telia Company, Telia och Halebop", [telia]);
    expect(mentions.map(({ brand, form, via }) => [brand, form, via])).toEqual([
      ["telia", "Telia Company", "name"],
      ["telia", "Telia", "alias"],
      ["telia", "Halebop", "product"],
    ]);
  });

  it("may be written with spaces around them in the list, and may be empty", () => {
    expect(named("Telia", { name: "T", aliases: [" Telia ", "", "  "] })).toEqual(["T"]);
  });
});

describe("case", () => {
  const tre = { name: "Tre", matching: matching({ caseSensitive: true }) };

  it("does not matter unless the brand asks for it", () => {
    expect(surfaces("IKEA ikea Ikea åhléns ÅHLÉNS", "Ikea", "Åhléns")).toHaveLength(5);
  });

  it("decides where the brand asks for it", () => {
    expect(surfaces("Tre har tre abonnemang. TRE!", tre)).toEqual(["Tre"]);
    expect(surfaces("tre **Tre**", tre)).toEqual(["Tre"]);
    expect(surfaces("ÅRE åre Åre", { name: "Åre", matching: matching({ caseSensitive: true }) })).toEqual(["Åre"]);
  });

  it("is asked of letters only: apostrophes, composition and emphasis may differ", () => {
    const learys = { name: "O'Learys", matching: matching({ caseSensitive: true }) };
    expect(surfaces("O’Learys O'learys O'**Learys**", learys)).toEqual(["O’Learys", "O'**Learys"]);
    const ahlens = { name: "Åhléns", matching: matching({ caseSensitive: true }) };
    expect(surfaces("Åhléns".normalize("NFD"), ahlens)).toHaveLength(1);
  });

  it("asked of one brand leaves a shorter name of another to be found", () => {
    const big = { name: "Bolt Food", matching: matching({ caseSensitive: true }) };
    expect(named("bolt food", big, "Bolt")).toEqual(["Bolt"]);
  });
});

describe("phrases that exclude", () => {
  const max = { name: "Max", matching: matching({ exclude: ["Max Martin", "på max"] }) };

  it("take the name inside them away, wherever it stands in them", () => {
    expect(named("Max Martin körde på max.", max)).toEqual([]);
    expect(named("Max Martin åt hos Max.", max)).toEqual(["Max"]);
  });

  it("end at word boundaries too", () => {
    expect(named("Max Martinsson", max)).toEqual(["Max"]);
  });

  it("yield to a longer name", () => {
    expect(named("Max Martin Records", max, "Max Martin Records")).toEqual(["Max Martin Records"]);
  });
});

describe("words a brand requires", () => {
  const max = { name: "Max", matching: matching({ require: ["hamburgare", "burger chain"] }) };
  const certainty = (text: string) => read(text, [max]).mentions.map((mention) => mention.certainty);

  it("make a name certain anywhere in the answer, in any case", () => {
    expect(certainty("Max är bra. Max! Deras HAMBURGARE är goda.")).toEqual(["certain", "certain"]);
    expect(certainty("A **burger** chain: Max")).toEqual(["certain"]);
  });

  it("leave it uncertain when none is there as a whole word that is seen", () => {
    expect(certainty("Max är bra.")).toEqual(["uncertain"]);
    expect(certainty("Max gör hamburgaren.")).toEqual(["uncertain"]);
    expect(certainty("Max, se https://example.com/hamburgare")).toEqual(["uncertain"]);
  });
});

describe("names with punctuation", () => {
  it.each([
    ["C&A", "Hos C&A och H&M."],
    ["H&M", "Hos C&A och H&M."],
    ['Toys "R" Us', 'I like Toys "R" Us.'],
    [".NET", "Use .NET, not Java."],
    ["7-Eleven", "En 7-Eleven, öppen."],
    ["7-Eleven", "En 7\u2011Eleven, öppen."],
    ["Yahoo!", "Is Yahoo! still there?"],
    ["Booking.com", "Boka på Booking.com."],
    ["C++", "C++ and C"],
    ["O'Learys", "På O’Learys idag"],
    ["De'Longhi", "the De'Longhi Dedica"],
    ["ICA", "på ICA."],
    ["3", "Operatören 3, inte 32."],
    ["Tele2", "Enligt kunderna är Tele2s nät bättre, men inte Tele20 och Tele2sal."],
  ])("are found: %s in %j", (name, text) => {
    expect(named(text, name)).toEqual([name]);
  });

  it("are not found in part", () => {
    expect(named("ICAO, AMICA, 17-Elevens, XC&A", "ICA", "7-Eleven", "C&A")).toEqual([]);
  });

  it("may hold a no-break space in the text", () => {
    expect(surfaces("Home\u00A0Depot", "Home Depot")).toEqual(["Home\u00A0Depot"]);
  });
});

describe("many brands", () => {
  it("are read in one pass over the text", () => {
    const brands = Array.from({ length: 2_000 }, (_, i) => `Märke ${i}`);
    expect(named("Märke 7, märke 1999, Märke 2000 och Märke", ...brands)).toEqual(["Märke 7", "Märke 1999"]);
  });

  it("that claim one form leave it to the first", () => {
    expect(named("Bolt", { name: "A", aliases: ["Bolt"] }, "Bolt")).toEqual(["A"]);
  });
});
