/** Our own answers with what must be found in them, written by hand, and the digest of what the parser finds. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Brand, Findings, Source, WireCitation } from "../../src/domain.ts";
import { read } from "./reading.ts";

export interface GoldenCase {
  id: string;
  /** What it is a case of, such as `genitive`, `list-countdown` or `link-owner`. */
  class: string;
  language: string;
  text: string;
  brands: (Partial<Omit<Brand, "id">> & Pick<Brand, "key" | "name">)[];
  citations?: WireCitation[];
  /** Pages the assistant looked at; they must never become citations. */
  sources?: Source[];
  expect: {
    /** Mentions that count (not uncertain), in order; `text` as the word stands there, its ending included. */
    mentions: { brand: string; text: string; start: number }[];
    /** The primary ranking. */
    positions: Record<string, number>;
    /** Registrable domains that are cited, sorted, each once. */
    domains: string[];
    /** Whose the cited domains are, where that is the point. */
    owners?: Record<string, string>;
    /** Canonical URLs of all that is cited, sorted, where that is the point. */
    urls?: string[];
  };
}

/** The parser's version with what it finds in each case, in short. */
export interface Recorded {
  parserVersion: number;
  cases: Record<string, { input: string; findings: string }>;
}

const folder = join(import.meta.dirname, "..", "golden");
export const recordedFile = join(folder, "parser-version.json");

export const goldenCases: GoldenCase[] = readdirSync(folder)
  .filter((file) => file.endsWith(".jsonl"))
  .sort()
  .flatMap((file) => readFileSync(join(folder, file), "utf8").trim().split("\n"))
  .map((line) => JSON.parse(line) as GoldenCase);

export const readGolden = ({ text, brands, citations }: GoldenCase): Findings => read(text, brands, citations);

const digest = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);

/** What the parser finds now; its version is not part of the findings' digest. */
export function record(cases: GoldenCase[], readCase: (one: GoldenCase) => Findings): Recorded {
  const [first] = cases;
  const rows = cases.map((one) => {
    const { mentions, ranking, citations, ghosts } = readCase(one);
    const input = digest([one.text, one.brands, one.citations]);
    return [one.id, { input, findings: digest([mentions, ranking, citations, ghosts]) }] as const;
  });
  return { parserVersion: readCase(first!).parserVersion, cases: Object.fromEntries(rows) };
}

/** What to do before the new record may replace the old one; null when nothing is wrong. New texts need no new version. */
export function whatToDo(old: Recorded, now: Recorded): string | null {
  const changed = Object.keys(now.cases).filter((id) => {
    const [before, after] = [old.cases[id], now.cases[id]!];
    return before?.input === after.input && before.findings !== after.findings;
  });
  if (now.parserVersion < old.parserVersion)
    return `parserVersion fell from ${old.parserVersion} to ${now.parserVersion}: it only ever rises.`;
  if (changed.length === 0 || now.parserVersion > old.parserVersion) return null;
  return [
    `The parser now finds something else in ${changed.length} golden texts (${changed.join(", ")}).`,
    `If that is meant: raise parserVersion in src/parser/parse.ts from ${old.parserVersion} to ${old.parserVersion + 1},`,
    `then run: ${howToRecord}`,
  ].join("\n");
}

export const howToRecord = "npx vitest run test/parser/version.test.ts --update";
