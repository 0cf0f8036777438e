/** Which addresses are the same page, and whose domain a page is on. */
import { readFileSync } from "node:fs";
import { domainToUnicode } from "node:url";
import { describe, expect, it } from "vitest";
import { canonicalUrl, isBelow, plainHost } from "../../src/parser/urls.ts";
import { hasShared, shared } from "../support/shared.ts";

const page = "https://acme.example/a";
const canonical = (url: string) => canonicalUrl(url)?.canonicalUrl;
const domain = (url: string) => canonicalUrl(url)?.domain;

describe("the canonical address is the same", () => {
  it.each([
    ["without encryption", "http://acme.example/a"],
    ["with a scheme and host in capitals", "HTTPS://Acme.EXAMPLE/a"],
    ["with www", "https://www.acme.example/a"],
    ["with a numbered www", "https://www2.acme.example/a"],
    ["on the mobile host", "https://m.acme.example/a"],
    ["on www of the mobile host", "https://www.m.acme.example/a"],
    ["without a scheme", "acme.example/a"],
    ["with a scheme to be taken from the page", "//acme.example/a"],
    ["with spaces around it", "  https://acme.example/a\n"],
    ["with the default port", "https://acme.example:443/a"],
    ["with the default port of http", "http://acme.example:80/a"],
    ["with a dot at the end of the host", "https://acme.example./a"],
    ["with a slash at the end", "https://acme.example/a/"],
    ["with slashes at the end", "https://acme.example/a//"],
    ["with a fragment", "https://acme.example/a#prices"],
    ["with a fragment of text", "https://acme.example/a#:~:text=the%20best"],
    ["with an empty query", "https://acme.example/a?"],
    ["with its own user", "https://user:secret@acme.example/a"],
    ["as an AMP page", "https://acme.example/a/amp/"],
    ["as an AMP page by parameter", "https://acme.example/a?amp=1"],
    ["on an AMP host", "https://amp.acme.example/a"],
    ["on the way through folders", "https://acme.example/b/../a"],
  ])("%s", (_, url) => {
    expect(canonical(url)).toBe(page);
  });

  it.each(
    "utm_source=chatgpt.com utm_medium=x UTM_Campaign=x gclid=1 fbclid=1 msclkid=1 srsltid=1 mc_cid=1 mc_eid=1 _hsenc=1 _hsmi=1 igshid=1 ref_src=x _gsid=1".split(
      " ",
    ),
  )("with the tracking parameter %s", (parameter) => {
    expect(canonical(`${page}?${parameter}`)).toBe(page);
    expect(canonical(`${page}?q=1&${parameter}&z=2#x`)).toBe(`${page}?q=1&z=2`);
  });

  it("in whatever order the parameters stand", () => {
    expect(canonical(`${page}?b=2&a=1&a=0`)).toBe(`${page}?a=0&a=1&b=2`);
    expect(canonical(`${page}?ab=c&a=bc`)).toBe(canonical(`${page}?a=bc&ab=c`));
  });

  it("for the language host of a mobile encyclopedia", () => {
    expect(canonical("https://sv.m.wikipedia.org/wiki/Volvo")).toBe("https://sv.wikipedia.org/wiki/Volvo");
  });

  it("in punycode and in Unicode, composed and decomposed", () => {
    const found = canonicalUrl("https://xn--hlns-qoa0a.example/å");
    expect(found).toMatchObject({ host: "hålnés.example", domain: "hålnés.example" });
    for (const url of ["https://HÅLNÉS.example/%C3%A5", "https://hålnés.example/å".normalize("NFD")])
      expect(canonicalUrl(url)?.host).toBe(found!.host);
    expect(canonical("https://HÅLNÉS.example/%C3%A5")).toBe(found!.canonicalUrl);
  });

  it("when it is made canonical again", () => {
    for (const url of ["https://www.www.acme.example/a/?b=1+2&c=å", "http://m.acme.example:443/%20x/", "ACME.example"])
      expect(canonical(canonical(url)!)).toBe(canonical(url));
  });

  it("for the front page, with and without its slash", () => {
    expect(canonical("https://www.acme.example/")).toBe("https://acme.example");
    expect(canonical("https://acme.example")).toBe("https://acme.example");
  });
});

describe("the canonical address differs", () => {
  it.each([
    ["by the case of the path", "https://acme.example/A"],
    ["by another port", "https://acme.example:8443/a"],
    ["by a subdomain", "https://blog.acme.example/a"],
    ["by a parameter that is not known for tracking", "https://acme.example/a?ref=home"],
    ["by a parameter whose name only begins like one", "https://acme.example/a?gclidx=1"],
    ["by a letter that only looks the same", "https://аcme.example/a"],
  ])("%s", (_, url) => {
    expect(canonical(url)).toBeDefined();
    expect(canonical(url)).not.toBe(page);
  });
});

