/** The matcher finds what a published automaton finds, hit for hit, where no rule of a language has a say. */
import fc from "fast-check";
import AhoCorasick from "modern-ahocorasick";
import { describe, expect, it } from "vitest";
import { findMentions } from "../../src/parser/mentions.ts";
import { madeUpNames, textNaming } from "../support/made-up-names.ts";
import { setOf } from "./reading.ts";

type Hit = [start: number, end: number, name: string];

const ours = (names: string[], text: string): Hit[] =>
  findMentions({ text, hidden: [], links: [], addresses: [] }, setOf(names)).map(({ start, end, brand }) => [
    start,
    end,
    brand,
  ]);

/** Whole words only; of those that overlap the first, and of those that begin together the longest. */
function theirs(names: string[], text: string): Hit[] {
  const automaton = new AhoCorasick(names.map((name) => name.toLowerCase()));
  const isLetter = (at: number) => /[\p{L}\p{N}]/u.test(text[at] ?? " ");
  const whole = automaton
    .search(text.toLowerCase())
    .filter(({ start, end }) => !isLetter(start - 1) && !isLetter(end))
    .sort((a, b) => a.start - b.start || b.end - a.end);
  let reach = 0;
  return whole.flatMap(({ start, end, patternIndex }): Hit[] => {
    if (start < reach) return [];
    reach = end;
    return [[start, end, names[patternIndex]!]];
  });
}

/** Few letters, so that names begin with each other, lie in each other and overlap; no language has such words. */
const word = fc.string({ unit: fc.constantFrom("q", "x", "j"), minLength: 1, maxLength: 4 });
const name = fc
  .array(word, { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join(" "))
  .filter((one) => one.length >= 3)
  .map((one) => one[0]!.toUpperCase() + one.slice(1));
const text = fc
  .array(fc.tuple(word, fc.constantFrom(" ", " ", " ", ", ", ". ", " (", ") ", "/")), { maxLength: 60 })
  .map((parts) => parts.flat().join(""));

describe("the matcher and an automaton of others", () => {
  it("find the same in texts full of overlapping names", () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 40 }), text, (names, written) => {
        expect(ours(names, written)).toEqual(theirs(names, written));
      }),
      { numRuns: 300, seed: 20_261_122 },
    );
  });

  it.each([10, 1_000, 20_000])("find the same among %i names", (count) => {
    const names = madeUpNames(count);
    const written = textNaming(names, madeUpNames(400, 9), 60_000, 40);
    const hits = ours(names, written);
    expect(hits.length).toBeGreaterThan(800);
    expect(hits).toEqual(theirs(names, written));
  });
});
