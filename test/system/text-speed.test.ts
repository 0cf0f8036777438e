/** The worst text is read in time that grows with its length only. */
import { describe, expect, it } from "vitest";
import { readText } from "../../src/parser/text.ts";

const size = 100_000;
const filled = (piece: string) => piece.repeat(Math.ceil(size / piece.length));
const runsOfBackticks = Array.from({ length: 600 }, (_, i) => "`".repeat(i + 1)).join(" ");

/** Pieces of Markdown in an order that a fixed seed gives, some of them many times in a row. */
function mixed(seed: number): string {
  const pieces =
    "**|*|_|[|](|](https://a.example)|<a href='|</a>|&amp;|\n|\n\n|    |Sources:\n|<!--|-->|```|`|- |1. |> |# |\\|(|)"
      .split("|")
      .concat("|", "\n|a|b|\n|---|---|\n", "www.", "【1†a】", "\u0301", "\u200b", "\ud83d", "[1]: https://c.example\n");
  let state = seed;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  let text = "";
  while (text.length < size) text += pieces[next(pieces.length)]!.repeat(next(10) === 0 ? next(300) : 1);
  return text;
}

/** The better of two, so that a machine busy with something else does not count. */
function cost(text: string): number {
  const once = () => {
    const before = process.cpuUsage();
    readText(text);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  return Math.min(once(), once(), once());
}

describe("four times as much text takes about four times as long", () => {
  it.each([
    ["nested emphasis", filled("*a **b ")],
    ["emphasis that only opens", filled("*a_b~c ")],
    ["stars within words", filled("a*b")],
    ["brackets around much", "[".repeat(size / 10) + "a".repeat(size / 2) + "](b)".repeat(size / 10)],
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
    ["escapes", filled("\\*")],
    ["entities", filled("&amp;")],
    ["stars only", filled("*")],
    ["underscores only", filled("_")],
    ["links without a target", filled("[]()")],
    ["redirects in redirects", filled("https://google.com/url?q=")],
    ["zero-width characters", filled("\u200b")],
    ["lists of sources that never end", `Sources:\n${filled("- https://a.example\n")}`],
    ["quotations of lists", filled("> - a\n\n- > b\n")],
    ["pieces of all kinds", mixed(1)],
    ["pieces of all kinds in another order", mixed(2)],
  ])("of %s", (_, text) => {
    // sixteen times where the time is quadratic
    expect(cost(text)).toBeLessThan(9 * cost(text.slice(0, text.length / 4)) + 100);
  });
});