describe("redirect pages", () => {
  const target = encodeURIComponent("https://www.acme.example/a?utm_source=x");
  it.each([
    `https://www.google.com/url?q=${target}&sa=U`,
    `https://google.se/url?url=${target}`,
    `https://www.google.co.uk/url?q=${target}`,
    `https://l.facebook.com/l.php?u=${target}&h=x`,
    `https://duckduckgo.com/l/?uddg=${target}`,
    `https://www.youtube.com/redirect?q=${target}`,
    `https://www.google.com/url?q=${encodeURIComponent(`https://duckduckgo.com/l/?uddg=${target}`)}`,
  ])("are unwrapped: %s", (url) => {
    expect(canonical(url)).toBe(page);
  });

  it("stay themselves when the target is no web address", () => {
    for (const bad of ["javascript:alert(1)", "/search", "http://"])
      expect(canonicalUrl(`https://www.google.com/url?q=${encodeURIComponent(bad)}`)?.host).toBe("google.com");
  });

  it("are unwrapped on their own host only", () => {
    expect(canonicalUrl(`https://google.com.evil.example/url?q=${target}`)?.host).toBe("google.com.evil.example");
  });

  it("inside one another end somewhere", () => {
    let url = page;
    for (let i = 0; i < 10; i++) url = `https://duckduckgo.com/l/?uddg=${encodeURIComponent(url)}`;
    expect(canonicalUrl(url)?.host).toBe("duckduckgo.com");
  });
});

describe("what is no web address is left out", () => {
  it.each([
    "javascript:alert(1)",
    "javascript:x@acme.example",
    "JavaScript://acme.example/%0aalert(1)",
    "data:text/html,<b>acme.example</b>",
    "mailto:info@acme.example",
    "info@acme.example",
    ":secret@acme.example",
    "tel:+46812345",
    "ftp://acme.example/a",
    "file:///etc/passwd",
    "blob:https://acme.example/1",
    "about:blank",
    "https://localhost/a",
    "https://[::1]/a",
    "https://.acme.example/a",
    "https://acme..example/a",
    "https://",
    "https://acme example/a",
    "https://xn--zz.example/",
    "acme",
    "",
    " ",
    "#a",
    "/a/b",
    "\uD800.example",
  ])("%j", (url) => {
    expect(canonicalUrl(url)).toBeNull();
  });

  it("and a user's name never passes for the host", () => {
    expect(canonicalUrl("https://acme.example@evil.example/a")?.host).toBe("evil.example");
    expect(canonicalUrl("https://acme.example:443@evil.example/a")?.host).toBe("evil.example");
    expect(canonicalUrl("https://evil.example\\@acme.example/a")?.host).toBe("evil.example");
  });
});

describe("the registrable domain", () => {
  it.each([
    ["https://www.acme.com/x", "acme.com"],
    ["https://a.b.acme.co.uk", "acme.co.uk"],
    ["https://acme.github.io/x", "acme.github.io"],
    ["https://docs.acme.github.io", "acme.github.io"],
    ["https://www.gov.uk/vat", "www.gov.uk"],
    ["https://www.hmrc.gov.uk", "hmrc.gov.uk"],
    ["https://åhléns.se", "åhléns.se"],
    ["https://shop.acme.com.au:8080/", "acme.com.au"],
    ["http://192.0.2.7/x", ""],
    ["https://github.io", ""],
  ])("of %s is %j", (url, expected) => {
    expect(domain(url)).toBe(expected);
  });

  it("keeps a prefix without which nobody would own the name", () => {
    expect(["www.gov.uk", "m.co.uk", "se.m.com", "amp.dev", "www.com"].map(plainHost)).toEqual([
      "www.gov.uk",
      "m.co.uk",
      "se.m.com",
      "amp.dev",
      "www.com",
    ]);
  });

  it.skipIf(!hasShared)("is that of the Public Suffix List's own test vectors", () => {
    const lines = readFileSync(shared("data", "text", "psl", "vectors.jsonl"), "utf8")
      .trim()
      .split("\n");
    const vectors = lines.map((line) => JSON.parse(line) as { host: string; registrable_domain: string | null });
    expect(vectors.length).toBeGreaterThan(50);
    const wrong = vectors.filter(
      ({ host, registrable_domain: right }) =>
        (domain(`https://${host}/`) || null) !== (right && domainToUnicode(right)),
    );
    expect(wrong).toEqual([]);
  });
});

describe("a host is below a domain", () => {
  it("when it is the domain or a part of it, not when it only ends alike", () => {
    expect(isBelow("acme.com", "acme.com")).toBe(true);
    expect(isBelow("blog.acme.com", "acme.com")).toBe(true);
    expect(isBelow("notacme.com", "acme.com")).toBe(false);
    expect(isBelow("acme.com.evil.example", "acme.com")).toBe(false);
    expect(isBelow("com", "acme.com")).toBe(false);
  });
});
