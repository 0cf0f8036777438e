/** The parser's door: whole answers in, findings out, the same for the same input. */
import { describe, expect, it } from "vitest";
import { parse, parserVersion } from "../../src/parser/parse.ts";
import { read, setOf, type Tracked } from "./reading.ts";

const brands: Tracked[] = [
  { name: "Åhléns", key: "ahlens", role: "own", domains: ["ahlens.example"] },
  { name: "H&M", key: "hm", aliases: ["Hennes & Mauritz"], domains: ["hm.example"] },
  { name: "Zara", key: "zara", domains: ["zara.example"] },
];

const swedish = `Här är tre kedjor 🛍️:

1. **H&M** – prisvärt ([hm.example](https://www2.hm.example/sv?utm_source=openai))
2. **Åhléns** – brett utbud, men dyrare än Zara
3. Någon annan

Läs mer: https://test.example/kläder.`;

describe("an answer", () => {
  it("gives mentions, ranking and citations under the parser's version", () => {
    const findings = read(swedish, brands);
    expect(findings.parserVersion).toBe(parserVersion);
    expect(findings.mentions.map(({ brand, text }) => [brand, text])).toEqual([
      ["hm", "H&M"],
      ["ahlens", "Åhléns"],
      ["zara", "Zara"],
    ]);
    expect(findings.ranking).toEqual({
      source: "list",
      positions: { hm: 1, ahlens: 2 },
      order: ["hm", "ahlens", "zara"],
      candidates: [],
    });
    expect(findings.citations.map(({ owner, canonicalUrl }) => [owner, canonicalUrl])).toEqual([
      ["competitor:hm", "https://hm.example/sv"],
      ["other", "https://test.example/kl%C3%A4der"],
    ]);
  });

  it("is cut by its own offsets, whatever its letters", () => {
    const text = swedish.normalize("NFD");
    for (const mention of read(text, brands).mentions)
      expect(text.slice(mention.start, mention.end)).toBe(mention.text);
    for (const citation of read(text, brands).citations)
      expect(text.slice(citation.start, citation.end)).toContain(citation.url);
  });

  it("gives the same findings every time, from a set that is shared", () => {
    const set = setOf(brands);
    const first = parse({ text: swedish }, set);
    parse({ text: "Zara H&M Zara" }, set);
    expect(parse({ text: swedish }, set)).toEqual(first);
  });

  it("does not count what stands in an aside, as name or rank", () => {
    const aside = "1. Zara\n2. H&M\nI'll look at https://zara.example/x now. ";
    const { mentions, ranking } = parse(
      { text: `${aside}Åhléns.`, asides: [{ start: 0, end: aside.length, why: "preamble" }] },
      setOf(brands),
    );
    expect(mentions.map(({ brand, start }) => [brand, start])).toEqual([["ahlens", aside.length]]);
    expect(ranking.positions).toEqual({});
  });

  it("may have an aside in its middle", () => {
    const text = "[Zara](https://x.example/zara) first. Now I check H&M. **Åhléns** last.";
    const aside = { start: text.indexOf("Now"), end: text.indexOf(" **Å"), why: "preamble" as const };
    const { mentions } = parse({ text, asides: [aside] }, setOf(brands));
    expect(mentions.map(({ brand, start }) => [brand, start])).toEqual([
      ["zara", 1],
      ["ahlens", text.indexOf("Å")],
    ]);
  });

  it("that is empty has no findings", () => {
    expect(read("", brands)).toEqual({
      parserVersion,
      mentions: [],
      ranking: { source: null, positions: {}, order: [], candidates: [] },
      citations: [],
      ghosts: [],
    });
  });

  it("is read without any brands for its citations", () => {
    expect(read("Åhléns https://a.example", []).citations).toHaveLength(1);
    expect(read("Åhléns", []).mentions).toEqual([]);
  });
});
