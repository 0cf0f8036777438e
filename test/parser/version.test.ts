/** Findings never change under an old version of the parser: stored findings say by which they were read. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { goldenCases, howToRecord, readGolden, record, recordedFile, whatToDo, type Recorded } from "./golden.ts";

const stored = () => JSON.parse(readFileSync(recordedFile, "utf8")) as Recorded;
const withFindings = (findings: string, parserVersion = 1, input = "i"): Recorded => ({
  parserVersion,
  cases: { "sv-banker": { input, findings } },
});

describe("the parser's version", () => {
  it("has risen if the findings in the golden texts have changed, and both are on record", async () => {
    const now = record(goldenCases, readGolden);
    expect(whatToDo(stored(), now) ?? "nothing").toBe("nothing");
    await expect(`${JSON.stringify(now, null, 2)}\n`, `Put it on record: ${howToRecord}`).toMatchFileSnapshot(
      recordedFile,
    );
  });
});

describe("the guard of the version", () => {
  it("says exactly what to do when findings change", () => {
    const advice = whatToDo(withFindings("a"), withFindings("b"));
    expect(advice).toContain("sv-banker");
    expect(advice).toContain("raise parserVersion in src/parser/parse.ts from 1 to 2");
    expect(advice).toContain(howToRecord);
  });

  it("is content when the version has risen with the findings, or without", () => {
    expect(whatToDo(withFindings("a"), withFindings("b", 2))).toBeNull();
    expect(whatToDo(withFindings("a"), withFindings("a", 2))).toBeNull();
  });

  it("asks for no new version when a text is new, gone or rewritten", () => {
    expect(whatToDo(withFindings("a"), withFindings("b", 1, "rewritten"))).toBeNull();
    expect(whatToDo({ parserVersion: 1, cases: {} }, withFindings("a"))).toBeNull();
    expect(whatToDo(withFindings("a"), { parserVersion: 1, cases: {} })).toBeNull();
  });

  it("refuses a version that falls", () => {
    expect(whatToDo(withFindings("a", 2), withFindings("a"))).toContain("only ever rises");
  });

  it("notices a change in any part of the findings, and none in the version alone", () => {
    const one = goldenCases.find(({ id }) => id === "sv-banker");
    const before = readGolden(one!);
    const digestOf = (findings: typeof before) => record([one!], () => findings).cases[one!.id]!.findings;
    const changes: (typeof before)[] = [
      { ...before, mentions: before.mentions.slice(1) },
      { ...before, mentions: before.mentions.map((mention) => ({ ...mention, certainty: "likely" })) },
      { ...before, ranking: { ...before.ranking, positions: {} } },
      { ...before, citations: before.citations.map((citation) => ({ ...citation, owner: "other" })) },
      { ...before, ghosts: ["other"] },
    ];
    for (const change of changes) expect(digestOf(change)).not.toBe(digestOf(before));
    expect(digestOf({ ...before, parserVersion: 99 })).toBe(digestOf(before));
  });
});
