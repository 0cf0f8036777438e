/** No answer, however hostile, takes longer than in proportion to its length. */
import { describe, expect, it } from "vitest";
import { parse, type ParserInput } from "../../src/parser/parse.ts";
import { hostileTexts, namedInThem } from "../support/hostile-texts.ts";
import { setOf } from "../parser/reading.ts";

const set = setOf(namedInThem);

/** Processor time, so that what else the machine does hardly counts. In milliseconds. */
function cost(input: ParserInput): number {
  const before = process.cpuUsage();
  parse(input, set);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe("four times as much text takes about four times as long", () => {
  it.each(hostileTexts)("of %s", (_, input) => {
    const short = Math.min(cost(input(25_000)), cost(input(25_000)));
    const long = cost(input(100_000));
    expect(long).toBeLessThan(9 * short + 100); // sixteen times where the time is quadratic
    expect(long).toBeLessThan(2_000);
  });
});
