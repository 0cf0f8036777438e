/** What is measured on labelled texts, each as hits of trials per text, by the shared scoring program. */
import type { Corpora, Prediction, Row, Scores } from "./corpora.ts";
import { bestCutoff, type Outcome } from "./figures.ts";

/** One labelled text, how it was read, and what the scoring program says of that. */
export interface Reading {
  row: Row;
  read: Prediction;
  scores: Scores;
}

export interface Measure {
  name: string;
  outcomes: (readings: Reading[]) => Outcome[];
  /** Why the figure does not speak for the bar, such as a recall that was not reached. */
  shortfall?: (readings: Reading[]) => string | null;
  /** A ratio such as F1, whose parts are no trials. */
  isRatio?: true;
  /** A number of errors, not a share. */
  isCount?: true;
}

export const isCounted = ({ certainty }: Prediction["mentions"][number]): boolean => certainty !== "uncertain";

/** Reads all texts and scores each alone; the parts of a sum are then known per text. */
export function readAll(
  rows: Row[],
  reader: (row: Row) => Prediction,
  { score }: Corpora,
  url: "url" | "canonicalUrl",
): Reading[] {
  return rows.map((row) => {
    const read = reader(row);
    const mentions = read.mentions.filter(isCounted);
    const citations = read.citations.map((citation) => ({ url: citation[url], domain: citation.domain }));
    return { row, read, scores: score([row], [{ ...read, mentions, citations }]) };
  });
}

/** `a/b` as the scoring program prints it. */
const parts = (text = "0/0"): [number, number] => text.split("/").map(Number) as [number, number];
const list = (items: string[]): string => items.join(", ") || "nothing";
/** What only one of the two lists has: where they agree there is nothing to see. */
const differing = (expected: string[], got: string[]) => ({
  expected: list(expected.filter((item) => !got.includes(item))),
  got: list(got.filter((item) => !expected.includes(item))),
});

const spans = (row: Row, mentions: { brand: string; start: number; end: number }[]): string[] =>
  mentions.map(({ brand, start }) => `${brand} at ${start} "${row.text.slice(start, start + 24)}"`);
const isNamed = ({ kind }: { kind?: string }) => !kind || ["exact", "part", "compound"].includes(kind);
const mentionError = ({ row, read }: Reading) =>
  differing(spans(row, (row.labels.mentions ?? []).filter(isNamed)), spans(row, read.mentions.filter(isCounted)));

type Mistake = NonNullable<Outcome["error"]>;

const outcome = ({ row }: Reading, hits: number, of: number, error: () => Mistake, isWrong = hits < of): Outcome => ({
  id: row.id,
  hits,
  of,
  ...(isWrong && { error: error() }),
});

const f1 = (reading: Reading, counts: { tp: number; fp: number; fn: number } | undefined, error: () => Mistake) => {
  const { tp, fp, fn } = counts ?? { tp: 0, fp: 0, fn: 0 };
  return outcome(reading, 2 * tp, 2 * tp + fp + fn, error);
};
export const mentionF1: Measure = {
  name: "mention span F1",
  isRatio: true,
  outcomes: (readings) => readings.map((r) => f1(r, r.scores.mentions, () => mentionError(r))),
};

export const compounds: Measure = {
  name: "compounds found",
  outcomes: (readings) =>
    readings.map((r) => outcome(r, ...parts(r.scores.mentions?.recallByKind["compound"]), () => mentionError(r))),
};

export const traps: Measure = {
  name: "traps hit",
  outcomes: (readings) =>
    readings.map((r) => {
      const hits = parts(r.scores.mentions?.trapsHit)[0];
      const of = (r.row.labels.mentions ?? []).filter(({ kind }) => kind === "trap").length;
      return outcome(r, hits, of, () => mentionError(r), hits > 0);
    }),
};

/** How sure the parser is that the marked place is the brand: 0 where it found nothing. */
function sureness({ row, read }: Reading): number {
  const place = row.labels.occurrence!;
  const levels = { uncertain: 1, likely: 2, certain: 3 };
  const there = read.mentions.filter(({ start, end }) => start < place.end && end > place.start);
  return Math.max(0, ...there.map(({ certainty = "certain" }) => levels[certainty]));
}

const wantedRecall = 0.97;
const isBrand = ({ row }: Reading): boolean => row.labels.occurrence!.is_brand === true;
const cutoffOf = (readings: Reading[]) =>
  bestCutoff(
    readings.map((r) => ({ score: sureness(r), isRight: isBrand(r) })),
    wantedRecall,
  );
