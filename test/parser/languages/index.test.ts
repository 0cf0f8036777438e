/** Which language a text is written in, and whose rules a tag asks for. */
import { describe, expect, it } from "vitest";
import { detectLanguages, languages, languagesOf, rulesOf } from "../../../src/parser/languages/index.ts";
import { goldenCases } from "../golden.ts";

const codes = (text: string): string[] => detectLanguages(text).map(({ code }) => code);

describe("the language of a text", () => {
  it.each([
    ["sv", "Volvo är bäst och det vet alla."],
    ["en", "The best of them is Volvo, and that is all."],
    ["de", "Das ist nicht so gut wie der andere."],
    ["fi", "Tämä on hyvä, mutta se ei ole halpa."],
    ["fr", "Les meubles sont dans le magasin avec une chaise."],
    ["es", "El coche es muy bueno pero no está en la tienda."],
    ["pl", "To jest lepsze niż to, co było, ale się nie da."],
    ["ru", "Это лучше, чем у других, но не для всех."],
    ["ja", "カメラならこれが一番です。"],
    ["ko", "화면이 좋고 카메라는 선명합니다."],
  ])("is told by its words and letters: %s", (code, text) => {
    expect(codes(text)).toEqual([code]);
  });

  it("may be either of two that are as likely", () => {
    expect(codes("Det er en bil og den er god.")).toEqual(["no", "da"]);
    expect(codes("Jeg liker ikke noe av det, sier hun etter en uke.")).toEqual(["no"]);
    expect(codes("Jeg kan ikke lide noget af det, siger hun efter en uge.")).toEqual(["da"]);
  });

  it("may be Japanese without kana, or Chinese", () => {
    expect(codes("我更推荐这个。价格很低。质量也好。")).toEqual(["ja", "zh"]);
  });

  it("is not said of names, numbers and addresses alone", () => {
    for (const text of ["", "Volvo 240", "https://www.volvo.se/sok?se=na", "seb.se, se www.k.cz", "Löfbergs"])
      expect(codes(text)).toEqual([]);
  });

  it("is among those told for nearly all golden answers", () => {
    const known = goldenCases.filter(({ language }) => rulesOf(language) !== null);
    const told = known.filter(({ language, text }) => codes(text).includes(language));
    expect(told.length / known.length).toBeGreaterThan(0.93);
    const wrong = known.filter(({ language, text }) => codes(text).length > 0 && !codes(text).includes(language));
    expect(wrong.length / known.length).toBeLessThan(0.02);
  });
});

describe("the languages of an answer", () => {
  const dutch =
    "De beste auto is van Volvo, maar dat is niet voor een ieder die met het gezin op vakantie gaat. ".repeat(3);
  const expected = (text: string, language: string) => languagesOf(text, language).map(({ code }) => code);

  it("are the one it was asked for in, where nothing speaks against it", () => {
    expect(expected("Volvo 240", "sv-SE")).toEqual(["sv"]);
    expect(expected("Det er en bil og den er god.", "da")).toEqual(["da"]);
  });

  it("are its own where it clearly answers in another", () => {
    expect(expected(dutch, "en")).toEqual(["nl"]);
  });

  it("are not overruled by a few words", () => {
    expect(expected("The best is Volvo, and that is all.", "sv")).toEqual(["sv"]);
  });
});

describe("the rules of a tag", () => {
  it("are found by language, whatever region follows", () => {
    expect(rulesOf("sv-SE")?.code).toBe("sv");
    expect(rulesOf("en_GB")?.code).toBe("en");
    expect(rulesOf("nb-NO")?.code).toBe("no");
    expect(rulesOf("nn")?.code).toBe("no");
    expect(rulesOf("xx")).toBeNull();
  });

  it("stand once for each language, in lower case", () => {
    expect(new Set(languages.map(({ code }) => code)).size).toBe(languages.length);
    for (const { functionWords, commonWords, verbs, givenNames } of languages)
      for (const word of [...functionWords, ...commonWords, ...verbs, ...givenNames])
        expect(word).toBe(word.toLowerCase());
  });
});
