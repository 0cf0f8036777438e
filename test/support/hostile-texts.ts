/** Answers that nobody writes but to make a reader slow: each piece begins something that may not end. */
import type { WireCitation } from "../../src/domain.ts";
import type { ParserInput } from "../../src/parser/parse.ts";

const filled = (piece: string, length: number) => piece.repeat(Math.ceil(length / piece.length));

const numbered = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: Math.floor(count) }, (_, i) => make(i));

/** What it is, and one of about so many units. */
export const hostileTexts: readonly [name: string, input: (length: number) => ParserInput][] = [
  ...Object.entries({
    "open comments": "<!-- ",
    "open brackets": "[",
    "half links": "[a](",
    "half links with brackets": "[a](b(c)",
    "half images": "![a](",
    "half tags": "<a ",
    "half markers": "【",
    "private-use characters": "\ue200a",
    "beginnings of e-mail addresses": "a.-",
    "links to one page": "[a](https://b.example/) ",
    "addresses with brackets to cut off": `https://a.example/${")".repeat(1900)} `,
    "addresses with points to cut off": `https://a.example/${".".repeat(1900)} `,
    "combining marks": "\u0301",
    "zero-width characters": "\u200b",
    "half surrogate pairs": "\ud83d",
    "beginnings of a name": "Hennes & ",
    "names that require a word that is not there": "Max ",
    "numbered items": "1. Zara\n",
    fences: "```\nx\n",
    emphasis: "*`~",
    "addresses without a scheme": "a.se b.se ",
    "addresses without a scheme and brackets to cut off": "a.se/((( ",
    "labels that are addresses": "[a.se] ",
    "beginnings of addresses": "www.",
    "redirects in redirects": "https://google.com/url?q=",
    "citation markers": "【1†source】",
    "sentences that end again and again": 'A! ".)',
    "places said in words": "Zara in first place, followed by ",
    medals: "🥇 Zara\n",
    "rows that are no table": "|a|b|\n",
    "tables of one row": "|Zara|b|\n|-|-|\n|1|Zara|\n\n",
    tasks: "- [x] Zara\n",
    "lists of sources": "Sources:\n- a.se\n",
  }).map(([name, piece]): (typeof hostileTexts)[number] => [name, (length) => ({ text: filled(piece, length) })]),
  ["different addresses without a scheme", (length) => ({ text: numbered(length / 10, (i) => `a${i}.se`).join(" ") })],
  ["deep lists", (length) => ({ text: numbered(length / 50, (i) => `${" ".repeat(i % 90)}- Zara\n`).join("") })],
  [
    "a table as wide as it is long",
    (length) => {
      const columns = Math.round(Math.sqrt(length / 5));
      const row = `|${"Zara|".repeat(columns)}\n`;
      return { text: `${row}|${"-|".repeat(columns)}\n${row.repeat(columns)}` };
    },
  ],
  [
    "citations on the wire, each over most of the text",
    (length) => ({
      text: filled("Zara is b. ", length),
      citations: numbered(length / 50, (i): WireCitation => {
        return { url: `https://a.example/${i % 9}`, kind: i % 2 === 0 ? "block" : "inline", start: i, end: length - i };
      }),
    }),
  ],
  [
    "citations on the wire over spaces",
    (length) => ({
      text: `Zara${" ".repeat(length)}a`,
      citations: numbered(length / 50, (i): WireCitation => {
        return { url: "https://a.example", kind: "block", start: 4 + i, end: length };
      }),
    }),
  ],
  [
    "links to a page that is on the wire as often",
    (length) => ({
      text: filled("[a](https://a.example) ", length),
      citations: numbered(length / 30, (i): WireCitation => {
        return { url: "https://a.example", kind: "inline", start: 2 * i, end: 2 * i + 1 };
      }),
    }),
  ],
  [
    "citations in text and on the wire",
    (length) => {
      const urls = Array.from({ length: length / 30 }, (_, i) => `https://a.example/${i}`);
      const citations = urls.map((url): WireCitation => ({ url, kind: "listed" }));
      return { text: urls.map((url) => `[a](${url})`).join(" "), citations };
    },
  ],
];

/** Whom the texts name. */
export const namedInThem = [
  { name: "Zara", domains: ["zara.example"] },
  { name: "Hennes & Mauritz", aliases: ["H&M"] },
  {
    name: "Max",
    matching: { caseSensitive: false, exclude: [], require: ["burgers", "hamburgare"], commonWord: "auto" as const },
  },
];