const occurrenceOutcomes = (readings: Reading[], cutoff: number, of: (found: boolean, right: boolean) => boolean) =>
  readings.map((r) => {
    const [found, right] = [sureness(r) >= cutoff, isBrand(r)];
    const { start, end } = r.row.labels.occurrence!;
    const context = r.row.text.slice(Math.max(0, start - 30), end + 30).replaceAll("\n", " ");
    const error = () => ({
      expected: `${right ? "the brand" : "the word"} in "${context}"`,
      got: `sureness ${sureness(r)} of 3`,
    });
    return outcome(r, of(found, right) && found && right ? 1 : 0, of(found, right) ? 1 : 0, error, found !== right);
  });

export const precisionAtRecall: Measure = {
  name: `precision at recall ${wantedRecall}`,
  outcomes: (readings) => occurrenceOutcomes(readings, cutoffOf(readings).cutoff, (found) => found),
  shortfall: (readings) => {
    const { recall, reached } = cutoffOf(readings);
    return reached ? null : `recall is only ${recall.toFixed(3)}`;
  },
};

export const countedPrecision: Measure = {
  name: "precision as counted",
  outcomes: (readings) => occurrenceOutcomes(readings, 2, (found) => found),
};

export const countedRecall: Measure = {
  name: "recall as counted",
  outcomes: (readings) => occurrenceOutcomes(readings, 2, (_, right) => right),
};

export const brandFound: Measure = {
  name: "brand found",
  outcomes: (readings) =>
    readings.map((r) => {
      const { tp, fn } = r.scores.presence ?? { tp: 0, fn: 0 };
      const got = r.read.mentions.filter(isCounted).map(({ brand }) => brand);
      return outcome(r, tp, tp + fn, () => differing(r.row.labels.brand_literal ?? [], got));
    }),
};

export const entitiesFound: Measure = {
  name: "entities found",
  outcomes: (readings) =>
    readings.map((r) => {
      const wanted = (r.row.labels.entities ?? []).filter(
        ({ type, literal }) => literal && ["product", "organization"].includes(type),
      );
      const got = r.read.mentions.filter(isCounted).map(({ brand }) => brand);
      const names = wanted.map(({ name }) => name);
      return outcome(r, ...parts(r.scores.entities?.found), () => differing(names, got));
    }),
};

const urlError = ({ row, read }: Reading, { weak }: Corpora, form: "url" | "canonicalUrl"): Mistake =>
  differing(
    (row.labels.citations ?? []).map(({ url, canonical }) => weak(canonical?.[0] ?? url)),
    read.citations.map((citation) => weak(citation[form])),
  );

/** Addresses as they came where labels are such, canonical ones where labels are canonical. */
export const citationMeasures = (corpora: Corpora, form: "url" | "canonicalUrl") => {
  const error = (r: Reading) => () => urlError(r, corpora, form);
  const urlF1: Measure = {
    name: "URL F1",
    isRatio: true,
    outcomes: (readings) => readings.map((r) => f1(r, r.scores.citations, error(r))),
  };
  const allUrls: Measure = {
    name: "all URLs of an answer",
    outcomes: (readings) => readings.map((r) => outcome(r, ...parts(r.scores.citations?.answersAllRight), error(r))),
  };
  const wrongUrls: Measure = {
    name: "wrong URLs",
    isCount: true,
    outcomes: (readings) =>
      readings.map((r) => {
        const { tp, fp, fn } = r.scores.citations ?? { tp: 0, fp: 0, fn: 0 };
        return outcome(r, fp + fn, tp + fp + fn, error(r), fp + fn > 0);
      }),
  };
  return { urlF1, allUrls, wrongUrls };
};

const places = (rank: Record<string, number | null>): string[] =>
  Object.entries(rank).flatMap(([brand, place]) => (place === null ? [] : [`${brand} ${place}`]));
const rankError = ({ row, read }: Reading) =>
  differing(places(row.labels.rank ?? row.labels.brand_rank ?? {}), places(read.rank));

export const exactRank: Measure = {
  name: "exact rank",
  outcomes: (readings) => readings.map((r) => outcome(r, ...parts(r.scores.rank?.exact), () => rankError(r))),
};

export const noRank: Measure = {
  name: "no rank where none is",
  outcomes: (readings) => readings.map((r) => outcome(r, ...parts(r.scores.rank?.nullRight), () => rankError(r))),
};

export const pairOrder: Measure = {
  name: "pairwise order",
  outcomes: (readings) =>
    readings.map((r) => {
      const { pairsRight, pairs } = r.scores.order ?? { pairsRight: 0, pairs: 0 };
      const wanted = Object.entries(r.row.labels.brand_rank ?? {}).sort((a, b) => a[1] - b[1]);
      return outcome(r, Math.round(pairsRight * pairs), pairs, () => ({
        expected: list(wanted.map(([brand]) => brand)),
        got: list(r.read.order),
      }));
    }),
};
