/** Reads the reference vectors that lie beside the project, and compares numbers as closely as they must agree. */
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { shared } from "../support/shared.ts";

/** Every line of a file of vectors. */
export const vectorsOf = <T>(file: string): T[] =>
  readFileSync(shared("oracles", "vectors", `${file}.jsonl`), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);

/**
 * Equal to one part in a thousand million (or `tolerance`); where a number is tiny, to as much of it as the numbers
 * around it have. Of objects and lists every part that was expected.
 */
export function expectClose(actual: unknown, expected: unknown, tolerance = 1e-9): void {
  if (typeof expected === "number") {
    expect(actual).toBeTypeOf("number");
    const off = Math.abs((actual as number) - expected);
    expect(off, `${String(actual)} instead of ${expected}`).toBeLessThanOrEqual(
      tolerance * Math.max(Math.abs(expected), 1e-3),
    );
  } else if (typeof expected === "object" && expected !== null) {
    expect(actual).toBeTypeOf("object");
    for (const [name, value] of Object.entries(expected))
      expectClose((actual as Record<string, unknown>)[name], value, tolerance);
  } else expect(actual).toEqual(expected);
}
