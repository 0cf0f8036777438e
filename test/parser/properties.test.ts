/** What holds for every answer and every list of brands, tried on many that a machine made up. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Findings, WireCitation } from "../../src/domain.ts";
import { parse } from "../../src/parser/parse.ts";
import { canonicalUrl } from "../../src/parser/urls.ts";
import { read, setOf, type Tracked } from "./reading.ts";

/** One seed for all, so that a run is like the one before. */
const runs = (numRuns: number) => ({ numRuns, seed: 20_260_302 });

const brands: Tracked[] = [
  { name: "Åhléns", role: "own", domains: ["åhléns.example"], aliases: ["Åhléns City"] },
  { name: "Löfbergs", domains: ["lofbergs.example"] },
  { name: "H&M", aliases: ["Hennes & Mauritz"], products: ["COS"] },
  { name: "Apple" },
  { name: "Max" },
  { name: "7-Eleven" },
  { name: "Nestlé" },
];
const names = ["Åhléns", "Åhléns City", "Löfbergs", "H&M", "Hennes & Mauritz", "COS", "Apple", "7-Eleven", "nestlé"];

const markup = [
  ..."*_`~[]()<>#|\\\n\t .,:;!?&-–'’\"“”/@",
  "**",
  "```\n",
  "1. ",
  "\n2. ",
  "- ",
  "](https://www.lofbergs.example/a?utm_source=x)",
  "https://åhléns.example/å",
  "<b>",
  "<!--",
  "-->",
  "【1†source】",
  "[2]",
  "&amp;",
];
const oddities = [
  "🎉",
  "❤️",
  "1️⃣",
  "👩‍💻",
  "\u0301",
  "\u030a",
  "\u200b",
  "\u00ad",
  "\ud83d",
  "\udc00",
  "\ue200",
  "ſ",
  "İ",
  "ß",
  "株",
];

/** Text as assistants and their worst enemies write it. */
const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...names),
      fc.constantFrom(...markup),
      fc.constantFrom(...oddities),
      fc.string({ unit: "grapheme", maxLength: 8 }),
      fc.string({ unit: "binary", maxLength: 4 }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(""));

const wire: fc.Arbitrary<WireCitation[]> = fc.array(
  fc.record(
    {
      url: fc.oneof(
        fc.webUrl({ withQueryParameters: true, withFragments: true }),
        fc.string(),
        fc.constantFrom(...markup),
      ),
      kind: fc.constantFrom("inline" as const, "block" as const, "listed" as const),
      start: fc.nat(200),
      end: fc.nat(200),
    },
    { requiredKeys: ["url", "kind"] },
  ),
  { maxLength: 6 },
);

const inOrder = (spans: { start?: number; end?: number }[]) =>
  spans.every(({ start = Infinity }, i) => i === 0 || start >= (spans[i - 1]!.start ?? Infinity));

describe("any text", () => {
  it("is read without an error, into findings that point into it", () => {
    fc.assert(
      fc.property(hostileText, wire, (text, citations) => {
        const findings = read(text, brands, citations);
        for (const { start, end, text: surface } of findings.mentions) {
          expect(surface).toBe(text.slice(start, end));
          expect(surface.trim()).not.toBe("");
        }
        for (const [i, { start }] of findings.mentions.entries())
          expect(start).toBeGreaterThanOrEqual(findings.mentions[i - 1]?.end ?? 0);
        expect(inOrder(findings.citations)).toBe(true);
        expect(JSON.parse(JSON.stringify(findings))).toEqual(findings);
      }),
      runs(400),
    );
  });

  it("ranks only brands that it names, from place 0 up, and orders each once", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const { mentions, ranking } = read(text, brands);
        const found = [...new Set(mentions.map(({ brand }) => brand))];
        expect(ranking.order).toEqual(found);
        for (const [brand, place] of Object.entries(ranking.positions)) {
          expect(found).toContain(brand);
          expect(Number.isInteger(place) && place >= 0).toBe(true);
        }
        expect(ranking.source === "list").toBe(Object.keys(ranking.positions).length > 1);
      }),
      runs(300),
    );
  });

  it("names as many brands composed as decomposed", () => {
    const count = (text: string) => read(text, brands).mentions.map(({ brand }) => brand);
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(count(text.normalize("NFD"))).toEqual(count(text.normalize("NFC")));
      }),
      runs(400),
    );
  });
});

