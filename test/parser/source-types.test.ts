/** What sort of place publishes a page: the table first, then what the address itself tells. */
import { describe, expect, it } from "vitest";
import type { SourceType } from "../../src/domain.ts";
import { sourceType } from "../../src/parser/source-types.ts";
import { canonicalUrl } from "../../src/parser/urls.ts";

const typeOf = (url: string, owner?: string, overrides?: ReadonlyMap<string, SourceType>): SourceType =>
  sourceType(canonicalUrl(url)!, owner, overrides);

describe("a well-known site", () => {
  it.each([
    ["news", "https://www.svd.se/a/abc"],
    ["news", "https://www.bbc.co.uk/news/business-1"],
    ["review", "https://www.prisjakt.nu/produkt.php?p=1"],
    ["review", "https://se.trustpilot.com/review/acme.example"],
    ["forum", "https://www.reddit.com/r/sweden/comments/1"],
    ["forum", "https://www.flashback.org/t1"],
    ["social", "https://www.linkedin.com/company/acme"],
    ["video", "https://youtu.be/abc"],
    ["encyclopedia", "https://sv.wikipedia.org/wiki/Volvo"],
    ["shop", "https://www.amazon.se/dp/B01"],
    ["documentation", "https://github.com/acme/sdk"],
    ["institution", "https://www.konsumentverket.se/rad"],
  ] as const)("is of type %s: %s", (type, url) => {
    expect(typeOf(url)).toBe(type);
  });
});

describe("a site that no table knows", () => {
  it.each([
    ["news", "https://www.exempeltidningen.se/ekonomi"],
    ["news", "https://daily-example-news.com/markets"],
    ["news", "https://example.org/en/news/launch"],
    ["review", "https://www.exempelrecensioner.se/dammsugare"],
    ["review", "https://example.net/reviews/vacuums"],
    ["forum", "https://community.example.net/t/12"],
    ["forum", "https://www.exempelforum.se/"],
    ["documentation", "https://docs.example.net/start"],
    ["documentation", "https://example.net/help/returns"],
    ["shop", "https://www.exempelbutiken.se/"],
    ["shop", "https://example.net/products/vacuum"],
    ["institution", "https://www.example.gov.uk/cars"],
    ["institution", "https://www.exempelkommun.se/"],
    ["encyclopedia", "https://www.examplepedia.org/Volvo"],
    ["other", "https://example.net/about"],
  ] as const)("is called %s by its address: %s", (type, url) => {
    expect(typeOf(url)).toBe(type);
  });
});

describe("a page of a tracked brand", () => {
  it("is the company's, be it its own or a rival's", () => {
    expect(typeOf("https://acme.example.com/about", "own")).toBe("company");
    expect(typeOf("https://globex.example.com/", "competitor:Globex")).toBe("company");
  });

  it("is the company's voice even where it calls itself news", () => {
    expect(typeOf("https://newsroom.acme-example.com/launch", "own")).toBe("company");
    expect(typeOf("https://newsroom.acme-example.com/launch")).toBe("news");
  });

  it("is documentation or a forum where its host says so", () => {
    expect(typeOf("https://docs.acme-example.com/start", "own")).toBe("documentation");
    expect(typeOf("https://community.acme-example.com/t/1", "own")).toBe("forum");
  });
});

describe("a team's own types", () => {
  const overrides = new Map<string, SourceType>([
    ["reddit.com", "review"],
    ["exempelblogg.se", "news"],
    ["forum.exempelblogg.se", "forum"],
  ]);

  it("win over the table and over ownership", () => {
    expect(typeOf("https://www.reddit.com/r/x", "other", overrides)).toBe("review");
    expect(typeOf("https://exempelblogg.se/a", "own", overrides)).toBe("news");
  });

  it("hold for subdomains that have none of their own", () => {
    expect(typeOf("https://arkiv.exempelblogg.se/a", "other", overrides)).toBe("news");
    expect(typeOf("https://forum.exempelblogg.se/a", "other", overrides)).toBe("forum");
    expect(typeOf("https://notexempelblogg.se/a", "other", overrides)).toBe("other");
  });
});
