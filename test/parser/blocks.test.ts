/** Which blocks an answer is made of, and where each stands in the original text. */
import { describe, expect, it } from "vitest";
import { readBlocks } from "../../src/parser/blocks.ts";

const outline = (text: string) =>
  readBlocks(text).map(({ kind, level, number, start, end }) =>
    [kind, level, ...(number === null ? [] : [number]), text.slice(start, end)].join(" "),
  );
const groups = (text: string) => readBlocks(text).map(({ group }) => group);

describe("blocks", () => {
  it.each([
    ["paragraphs", "Ett.\nTvå.\n\nTre.", ["paragraph 0 Ett.\nTvå.", "paragraph 0 Tre."]],
    ["headings with marks", "# Ett #\ntext\n###### Sex", ["heading 1 Ett", "paragraph 0 text", "heading 6 Sex"]],
    ["underlined headings", "Ett\n===\nTvå\n---\n", ["heading 1 Ett", "heading 2 Två"]],
    ["no heading without a space", "#tag", ["paragraph 0 #tag"]],
    ["items with their numbers", "1. a\n2) b", ["item 0 1 a", "item 0 2 b"]],
    ["items inside items", "1. a\n   - b\n     - c\n2. d", ["item 0 1 a", "item 1 b", "item 2 c", "item 0 2 d"]],
    ["items a little to the right of their parent", "1. a\n - b\n2. c", ["item 0 1 a", "item 1 b", "item 0 2 c"]],
    ["a heading inside an item", "1. ### Ett\n2. ### Två", ["item 0 1 Ett", "item 0 2 Två"]],
    ["tasks without their boxes", "- [x] a\n- [ ] b\n- [x](c)", ["item 0 a", "item 0 b", "item 0 [x](c)"]],
    ["an item that holds an item", "- 1. a", ["item 0 ", "item 1 1 a"]],
    [
      "cells with their rows",
      "| a | b |\n|---|:-:|\n| c | d \\| e |",
      ["cell 0 a", "cell 0 b", "cell 0 c", "cell 0 d \\| e"],
    ],
    ["no table without its line of dashes", "a | b\nc | d", ["paragraph 0 a | b\nc | d"]],
    ["quotes", "> Ett\n> Två\n\nTre", ["paragraph 0 Ett\n> Två", "paragraph 0 Tre"]],
    ["nothing of code", "a\n\n```js\nb\n```\n~~~\nc\n~~~\n\n    d\n\ne", ["paragraph 0 a", "paragraph 0 e"]],
    ["nothing of rules", "a\n\n---\n* * *\nb", ["paragraph 0 a", "paragraph 0 b"]],
    [
      "a number inside a sentence",
      "It was in\n2024. A good year.",
      ["paragraph 0 It was in", "item 0 2024 A good year."],
    ],
    ["Windows line ends", "# a\r\nb\r\n", ["heading 1 a", "paragraph 0 b"]],
    ["nothing", "", []],
  ])("%s are found", (_, text, expected) => {
    expect(outline(text)).toEqual(expected);
  });

  it("of one list share a group, those of another do not", () => {
    expect(groups("- a\n- b\n\ntext\n\n- c")).toEqual([0, 0, -1, 1]);
    expect(groups("- a\n  - b\n  - c\n- d\n  - e")).toEqual([0, 1, 1, 0, 2]);
  });

  it("keep row and column of each cell", () => {
    const cells = readBlocks("| a | b |\n|---|---|\n| c | d |");
    expect(cells.map(({ row, column }) => [row, column])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
  });

  it.each([
    ["quote marks", ">".repeat(1_000_000)],
    ["markers", "- ".repeat(500_000)],
    ["nested items", Array.from({ length: 1_400 }, (_, i) => `${" ".repeat(i)}- a`).join("\n")],
    ["rows", `|a|b|\n|-|-|\n${"|c|d|\n".repeat(160_000)}`],
    ["fences", "```\n".repeat(250_000)],
    ["hashes", "# ".repeat(500_000)],
  ])("of a megabyte of %s are found in time that grows with its length only", (_, text) => {
    const began = process.cpuUsage();
    readBlocks(text);
    const { user, system } = process.cpuUsage(began);
    expect((user + system) / 1e6).toBeLessThan(3); // measured: at most 0.3 s; a quadratic reader takes minutes
  });
});
