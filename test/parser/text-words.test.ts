/** Which words a reader sees where Markdown, HTML and the habits of assistants come in between. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readText } from "../../src/parser/text.ts";
import { named, surfaces } from "./reading.ts";

/** The text as it is read: what is hidden stands as what it shows, a gap as a space. */
function shown(text: string): string {
  let at = 0;
  let words = "";
  for (const { start, end, shown = " " } of readText(text).hidden) {
    words += text.slice(at, start) + shown;
    at = end;
  }
  return words + text.slice(at);
}

describe("words are read", () => {
  it.each([
    ["through entities", "AT&amp;T &ouml;ppnar&#x20;i &Aring;re &#8211; snart", "AT&T öppnar i Åre – snart"],
    ["but not through what is no entity", "R&D; H&M & co &nosuch; &#;", "R&D; H&M & co &nosuch; &#;"],
    ["through escapes", "AT\\&T, Yahoo\\!, \\$35 och 1\\. plats", "AT&T, Yahoo!, $35 och 1. plats"],
    ["through entities of all kinds", "&zdot;ubr &Omega; &le; &hearts; &AMP; &odblac; &lstrok;", "żubr Ω ≤ ♥ & ő ł"],
    ["with backslashes before letters", "C:\\temp", "C:\\temp"],
    ["through emphasis inside a name", "**H**&M och *J*ula", "H&M och Jula"],
    ["through bold glued to words", "**Acme:**bra **Bolt**s pris", "Acme:bra Bolts pris"],
    ["through bold that is never closed", "**Acme är bra", "Acme är bra"],
    ["with a star that is part of the name", "E*Trade and E*Trade", "E*Trade and E*Trade"],
    ["with stars that only count", "5 * 3 and Acme*", "5 * 3 and Acme*"],
    ["with underscores within a word", "snake_case_name, _Acme_, __Bolt__", "snake_case_name, Acme, Bolt"],
    ["with a tilde before a number", "~5 to ~10 kr, ~~Acme~~", "~5 to ~10 kr, Acme"],
    ["in inline code, as they stand", "kör `a*b &amp; _c_` nu", "kör a*b &amp; _c_ nu"],
    ["between more backticks", "``a ` b`` och ` ensam", "a ` b och  ensam"],
    ["over a soft line break", "Home\nDepot och  Best \n  Buy", "Home Depot och Best Buy"],
    ["over a line break in a quotation", "> Home\n> Depot", "> Home Depot"],
    ["within tags", "<b>H</b>&M <strong>Acme</strong>", "H&M Acme"],
    ["beside tags that part words", "Acme<br>Bolt<div>Volt</div>", "Acme Bolt Volt "],
    ["behind signs that are no tags", "a < b, 3<4 and <3", "a < b, 3<4 and <3"],
    ["in labels without a target", "[Acme]() och [Bolt] och [Volt](#a)", "Acme  och [Bolt] och Volt "],
    ["in a label over two lines", "[Home\nDepot](https://a.example)", "Home Depot "],
  ])("%s", (_, text, words) => {
    expect(shown(text)).toBe(words);
  });

  it("and found with the surface as it stands in the original", () => {
    expect(surfaces("Både AT&amp;T, AT\\&T och A**T**&T", "AT&T")).toEqual(["AT&amp;T", "AT\\&T", "A**T**&T"]);
    expect(surfaces("Home\nDepot, Home \n Depot", "Home Depot")).toEqual(["Home\nDepot", "Home \n Depot"]);
    expect(surfaces("**H**&M, <b>H</b>&M, Yahoo\\!", "H&M", "Yahoo!")).toEqual(["H**&M", "H</b>&M", "Yahoo\\!"]);
  });

  it("but no name goes from one paragraph, item or cell to the next", () => {
    expect(named("Home\n\nDepot\n- Home\n- Depot\n# Home\nDepot\n\n| Home | Depot |", "Home Depot")).toEqual([]);
  });
});

