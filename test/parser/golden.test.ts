/** Our own answers, half of them Swedish, must be read as people would read them. */
import { describe, expect, it } from "vitest";
import { parserVersion } from "../../src/parser/parse.ts";
import { goldenCases, readGolden, type GoldenCase } from "./golden.ts";

/** What is read of a case, in the words of its expectation. */
function outcome(one: GoldenCase): GoldenCase["expect"] {
  const { mentions, ranking, citations } = readGolden(one);
  const counted = mentions.filter(({ certainty }) => certainty !== "uncertain");
  return {
    mentions: counted.map(({ brand, text, start }, i) => ({
      brand,
      text: stemOf(one.expect.mentions[i]?.text, text),
      start,
    })),
    positions: ranking.positions,
    domains: [...new Set(citations.map(({ domain }) => domain))].sort(),
  };
}

/** A name may be marked with its ending or without: `Volvo` in `Volvos` is right too, but not in `Volvo Cars`. */
const stemOf = (wanted: string | undefined, found: string): string =>
  wanted?.startsWith(found) && /^[\p{L}:’']+$/u.test(wanted.slice(found.length)) ? wanted : found;

const due = goldenCases.filter(({ since = 1 }) => since <= parserVersion);
const later = goldenCases.filter(({ since = 1 }) => since > parserVersion);

describe("a golden answer", () => {
  it.each(due.map((one) => [one.id, one] as const))("is read as its expectation says: %s", (_, one) => {
    expect(outcome(one)).toEqual(one.expect);
  });

  it("whose expectation is for a later version is not met yet; else its mark must go", () => {
    const met = later.filter((one) => {
      try {
        expect(outcome(one)).toEqual(one.expect);
        return true;
      } catch {
        return false; // as its mark says
      }
    });
    expect(met.map(({ id }) => id)).toEqual([]);
  });
});

describe("the golden answers", () => {
  it("are many, half of them Swedish, each under a name of its own", () => {
    expect(goldenCases.length).toBeGreaterThanOrEqual(40);
    const swedish = goldenCases.filter(({ language }) => language === "sv").length;
    expect(Math.abs(swedish / goldenCases.length - 0.5)).toBeLessThan(0.05);
    expect(new Set(goldenCases.map(({ id }) => id)).size).toBe(goldenCases.length);
    expect(new Set(goldenCases.map(({ text }) => text)).size).toBe(goldenCases.length);
  });

  it("expect what stands in them, of brands they track", () => {
    for (const { text, brands, expect: expected } of goldenCases) {
      const keys = brands.map(({ key }) => key);
      for (const mention of expected.mentions) {
        expect(text.slice(mention.start, mention.start + mention.text.length)).toBe(mention.text);
        expect(keys).toContain(mention.brand);
      }
      expect(keys).toEqual(expect.arrayContaining(Object.keys(expected.positions)));
      expect(expected.domains).toEqual([...new Set(expected.domains)].sort());
    }
  });
});
