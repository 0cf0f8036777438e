/** Pages an answer cites: wire and text as one list, each page with its owner and its place. */
import { describe, expect, it } from "vitest";
import type { WireCitation } from "../../src/domain.ts";
import { read, type Tracked } from "./reading.ts";

const brands: Tracked[] = [
  { name: "Acme", key: "acme", role: "own", domains: ["acme.example"] },
  { name: "Bolt", key: "bolt", domains: ["bolt.example", "shop.acme.example", "bolt.github.io"] },
  { name: "Åhléns", key: "ahlens", domains: ["xn--hlns-poa0a.example"] },
];
const cite = (text: string, wire: WireCitation[] = []) => read(text, brands, wire).citations;
const owners = (...urls: string[]) => cite(urls.join(" ")).map(({ owner }) => owner);

describe("citations", () => {
  it("are read from links in the text, with place and canonical address, the raw one kept", () => {
    const url = "https://WWW.Acme.example/a/?utm_source=openai";
    expect(cite(`See [the page](${url}).`)).toEqual([
      {
        url,
        canonicalUrl: "https://acme.example/a",
        host: "acme.example",
        domain: "acme.example",
        owner: "own",
        kind: "inline",
        start: 4,
        end: 4 + "[the page]()".length + url.length,
        type: "company",
        supports: { start: 0, end: "See [the page]().".length + url.length },
        named: [],
      },
    ]);
  });

  it("are read from the wire, with title, kind and place as they came", () => {
    const wire: WireCitation = { url: "https://x.example/a#b", title: "X", start: 0, end: 3, kind: "block" };
    expect(cite("Yes.", [wire])).toEqual([
      {
        ...wire,
        canonicalUrl: "https://x.example/a",
        host: "x.example",
        domain: "x.example",
        owner: "other",
        type: "other",
        supports: { start: 0, end: 3 },
        named: [],
      },
    ]);
  });

  it("of wire and text at one place are one", () => {
    const text = "Good. ([x.example](https://www.x.example/a?utm_source=openai))";
    const wire: WireCitation = {
      url: "https://x.example/a?utm_source=openai",
      title: "X",
      start: 6,
      end: text.length,
      kind: "inline",
    };
    expect(cite(text, [wire])).toHaveLength(1);
    expect(cite(text, [wire])[0]).toMatchObject({ title: "X", start: 6 });
  });

  it("of the wire without a place leave a link alone that another of the same page has", () => {
    const text = "Good. [x](https://x.example)";
    const placed: WireCitation = { url: "https://x.example", start: 6, end: text.length, kind: "inline" };
    const places = cite(text, [{ url: "https://x.example", kind: "listed" }, placed]).map(({ start }) => start);
    expect(places).toEqual([6, undefined]);
  });

  it("of the wire without a place take that of the same page in the text", () => {
    const listed: WireCitation = { url: "https://x.example/a", title: "X", kind: "listed" };
    expect(cite("Good: https://x.example/a/ indeed", [listed])).toEqual([
      expect.objectContaining({ title: "X", start: 6, end: 26 }),
    ]);
  });

  it("of one page at two places are two", () => {
    const found = cite("[a](https://x.example/a) and [b](https://x.example/a)");
    expect(found.map(({ start }) => start)).toEqual([0, 29]);
    const wire: WireCitation = { url: "https://x.example/a", start: 0, end: 24, kind: "inline" };
    expect(cite("[a](https://x.example/a) and [b](https://x.example/a)", [wire])).toHaveLength(2);
  });

  it("of the wire that only touch a link are another place", () => {
    const text = "Good. [a](https://x.example/a)";
    const wire: WireCitation = { url: "https://x.example/a", start: 0, end: 6, kind: "block" };
    expect(cite(text, [wire]).map(({ start }) => start)).toEqual([0, 6]);
  });

  it("stand in order of place, those without a place last and as they came", () => {
    const wire: WireCitation[] = [
      { url: "https://d.example", kind: "listed" },
      { url: "https://c.example", kind: "listed" },
      { url: "https://b.example", start: 30, end: 31, kind: "inline" },
    ];
    const found = cite("[a](https://a.example) and more text here.", wire);
    expect(found.map(({ host }) => host)).toEqual(["a.example", "b.example", "d.example", "c.example"]);
  });

  it("that are no web addresses are left out", () => {
    const bad = ["javascript:alert(1)", "data:text/html,x", "mailto:a@acme.example", "", "turn0search0"];
    expect(
      cite(
        "[a](javascript:alert(1)) b@acme.example",
        bad.map((url) => ({ url, kind: "listed" })),
      ),
    ).toEqual([]);
  });

  it("are not read from code, e-mail addresses and images", () => {
    expect(cite("```\nhttps://a.example\n```\n![x](https://b.example/x.png) a@c.example")).toEqual([]);
  });

  it("leave what they were given as it was", () => {
    const wire: WireCitation[] = [{ url: "https://x.example/a", kind: "listed" }];
    cite("https://x.example/a", Object.freeze(wire.map((one) => Object.freeze(one))) as WireCitation[]);
    expect(wire).toEqual([{ url: "https://x.example/a", kind: "listed" }]);
  });
});

describe("a page's owner", () => {
  it("is the brand whose domain it is on or below", () => {
    expect(owners("https://acme.example/x", "https://www.acme.example", "https://a.blog.acme.example")).toEqual([
      "own",
      "own",
      "own",
    ]);
    expect(owners("https://bolt.example", "https://sv.bolt.example/a")).toEqual(["competitor:bolt", "competitor:bolt"]);
  });

  it("is nobody tracked when the host only looks alike or the domain stands elsewhere", () => {
    expect(
      owners(
        "https://notacme.example",
        "https://acme.example.evil.example",
        "https://x.example/?ref=acme.example",
        "https://x.example/acme.example",
        "https://acme.example@evil.example",
        "https://acme.github.io",
        "https://аcme.example",
      ),
    ).toEqual(Array(7).fill("other"));
  });

  it("is decided by the longest domain", () => {
    expect(owners("https://shop.acme.example/a", "https://my.shop.acme.example")).toEqual([
      "competitor:bolt",
      "competitor:bolt",
    ]);
  });

  it("may be known by a domain below a private suffix", () => {
    expect(owners("https://bolt.github.io/docs")).toEqual(["competitor:bolt"]);
  });

  it("is found whether the domain is written in punycode or in Unicode", () => {
    expect(owners("https://åhléns.example/rea", "https://www.xn--hlns-poa0a.example")).toEqual([
      "competitor:ahlens",
      "competitor:ahlens",
    ]);
  });
});
