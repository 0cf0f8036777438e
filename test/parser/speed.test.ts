/** No answer, however hostile, takes longer than in proportion to its length. */
import { describe, expect, it } from "vitest";
import type { WireCitation } from "../../src/domain.ts";
import { parse, type ParserInput } from "../../src/parser/parse.ts";
import { matching, setOf } from "./reading.ts";

const set = setOf([
  { name: "Zara", domains: ["zara.example"] },
  { name: "Hennes & Mauritz", aliases: ["H&M"] },
  { name: "Max", matching: matching({ require: ["burgers", "hamburgare"] }) },
]);

/** Processor time, so that what else the machine does hardly counts. In milliseconds. */
function cost(input: ParserInput): number {
  const before = process.cpuUsage();
  parse(input, set);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const filled = (piece: string, length: number) => piece.repeat(Math.ceil(length / piece.length));

const rows: [name: string, input: (length: number) => ParserInput][] = [
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
  }).map(([name, piece]): (typeof rows)[number] => [name, (length) => ({ text: filled(piece, length) })]),
  [
    "citations in text and on the wire",
    (length) => {
      const urls = Array.from({ length: length / 30 }, (_, i) => `https://a.example/${i}`);
      const citations = urls.map((url): WireCitation => ({ url, kind: "listed" }));
      return { text: urls.map((url) => `[a](${url})`).join(" "), citations };
    },
  ],
];

describe("four times as much text takes about four times as long", () => {
  it.each(rows)("of %s", (_, input) => {
    const short = Math.min(cost(input(50_000)), cost(input(50_000)));
    const long = cost(input(200_000));
    expect(long).toBeLessThan(9 * short + 150); // sixteen times where the time is quadratic
    expect(long).toBeLessThan(3_000);
  });
});
