/** citera parse as a process: JSON Lines in, findings out, with a number for every line that is none. */
import { describe, it } from "vitest";
import type { Findings } from "../../src/domain.ts";
import { deskFor } from "../support/cli.ts";

interface Found {
  id?: string | number;
  mentions: { brand: string; start: number; end: number; text: string; form: string; via: string; certainty: string }[];
  ranking: { source: string | null; positions: Record<string, number> };
  citations: { url: string; canonicalUrl: string; host: string; domain: string; owner: string; kind: string }[];
}
const found = (stdout: string) =>
  stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Found);
const lines = (...inputs: unknown[]) =>
  inputs.map((input) => (typeof input === "string" ? input : JSON.stringify(input))).join("\n");

describe.concurrent("citera parse", { timeout: 60_000 }, () => {
  it("finds mentions, ranking and citations at their offsets in the text", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const text = "🚲 Topplista:\n1. Vindil Max\n2. Åkerblom AB\n\nSe https://www.vindil.example/test?utm_source=x";
    const answer = {
      id: "svar-1",
      text,
      language: "sv",
      citations: [{ url: "https://Pedalus.example/a#b", title: "A", start: 0, end: 2 }],
      sources: [{ url: "https://pedalus.example/b" }],
    };
    desk.write("brands.json", [
      { id: "v", name: "Vindil", domains: ["vindil.example"], products: ["Vindil Max"], own: true },
      { name: "Pedalus", domains: ["pedalus.example"] },
      { name: "Åkerblom", aliases: ["Åkerblom AB"] },
    ]);
    const { stdout, stderr, code } = await desk.run(["parse", "--brands", "brands.json"], { input: lines(answer) });
    expect([stderr, code]).toEqual(["", 0]);
    const [{ id, mentions, ranking, citations } = found("")[0]!] = found(stdout);
    expect(id).toBe("svar-1");
    for (const { start, end, text: piece } of mentions) expect(text.slice(start, end)).toBe(piece);
    expect(mentions.slice(0, 2).map(({ brand, text: piece, via }) => [brand, piece, via])).toEqual([
      ["v", "Vindil Max", "product"],
      ["Åkerblom", "Åkerblom AB", "alias"],
    ]);
    expect(ranking).toMatchObject({ source: "list", positions: { v: 1, Åkerblom: 2 } });
    const places = citations.map(({ host, domain, owner }) => [host, domain, owner]);
    expect(places).toContainEqual(["pedalus.example", "pedalus.example", "competitor:Pedalus"]);
    expect(places.map(([, domain, owner]) => [domain, owner])).toContainEqual(["vindil.example", "own"]);
  });

  it("says all it knows: reasons, denials, places, sentences, sources, candidates, ghosts and what is uncited", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const brands = [{ name: "Vindil", own: true, domains: ["vindil.example"] }, { name: "Away" }, { name: "Tesla" }];
    const first = "Away is best.\n\n1. **Vindil** – see [test](https://vindil.example/a).\n2. **Kandor X1** – quick.";
    const { stdout } = await desk.run(["parse"], {
      input: lines(
        { id: 1, text: first, language: "en", brands },
        { id: 2, text: "I couldn't find any information about Vindil. See [this](https://vindil.example/).", brands },
        { id: 3, text: "Teslor.", language: "sv", brands },
        { id: 4, text: "Teslor.", language: "en", brands },
      ),
    });
    const [rich, ghost, swedish, english] = stdout.split("\n", 4).map((line) => JSON.parse(line) as Findings);
    expect(rich!.mentions).toMatchObject([
      {
        brand: "Away",
        place: "prose",
        sentence: { start: 0, end: 13 },
        uncited: true,
        reason: expect.any(String) as string,
      },
      { brand: "Vindil", place: "list", sentence: { start: 18 } },
    ]);
    expect(rich!.mentions[1]).not.toHaveProperty("uncited");
    expect(rich!.ranking.candidates).toMatchObject([{ text: "Kandor X1", position: 2 }]);
    expect(rich!.citations).toMatchObject([{ type: "company", supports: { start: 15 }, named: ["Vindil"] }]);
    expect(ghost).toMatchObject({ ghosts: ["Vindil"], mentions: [{ denied: true, certainty: "uncertain" }] });
    expect([swedish!.mentions.length, english!.mentions.length]).toEqual([1, 0]);
  });

  it("numbers lines that are none, goes on with the others, and says so at the end", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    desk.write("brands.json", [{ id: "file", name: "Vindil" }, { name: "Pedalus" }]);
    const input = lines(
      `\ufeff${JSON.stringify({ id: 1, text: "Vindil, Pedalus", brands: [{ id: "line", name: "Vindil" }] })}\r`,
      "not JSON",
      { id: 3 },
      "",
      { id: 5, text: "Vindil", brands: [{ aliases: ["x"] }] },
      { text: "A line\u2028within\u2028Vindil" },
      "[]",
    );
    const { stdout, stderr, code } = await desk.run(["parse", "--brands", "brands.json"], { input });
    expect(code).toBe(2);
    expect(found(stdout).map(({ id, mentions }) => [id, mentions.map(({ brand }) => brand)])).toEqual([
      [1, ["line", "Pedalus"]],
      [undefined, ["file"]],
    ]);
    const complaints = stderr.split("\n").slice(0, -1);
    expect(complaints.map((line) => line.split(":", 2).join(":"))).toEqual([
      expect.stringMatching(/^line 2: .*not JSON/),
      "line 3: text",
      "line 5: brands.0.name",
      "line 7: the whole",
    ]);
  });

  it("makes nothing of nothing, and names a brands file it cannot read", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    desk.write("object.json", { name: "Vindil" });
    const [nothing, missing, wrong] = await Promise.all([
      desk.run(["parse"]),
      desk.run(["parse", "--brands", "none.json"]),
      desk.run(["parse", "--brands", "object.json"]),
    ]);
    expect(nothing).toEqual({ stdout: "", stderr: "", code: 0 });
    expect(missing).toMatchObject({ stdout: "", code: 2 });
    expect(missing.stderr).toMatch(/^none\.json: .*no such file/);
    expect(wrong).toMatchObject({ stdout: "", code: 2 });
    expect(wrong.stderr).toMatch(/^object\.json: the whole: neither a list of brands nor a project file/);
  });

  it("keeps up with many long lines, in their order", async (test) => {
    const { expect } = test;
    const desk = deskFor(test);
    const brands = [{ name: "Vindil" }];
    const many = Array.from({ length: 400 }, (_, id) => ({
      id,
      text: `${"Elcyklar är bra. ".repeat(200)}Vindil.`,
      brands,
    }));
    const { stdout, code } = await desk.run(["parse"], { input: lines(...many) });
    expect(code).toBe(0);
    expect(found(stdout).map(({ id }) => id)).toEqual(many.map(({ id }) => id));
    expect(found(stdout).every(({ mentions }) => mentions.length === 1)).toBe(true);
  });
});