describe("names are not read", () => {
  it.each([
    ["in indented code", "Så här:\n\n    import Acme\n"],
    ["in code in an item", "1. Kör:\n   ```sh\n   acme run\n   ```\n2. Klart"],
    ["in a fence that begins behind a bullet", "- ```\n  acme\n  ```\n- klart"],
    ["in the box of a task", "- [X] bra\n1. [x] klart", "X"],
    ["in indented code behind a rule", "* * *\n\n    import Acme"],
    ["in indented code behind a quotation with a list", "> - bra\n\n    import Acme"],
    ["in indented code in a quotation behind a list", "- bra\n\n>     import Acme"],
    ["in indented code in an item", "- Kör:\n\n      acme run\n"],
    ["in a fence with a shorter one inside", "````\n```\nacme\n```\n````"],
    ["in code in a quotation", "> ```\n> acme\n> ```"],
    ["in an image by reference", "![Acme][x]\n\n[x]: https://a.example/acme.png"],
    ["in a linked image", "[![Acme](https://a.example/i.png)](https://b.example)"],
    ["in a comment over paragraphs", "a <!-- Acme\n\nAcme --> b"],
    ["in a script", "<script>\nlet x = 'Acme';\n</script>"],
    ["in a style", "<style>.acme { color: red }</style>"],
    ["in the value of an attribute", "<img alt='Acme > Bolt' src=x>"],
    ["in a reference definition", '[1]: https://a.example "Acme"'],
    ["in a footnote", "Bra.[^a]\n\n[^a]: Acme, https://a.example"],
    ["in a marker by reference", "Bra ([Acme][1]).\n\n[1]: https://a.example"],
    ["in a marker of several links", "Bra ([Acme](https://a.example), [Acme 2](https://b.example))."],
    ["in a label that is an address over an anchor", "<a href='https://a.example'>https://a.example/acme</a>"],
    ["in an address with escapes", "https://a.example/x\\_acme ok"],
    ["in an e-mail address in angle brackets", "<acme@a.example> <mailto:acme@a.example>"],
  ])("%s", (_, text, name = "Acme") => {
    expect(surfaces(text, name)).toEqual([]);
  });

  it.each([
    ["a heading and bullets", "## Sources\n- [Acme test](https://a.example)\n- Acme: https://b.example"],
    ["a line and bullets", "Källor:\n\n* [Acme](https://a.example)\n* [Acme](https://b.example)"],
    ["a bold line and numbers", "**Referenser:**\n1. Acme. https://a.example\n2. Acme, di.example.se"],
    ["capitals", "# CITATIONS\n\n[1] Acme https://a.example\n[2] Acme https://b.example"],
    ["a title above each address", "References\nAcme\nhttps://a.example\nAcme again\nhttps://b.example"],
    ["one line", "Källor: [Acme](https://a.example), [Acme](https://b.example)"],
  ])("in a list of sources with %s", (_, list) => {
    expect(surfaces(`Bolt är bra.\n\n${list}`, "Acme", "Bolt")).toEqual(["Bolt"]);
  });
});

describe("names are read", () => {
  it.each([
    ["after a list of sources", "Sources:\n- https://a.example\n\nAcme is good."],
    ["in a list whose title only sounds like sources", "Referenser:\n- Acme använder tjänsten\n- Fler kunder"],
    [
      "in a sentence that names its source",
      "Källa: enligt Acme är [det](https://a.example) bra och billigt för alla som vill.",
    ],
    ["in an item indented by four below another", "1. Först\n\n    - Acme är bra"],
    ["in a paragraph whose second line is indented", "Bra är\n      Acme"],
    ["in an item behind a quotation inside it", "- Bra\n\n  > Citat\n\n    Acme är bra"],
    ["after code in an item", "- Kör:\n  ```\n  x\n  ```\n  Acme är bra"],
    ["behind backticks that are never closed", "``` `Acme"],
  ])("%s", (_, text) => {
    expect(surfaces(text, "Acme")).toEqual(["Acme"]);
  });
});

describe("any text", () => {
  const piece = fc.oneof(
    fc.constantFrom(..."*_~`[]()<>!&\\\n |#-:;\"'@".split("")),
    fc.constantFrom(
      "**",
      "](https://a.example)",
      "<a href='https://b.example'>",
      "</a>",
      "&amp;",
      "\n\n",
      "    ",
      "Sources:\n",
    ),
    fc.constantFrom(
      "<!--",
      "-->",
      "```\n",
      "[1]: https://c.example\n",
      "[1]",
      "([a](",
      "- ",
      "1. ",
      "> ",
      "www.d.example",
    ),
    fc.constantFrom("【1†a】", "\ue200", "\ue201", "\ud83d", "Acme", "Åhléns", "h", "\u200b", "\r\n"),
  );
  const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));

  it("is parted into what is hidden and what is not, and every link stands in it", () => {
    fc.assert(
      fc.property(text, (text) => {
        const { hidden, links } = readText(text);
        let last = 0;
        for (const { start, end } of hidden) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
        for (const { start, end, url } of links) {
          expect(start).toBeLessThan(end);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(url).toMatch(/^(?:https?:\/\/|www\.)/i);
        }
      }),
      { numRuns: 1000, seed: 20_260_302 },
    );
  });

  it("of plain words is read as it stands", () => {
    const words = fc.array(fc.stringMatching(/^[a-zåäöA-ZÅÄÖ0-9.,!?'’–]{1,9}$/), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(words, (words) => {
        fc.pre(!/www\.|^\d/i.test(words.join(" ")));
        expect(shown(`Så ${words.join(" ")}`)).toBe(`Så ${words.join(" ")}`);
      }),
      { numRuns: 300, seed: 20_260_302 },
    );
  });
});
