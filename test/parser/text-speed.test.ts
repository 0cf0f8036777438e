/** A megabyte of the worst text is read within a second of processor time. */
import { describe, expect, it } from "vitest";
import { readText } from "../../src/parser/text.ts";

const size = 1_000_000;
const filled = (piece: string) => piece.repeat(Math.ceil(size / piece.length));
const runsOfBackticks = Array.from({ length: 1_400 }, (_, i) => "`".repeat(i + 1)).join(" ");

/** The better of two, so that a machine busy with something else does not count. */
function cost(text: string): number {
  const once = () => {
    const before = process.cpuUsage();
    readText(text);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  const first = once();
  return first < 700 ? first : Math.min(first, once());
}

describe("a megabyte is read within a second", () => {
  it.each([
    ["nested emphasis", filled("*a **b ")],
    ["emphasis that only opens", filled("*a_b~c ")],
    ["stars within words", filled("a*b")],
    ["100,000 brackets", "[".repeat(100_000) + "a".repeat(size - 300_000) + "](b)".repeat(50_000)],
    ["brackets that open and close", "[".repeat(size / 2) + "]".repeat(size / 2)],
    ["half targets", filled("[a](b(c)")],
    ["half titles", filled('[a](b "')],
    ["half references", filled("[a][b")],
    ["definitions", filled("[a]: https://a.example\n")],
    ["footnotes", filled("[^a]: b\n")],
    ["backticks of all lengths", runsOfBackticks],
    ["open comments", filled("<!-- ")],
    ["open scripts", filled("<script>")],
    ["open tags", filled('<a b="')],
    ["anchors", filled("<a href='https://a.example'>")],
    ["tags of spaces", `<a href${" ".repeat(size)}`],
    ["markers", filled("【")],
    ["private-use characters", filled("\ue200a")],
    ["ampersands", filled("&#x2")],
    ["backslashes", filled("\\")],
    ["at signs", filled("aaaa@b.")],
    ["glued addresses", filled("https://a.example/")],
    ["markers of many links", filled("([a](https://b.example), ")],
    ["items in items", filled("- - - - a\n")],
    ["quotations", filled("> > > a\n")],
    ["numbers", filled("1. ")],
    ["fences", filled("```a\n~~~\n")],
    ["titles of lists of sources", filled("Sources:\n")],
    ["lists of sources", filled("Sources:\nhttps://a.example\n")],
    ["spaces", filled(" ")],
    ["empty lines", filled("\n")],
  ])("of %s", (_, text) => {
    expect(cost(text)).toBeLessThan(1_000);
  });
});