describe("the list of brands", () => {
  it("may grow by one that is not named without any change", () => {
    const added: Tracked = { name: "Qqzzxkw", key: "new", aliases: ["Wkxzzqq Company"], domains: ["qqzzxkw.example"] };
    fc.assert(
      fc.property(hostileText, wire, fc.boolean(), (text, citations, first) => {
        fc.pre(!/qqzzxkw|wkxzzqq/i.test(text + JSON.stringify(citations)));
        const more = first ? [added, ...brands] : [...brands, added];
        expect(read(text, more, citations)).toEqual(read(text, brands, citations));
      }),
      runs(200),
    );
  });

  it("may stand in any order", () => {
    fc.assert(
      fc.property(
        hostileText,
        wire,
        fc.shuffledSubarray(brands, { minLength: brands.length }),
        (text, citations, mixed) => {
          expect(read(text, mixed, citations)).toEqual(read(text, brands, citations));
        },
      ),
      runs(200),
    );
  });

  it("loses with a brand only what was found of that brand, where no names overlap", () => {
    const others = brands.filter((brand) => typeof brand !== "string" && brand.name !== "Apple");
    const without = ({ mentions }: Findings) => mentions.filter(({ brand }) => brand !== "Apple");
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(read(text, others).mentions).toEqual(without(read(text, brands)));
      }),
      runs(200),
    );
  });
});

describe("a name between two words", () => {
  const word = fc.stringMatching(/^[a-zåäö]{1,8}$/);
  const gap = fc.constantFrom(" ", "\n", ", ", " **", "** ", " (", "/", "–", " 🎉", "❤️", "\u00a0", ": ");

  it("is found exactly there", () => {
    fc.assert(
      fc.property(fc.constantFrom(...names), word, word, gap, gap, (name, before, after, left, right) => {
        const text = `${before}${left}${name}${right}${after}`;
        const set = setOf([{ name: "it", aliases: [name] }]);
        const there = parse({ text }, set).mentions.map(({ start, end }) => [start, end]);
        const at = before.length + left.length;
        expect(there).toContainEqual([at, at + name.length]);
      }),
      runs(200),
    );
  });

  it("is not found once it grows into either", () => {
    fc.assert(
      fc.property(word, word, fc.boolean(), (before, after, left) => {
        const text = left ? `${before}Nestlé ${after}` : `${before} Nestlé${after}`;
        expect(read(text, ["Nestlé"]).mentions).toEqual([]);
      }),
      runs(100),
    );
  });
});

describe("a canonical address", () => {
  it("is canonical", () => {
    const address = fc.webUrl({
      validSchemes: ["http", "https"],
      withQueryParameters: true,
      withFragments: true,
      authoritySettings: { withPort: true, withUserInfo: true },
    });
    fc.assert(
      fc.property(address, fc.constantFrom("", "www.", "m.", "www.m."), (url, prefix) => {
        const once = canonicalUrl(url.replace("://", `://${url.includes("@") ? "" : prefix}`));
        fc.pre(once !== null);
        expect(once.canonicalUrl).toMatch(/^https:\/\/[^#]*[^/#]$/);
        expect(canonicalUrl(once.canonicalUrl)).toEqual(once);
      }),
      runs(300),
    );
  });

  it("does not change with tracking, fragments, case of the host, www and a slash at the end", () => {
    const path = fc.array(fc.stringMatching(/^[A-Za-z0-9_-]{1,6}$/), { maxLength: 3 });
    fc.assert(
      fc.property(path, fc.constantFrom("utm_source=a", "gclid=1", "fbclid=x&utm_term=y"), (parts, tracking) => {
        fc.pre(parts.at(-1) !== "amp");
        const plain = ["https://shop.acme.example", ...parts].join("/");
        const dressed = `http://WWW.Shop.ACME.example/${parts.map((part) => `${part}/`).join("")}?${tracking}#x`;
        expect(canonicalUrl(dressed)).toEqual(canonicalUrl(plain));
        expect(canonicalUrl(plain)!.canonicalUrl).toBe(plain);
      }),
      runs(100),
    );
  });
});
