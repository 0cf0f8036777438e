/** German: genitive and compounds, nouns that all have a capital, families, and what is not known. */
import { describe, expect, it } from "vitest";
import { read } from "../reading.ts";

const counted = (text: string, brand: string): string[] =>
  read(text, [brand])
    .mentions.filter(({ certainty }) => certainty !== "uncertain")
    .map((mention) => mention.text);

describe("a name in German", () => {
  it.each([
    ["Das ist Volkswagens Problem und nicht das der Kunden.", "Volkswagen"],
    ["Der VW-Konzern hat die Preise erhöht.", "VW"],
    ["Das alte Teslamodell wird nicht mehr gebaut.", "Tesla"],
    ["Mit dem Googlekonto ist es einfach.", "Google"],
    ["Sie arbeitet bei Stern und nicht bei der Post.", "Stern"],
  ])("is found with what hangs on it: %s", (text, brand) => {
    expect(counted(text, brand)).toHaveLength(1);
  });

  it.each([
    ["Das Bild hängt an der Wand und es ist schön.", "Bild"],
    ["Ein Stern ist am Himmel, aber nicht mehr.", "Stern"],
    ["Bayern ist schön und nicht weit.", "Bayer"],
    ["Der Autor Rudolf Müller lebt in der Stadt.", "Müller"],
  ])("does not count as a noun or a family: %s", (text, brand) => {
    expect(counted(text, brand)).toEqual([]);
  });

  it.each(["Ich kenne leider keine Firma namens Acme.", "Ich habe keine genauen Informationen über Acme."])(
    "is denied where the answer does not know it: %s",
    (text) => {
      expect(read(text, ["Acme"]).mentions.map(({ denied }) => denied)).toEqual([true]);
    },
  );

  it("is not denied where it is the exception", () => {
    const { mentions } = read("Ich kenne keine Informationen zu Preisen außer bei Acme.", ["Acme"]);
    expect(mentions.map(({ denied }) => denied)).toEqual([undefined]);
  });
});
