/** What a reader sees of an answer as words, and what is markup, address, code or marker. */
import { describe, expect, it } from "vitest";
import { readText } from "../../src/parser/text.ts";
import { named, surfaces } from "./reading.ts";

const links = (text: string) => readText(text).links.map(({ url, start, end }) => [url, text.slice(start, end)]);
const addresses = (text: string) => readText(text).links.map(({ url }) => url);

describe("names are read", () => {
  it.each([
    ["in bold", "**Acme** is good"],
    ["in italics", "*Acme* and more"],
    ["in italics by underscores", "_Acme_ and __more__"],
    ["in strong italics", "***Acme***"],
    ["struck through", "~~Acme~~"],
    ["in inline code", "run `Acme` now"],
    ["in a heading", "## Acme\ntext"],
    ["in a quotation", "> Acme"],
    ["in a table", "| Acme | 5 |\n|---|---|"],
    ["in a list", "- Acme\n* Other\n+ More"],
    ["in the label of a link", "[Acme](https://a.example/b)"],
    ["in the label of a link without target", "[Acme]()"],
    ["in bold in the label of a link", "[**Acme**](https://a.example)"],
    ["in the label of a link in brackets", "([Acme](https://a.example), 2024)"],
    ["in the label of a bold link", "**[Acme](https://a.example)**"],
    ["between tags", "<b>Acme</b>"],
    ["after a fence is closed", "```\ncode\n```\nAcme"],
    ["before a marker", "Acme[1], good"],
    ["before a marker of another kind", "Acme【4†source】"],
    ["between markers of private-use characters", "\ue200cite\ue202a0\ue201 Acme \ue200cite\ue202b1\ue202c2\ue201"],
    ["behind a less-than sign", "5 < Acme > 3"],
  ])("%s", (_, text) => {
    const [mention, ...more] = surfaces(text, "Acme");
    expect(mention).toBe("Acme");
    expect(more).toEqual([]);
  });

  it("across emphasis, and the surface is what stands there", () => {
    expect(surfaces("Home **Depot** here", "Home Depot")).toEqual(["Home **Depot"]);
    expect(surfaces("**H**ome Depot", "Home Depot")).toEqual(["H**ome Depot"]);
  });

  it("but not across a link's target or a marker that parts two words", () => {
    expect(named("Acme[1]Bolt", "Acme", "Bolt")).toEqual(["Acme", "Bolt"]);
    expect(named("[Acme](https://a.example)Bolt", "Acme", "Bolt")).toEqual(["Acme", "Bolt"]);
  });
});

describe("names are not read", () => {
  it.each([
    ["in a link's target", "[here](https://a.example/acme)"],
    ["in a link's target in angle brackets", "[here](<https://a.example/acme>)"],
    ["in a link's title", '[here](https://a.example "Acme")'],
    ["in a bare address", "see https://acme.example/acme-x?acme=1#acme for more"],
    ["in an address without a scheme", "see www.acme.example"],
    ["in an address between angle brackets", "<https://acme.example>"],
    ["in a label that is an address", "[https://a.example/acme](https://a.example/acme)"],
    ["in an e-mail address", "write to info@acme.example"],
    ["in a fenced block of code", "```js\nimport Acme\n```"],
    ["in a fence of tildes", "~~~\nAcme\n~~~"],
    ["in a fence that is never closed", "```\nAcme"],
    ["in an image", "![Acme](https://a.example/x.png)"],
    ["in a tag", '<a title="Acme">x</a>'],
    ["in a comment", "<!-- Acme\nAcme -->"],
    ["in a source marker", "【3†Acme】"],
    ["in a marker of private-use characters", "good\ue200cite\ue202Acme\ue202turn0search1\ue201 price"],
    ["in a citation marker", "good ([acme.example](https://acme.example/a))"],
  ])("%s", (_, text) => {
    expect(surfaces(text, "Acme")).toEqual([]);
  });

  it("in asides, which are shown but are not the answer", () => {
    const text = "I'll look up Acme. Acme is good.";
    const { hidden } = readText(text, [{ start: 0, end: 18, why: "preamble" }]);
    expect(hidden).toEqual([{ start: 0, end: 18 }]);
  });
});

describe("links", () => {
  it("are found as Markdown, in angle brackets and bare, each with its place", () => {
    const text = "[a](https://a.example/1) <https://b.example/2> https://c.example/3 www.d.example/4";
    expect(links(text)).toEqual([
      ["https://a.example/1", "[a](https://a.example/1)"],
      ["https://b.example/2", "<https://b.example/2>"],
      ["https://c.example/3", "https://c.example/3"],
      ["www.d.example/4", "www.d.example/4"],
    ]);
  });

  it("keep the citation marker whole, brackets and all", () => {
    expect(links("Good. ([a.example](https://a.example/1)) More.")).toEqual([
      ["https://a.example/1", "([a.example](https://a.example/1))"],
    ]);
  });

  it.each([
    ["a full stop", "Read https://a.example/x.", "https://a.example/x"],
    ["a comma", "https://a.example/x, and", "https://a.example/x"],
    ["a question mark", "https://a.example/x?", "https://a.example/x"],
    ["brackets", "(https://a.example/x)", "https://a.example/x"],
    ["brackets and a full stop", "(https://a.example/x).", "https://a.example/x"],
    ["straight quotes", '"https://a.example/x"', "https://a.example/x"],
    ["curly quotes", "“https://a.example/x” ”https://a.example/x”", "https://a.example/x"],
    ["guillemets", "«https://a.example/x»", "https://a.example/x"],
    ["bold", "**https://a.example/x**", "https://a.example/x"],
    ["a quotation of code", "`https://a.example/x`", "https://a.example/x"],
    ["a marker", "https://a.example/x【1†source】", "https://a.example/x"],
  ])("end before %s", (_, text, url) => {
    expect(new Set(addresses(text))).toEqual(new Set([url]));
  });

  it("keep brackets that are theirs", () => {
    expect(addresses("(see https://en.wiki.example/A_(b))")).toEqual(["https://en.wiki.example/A_(b)"]);
    expect(addresses("[a](https://en.wiki.example/A_(b))")).toEqual(["https://en.wiki.example/A_(b)"]);
  });

  it("keep their query and their other letters", () => {
    expect(addresses("https://a.example/å?q=ö&x=1,2 ok")).toEqual(["https://a.example/å?q=ö&x=1,2"]);
  });

  it("to places that are no web pages are no links", () => {
    expect(addresses("[a](#b) [c](/d) [e](mailto:f@g.example) [h](javascript:alert(1)) h@i.example")).toEqual([]);
  });

  it("around an image and of numbers are found", () => {
    expect(addresses("[![alt](https://a.example/i.png)](https://b.example)")).toEqual(["https://b.example"]);
    expect(addresses("good [[1]](https://b.example/x).")).toEqual(["https://b.example/x"]);
  });
});

describe("the hidden parts", () => {
  it("are in order and do not overlap", () => {
    const text = "**a** [b](https://c.example) `d` <i>e</i> [1] ([f](https://g.example)) ```";
    const { hidden } = readText(text);
    expect(hidden.length).toBeGreaterThan(10);
    for (const [i, span] of hidden.entries()) {
      expect(span.start).toBeLessThan(span.end);
      expect(span.start).toBeGreaterThanOrEqual(hidden[i - 1]?.end ?? 0);
    }
  });
});
