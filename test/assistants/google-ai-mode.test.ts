/** AI Mode's own Markdown and the blocks that say what its sources stand for. */
import { describe, expect, it } from "vitest";
import { googleAiMode } from "../../src/assistants/google-ai-mode.ts";
import type { Reply } from "../../src/domain.ts";
import { citedText, reading } from "./asking.ts";

const [a, b] = ["https://cykeltest.example/a", "https://bikes.example/b_(test)"] as const;
const references = [
  { index: 0, title: "Om A", link: a },
  { index: 1, title: "Om B", link: b },
];
const read = (reconstructed_markdown: string | null, blocks: [string, ...number[]][]): Reply =>
  reading(googleAiMode, {
    search_metadata: { status: "Success" },
    ...(reconstructed_markdown !== null && { reconstructed_markdown }),
    text_blocks: blocks.map(([snippet, ...reference_indexes]) => ({ type: "paragraph", snippet, reference_indexes })),
    references,
    subsequent_request_token: "x",
    shopping_results: [{ link: "https://affar.example/" }],
  });

describe("AI Mode's own text", () => {
  it.each([
    ["Swedish", "🚲 **Vindil** är _bäst_ på grus.", "Vindil är bäst på grus."],
    ["Japanese", "🎌 砂利道では**Vindil**が一番です。", "砂利道ではVindilが一番です。"],
    ["Finnish", "👩‍🔧 Vindil on `paras` soratiellä", "Vindil on paras soratiellä"],
  ])("is taken unchanged, and a block is found in it although its marks are missing (%s)", (_, marked, plain) => {
    const markdown = `## Svar 🏁\n\n${marked}\n\nSlut.`;
    const reply = read(markdown, [["Svar"], [plain, 0, 1]]);
    expect(reply.text).toBe(markdown);
    expect(reply.citations.map(({ kind, url }) => [kind, url])).toEqual([
      ["block", a],
      ["block", b],
    ]);
    const [cited = ""] = citedText(reply);
    expect(cited!.replace(/[*_`]/g, "")).toBe(plain);
  });

  it("is gone through in order: the same words twice are two places", () => {
    const reply = read("Ja, det är bra.\n\nMen: Ja, det är bra.", [
      ["Ja, det är bra.", 0],
      ["Ja, det är bra.", 1],
    ]);
    expect(reply.citations.map(({ start }) => start)).toEqual([0, 22]);
  });

  it("gives a source no place when its block is not there, but its address may have one", () => {
    const reply = read(`Kort ([b](${b})).`, [
      ["Helt andra ord.", 0, 1],
      ["b", 0],
    ]);
    expect(reply.citations).toEqual([
      { url: a, title: "Om A", kind: "listed" },
      { url: b, title: "Om B", kind: "inline", start: 5, end: 5 + b.length + 7 },
      { url: a, title: "Om A", kind: "listed" },
    ]);
    expect(citedText(reply)[1]).toBe(`([b](${b}))`);
  });

  it("is made from blocks when the vendor gives none", () => {
    for (const none of [null, "", " "]) {
      const reply = read(none, [["Å!", 0]]);
      expect([reply.text, citedText(reply), reply.outcome]).toEqual(["Å!", ["Å!"], "answered"]);
    }
  });

  it("keeps pages that no block points to as sources only, and goods for sale as none", () => {
    expect(read("Ja.", [["Ja.", 0]]).sources).toEqual([
      { url: a, title: "Om A", cited: true },
      { url: b, title: "Om B", cited: false },
    ]);
  });
});

it("is not shown when Google has nothing", () => {
  const nothing = {
    search_metadata: { status: "Success" },
    error: "Google hasn't returned any results for this query.",
  };
  expect(reading(googleAiMode, nothing)).toMatchObject({ outcome: "no_surface", text: "", finish: nothing.error });
});
