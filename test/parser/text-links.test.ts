/** Every way to write a link in an answer: its address, its place and what is said of it. */
import { describe, expect, it } from "vitest";
import { readText } from "../../src/parser/text.ts";

const links = (text: string) => readText(text).links.map(({ url, start, end }) => [url, text.slice(start, end)]);
const addresses = (text: string) => readText(text).links.map(({ url }) => url);

describe("links", () => {
  it.each([
    ["with a title", '[a](https://a.example "A (b)")', "https://a.example"],
    ["with a title in other quotes", "[a](https://a.example 'b')", "https://a.example"],
    ["with spaces around the target", "[a]( https://a.example )", "https://a.example"],
    ["with a line break before the title", '[a](https://a.example\n"b")', "https://a.example"],
    ["with brackets in the target", "[a](https://a.example/x_(y)_(z))", "https://a.example/x_(y)_(z)"],
    ["with a target in angle brackets", "[a](<https://a.example/x y>)", "https://a.example/x y"],
    ["with entities in the target", "[a](https://a.example/?x=1&amp;y=2)", "https://a.example/?x=1&y=2"],
    ["with escapes in the target", "[a](https://a.example/x\\_y)", "https://a.example/x_y"],
    ["with escapes in a bare address", "se https://a.example/x\\_y\\_z.", "https://a.example/x_y_z"],
    ["with brackets in the label", "[a [b] c](https://a.example)", "https://a.example"],
    ["with emphasis in the label", "[**a** *b*](https://a.example)", "https://a.example"],
    ["over two lines", "[a\nb](https://a.example)", "https://a.example"],
    ["in bold", "**[a](https://a.example)**, **https://a.example**", "https://a.example"],
    ["whose label is another address", "[https://b.example/y](https://a.example)", "https://a.example"],
    ["bare with a text fragment", "https://a.example/x#:~:text=a,b ok", "https://a.example/x#:~:text=a,b"],
    ["bare before a marker", "https://a.example/x[1]", "https://a.example/x"],
    ["bare before bold text", "https://a.example/x**Nej**", "https://a.example/x"],
    ["bare before an ellipsis", "https://a.example/x…", "https://a.example/x"],
    ["by reference", "[a][1] och [b]\n\n[1]: https://a.example\n[B]: <https://a.example> 'c'", "https://a.example"],
    ["by an anchor", '<a class="x" href="https://a.example" target=_blank>a b</a>', "https://a.example"],
    ["by an anchor without quotes", "<a href=https://a.example>a</a>", "https://a.example"],
    ["by an anchor with entities", "<a href='https://a.example/?x=1&amp;y=2'>a</a>", "https://a.example/?x=1&y=2"],
    ["by an anchor around its address", "<a href='https://a.example'>https://a.example</a>", "https://a.example"],
  ])("are found %s", (_, text, url) => {
    expect(new Set(addresses(text))).toEqual(new Set([url]));
  });

  it("by anchors that are never closed are the tags alone", () => {
    expect(links("<a href='https://a.example'> <br> <a href='https://b.example'> x")).toEqual([
      ["https://a.example", "<a href='https://a.example'>"],
      ["https://b.example", "<a href='https://b.example'>"],
    ]);
  });

  it("by anchors reach from tag to tag", () => {
    expect(links("Se <a href='https://a.example'>Acme</a>!")).toEqual([
      ["https://a.example", "<a href='https://a.example'>Acme</a>"],
    ]);
  });

  it("glued together are told apart, but an address may hold another", () => {
    expect(addresses("https://a.example/xhttps://b.example/y")).toEqual(["https://a.example/x", "https://b.example/y"]);
    expect(addresses("https://a.example/save/https://b.example")).toHaveLength(1);
    expect(addresses("https://a.example/?u=https://b.example")).toHaveLength(1);
  });

  it("keep their title and say how they are written", () => {
    const text =
      '[a](https://a.example "T") <https://b.example> https://c.example [d][1]\n\n[1]: https://d.example "D"';
    expect(readText(text).links.map(({ form, title }) => [form, title])).toEqual([
      ["inline", "T"],
      ["angle", undefined],
      ["bare", undefined],
      ["reference", "D"],
    ]);
  });

  it("in a marker of several keep an address each", () => {
    expect(addresses("Bra ([a](https://a.example), [b](https://b.example)).")).toHaveLength(2);
  });

  it("are not found in code, comments, images or where no host follows", () => {
    expect(addresses("```\nhttps://a.example\n```\n\n    https://a.example\n")).toEqual([]);
    expect(addresses("<!-- https://a.example --> ![a](https://a.example/x.png) https://$ https://... www.")).toEqual(
      [],
    );
  });
});

describe("listed links", () => {
  const listed = (text: string) => readText(text).links.map(({ url, listed }) => [url, listed ?? false]);

  it("stand in a list of sources", () => {
    expect(listed("Se [a](https://a.example).\n\nKällor:\n- [b](https://b.example)\n- https://c.example")).toEqual([
      ["https://a.example", false],
      ["https://b.example", true],
      ["https://c.example", true],
    ]);
  });

  it("stand in a footnote or a definition that no label uses", () => {
    expect(listed("A.[^1]\n\n[^1]: https://a.example\n[2]: https://b.example")).toEqual([
      ["https://a.example", true],
      ["https://b.example", true],
    ]);
  });

  it("are not those that a label uses", () => {
    expect(listed("A [1].\n\n[1]: https://a.example")).toEqual([["https://a.example", false]]);
  });
});
