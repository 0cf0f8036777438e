/** Reads the labelled texts beside the project and the program that scores them; neither is part of the project. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** One labelled text. Only labels that concern the parser are named. */
export interface Row {
  id: string;
  lang: string;
  text: string;
  brands: { name: string; aliases?: string[]; domains?: string[] }[];
  labels: {
    mentions?: { brand: string; start: number; end: number; kind?: string; surface?: string }[];
    occurrence?: { start: number; end: number; surface: string; is_brand: boolean | null };
    brand_literal?: string[];
    brand_rank?: Record<string, number>;
    rank?: Record<string, number | null>;
    citations?: { url: string; canonical?: string[] }[];
    entities?: { name: string; type: string; literal?: boolean }[];
  };
}

/** What was read from one text, in the form the scoring program takes. Keys of brands are their names. */
export interface Prediction {
  id: string;
  mentions: { brand: string; start: number; end: number; certainty?: "certain" | "likely" | "uncertain" }[];
  rank: Record<string, number>;
  order: string[];
  citations: { url: string; canonicalUrl: string; domain: string }[];
}

interface F1 {
  tp: number;
  fp: number;
  fn: number;
}

/** What the scoring program says; parts are missing where a text has nothing to score. */
export interface Scores {
  mentions?: F1 & { recallByKind: Record<string, string>; trapsHit: string };
  presence?: F1;
  citations?: F1 & { answersAllRight: string };
  rank?: { exact: string; nullRight: string };
  order?: { pairsRight: number; pairs: number };
  entities?: { found: string };
}

export interface Corpora {
  rows: (file: string) => Row[];
  json: <T>(file: string) => T[];
  score: (gold: Row[], predictions: object[]) => Scores;
  /** The forgiving form of an address that the scoring program compares. */
  weak: (url: string) => string;
}

const folder = join(import.meta.dirname, "..", "..", "..", "shared", "data", "text");

/** null where the labelled texts are not there. */
export async function openCorpora(): Promise<Corpora | null> {
  const program = join(folder, "score.mjs");
  if (!existsSync(program)) return null;
  const { score, weak } = (await import(pathToFileURL(program).href)) as Pick<Corpora, "score" | "weak">;
  const read = (file: string) => readFileSync(join(folder, file), "utf8").trim();
  const lines = <T>(file: string) =>
    read(file)
      .split("\n")
      .map((line) => JSON.parse(line) as T);
  const json = <T>(file: string) => (file.endsWith("l") ? lines<T>(file) : (JSON.parse(read(file)) as T[]));
  return { rows: (file) => lines<Row>(file), json, score, weak };
}
