/** What is a sentence and what is a word in an answer. */
import { describe, expect, it } from "vitest";
import { longestText, sentencesOf } from "../../src/measures/sentences.ts";

const plain = (text: string) => ({ text, asides: [], mentions: [], citations: [] });
const words = (text: string, language = "en") => sentencesOf(plain(text), language).map((one) => one.words);

describe("words", () => {
  it.each([
    ["Acme is good. It's AI-made, on HP.", [3, 6]],
    ["## Best tools\n\n- Acme\n- Bolt: 3.5 of 5\n\n---\n", [2, 1, 5]],
    ["1. Acme wins\n2) Bolt loses", [2, 2]],
    ["Acme leads [1][2, 3]. Bolt follows.[^1]", [2, 2]],
    ["Acme leads ([The long title](https://x.example/a_(b))). Bolt follows【4†source】.", [2, 2]],
    ["Read [Acme's own guide](https://acme.example/a/b?c=d) or [acme.example](https://acme.example).", [6]],
    ["See https://acme.example/path/to/page for more", [3]],
    ["| Name | Price |\n|---|---|\n| Acme | 5<br>6 |", [2, 3]],
    ["Är åäö ord? Ja. Visst", [3, 1, 1]],
    ["", []],
    [" [1] \n***", []],
  ])("of %j are runs of letters and digits, markers none", (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it("are told apart in scripts that leave no space between them", () => {
    expect(words("这是一个很好的产品。我们推荐它。", "zh")).toEqual([expect.any(Number), expect.any(Number)]);
    for (const count of words("这是一个很好的产品。我们推荐它。", "zh")) expect(count).toBeGreaterThan(2);
  });

  it("of preamble, and of an entry in a list of sources, are none", () => {
    const text = "Let me search. Acme is good.\nA page about Acme";
    const [first, last] = [text.indexOf("Acme is"), text.indexOf("A page")];
    const own = { start: last, end: text.length };
    const sentences = sentencesOf(
      {
        text,
        asides: [{ start: 0, end: first, why: "preamble" }],
        mentions: [{ brandId: "acme", start: first, end: first + 4 }],
        citations: [{ domain: "x.example", own, supports: null }],
      },
      "en",
    );
    expect(sentences).toEqual([{ words: 3, brands: ["acme"], sources: [] }]);
  });

  it("of a lone word that a citation covers are none, unless it names a brand", () => {
    const text = "Bolt\nAcme source";
    const at = (word: string) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length });
    const cite = (word: string) => ({ domain: "x.example", own: at(word), supports: at("Acme source") });
    const mentions = [{ brandId: "acme", ...at("Acme") }];
    const sentences = sentencesOf({ text, asides: [], mentions, citations: [cite("Acme"), cite("source")] }, "en");
    expect(sentences).toEqual([
      { words: 1, brands: [], sources: [] },
      { words: 1, brands: ["acme"], sources: ["x.example"] },
    ]);
  });

  it("are read of a long text up to a limit, however it is written", () => {
    const hostile = ["[a](b ", "([x](", "<a ", "a.b", "[a.b", "【", "1. ", "a\n", "い。", "\u0301"];
    for (const part of hostile) {
      const text = part.repeat((2 * longestText) / part.length);
      const sentences = sentencesOf(plain(text), "en");
      expect(sentences.length).toBeLessThanOrEqual(2_000);
      expect(sentences.reduce((sum, one) => sum + one.words, 0)).toBeLessThanOrEqual(longestText);
    }
  });
});
