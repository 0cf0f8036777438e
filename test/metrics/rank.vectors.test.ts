/** Metrics of answers against the reference vectors: ranks, shares, consistency, and the impression of sources. */
import { describe, expect, it } from "vitest";
import type { Measure } from "../../src/domain.ts";
import { allMetrics } from "../../src/metrics/index.ts";
import { jaccard, rankBiasedOverlap } from "../../src/metrics/making/lists.ts";
import { impressionOfSources, type Weighing } from "../../src/metrics/making/impression.ts";
import type { ReadAnswer, ReadSentence } from "../../src/metrics/metric.ts";
import { hasShared } from "../support/shared.ts";
import { answer, promptCounts } from "./answers.ts";
import { expectClose, vectorsOf } from "./reference.ts";

interface Suite {
  type: "suite";
  id: string;
  answers: {
    prompt: string;
    assistant: string;
    brands: string[];
    words: Record<string, number>;
    cited: string[];
    sent: Record<string, -1 | 0 | 1>;
  }[];
  brands: string[];
  brand: string;
  expected: Record<string, number | null>;
}
interface Lists {
  type: "rbo";
  id: string;
  x: string[];
  y: string[];
  p: number;
  expected: number | null;
}

const tones = { "-1": "negative", "0": "neutral", "1": "positive" } as const;

const read = (one: Suite["answers"][number]): ReadAnswer =>
  answer({
    prompt: one.prompt,
    assistant: one.assistant,
    ranking: one.brands,
    cited: one.cited,
    tones: Object.fromEntries(Object.entries(one.sent).map(([brand, tone]) => [brand, tones[tone]])),
    sentences: Object.entries(one.words).map(([brand, words]) => [words, [brand]]),
  });

const ids: Record<string, string> = {
  visibility: "visibility",
  top1: "top1-rate",
  top3: "top3-rate",
  mrr: "prominence",
  avg_position_when_mentioned: "average-rank",
  restricted_mean_rank_10: "restricted-mean-rank",
  citation_rate: "citation-rate",
  citation_share: "citation-share",
  ghost_citation_rate: "ghost-citation-rate",
  uncited_mention_rate: "uncited-mention-rate",
  negative_rate: "negative-rate",
  net_sentiment: "net-tone",
  sov_mentions: "share-of-voice",
  sov_rank_weighted: "share-of-voice-by-rank",
  sov_words: "share-of-voice-by-words",
  consistency_rbo: "cross-consistency",
  consistency_jaccard: "cross-overlap",
  positive_agreement: "touchpoint-consistency",
};
const notOurs = ["prominence_p0.8", "presence_agreement"];
const consistency = ["consistency_rbo", "consistency_jaccard", "positive_agreement"];

function ours(name: string, { answers, brand, brands }: Suite): Measure {
  const metric = allMetrics.find(({ id }) => id === ids[name])!;
  // the reference takes every answer alike; we every prompt: so each answer is its own prompt, where pairs do not matter
  const readAnswers = answers
    .map(read)
    .map((one, i) => (consistency.includes(name) ? one : { ...one, prompt: `${i}` }));
  if (metric.reads === "counts") return metric.measure(promptCounts(readAnswers, brand, brands));
  if (metric.reads !== "findings") throw new Error(`${metric.id} reads ${metric.reads}`);
  if (metric.of === "brand") return metric.measure(readAnswers, { brand, tracked: brands });
  if (metric.of === "panel") return metric.measure(readAnswers);
  throw new Error(`${metric.id} is about a ${metric.of}`);
}

const rankVectors = hasShared ? vectorsOf<Suite | Lists | { type: "pl" }>("rank_metrics") : [];

describe.skipIf(!hasShared)("the reference vectors of ranks", () => {
  const suites = rankVectors.filter((vector) => vector.type === "suite");

  it("name every metric that we have a name for", () => {
    expect(suites.length).toBe(13);
    expect(Object.keys(suites[0]!.expected).sort()).toEqual([...Object.keys(ids), ...notOurs].sort());
  });

  it.each(suites.flatMap((suite) => Object.keys(ids).map((name) => [suite.id, name, suite] as const)))(
    "%s: %s",
    (_, name, suite) => expectClose(ours(name, suite).value, suite.expected[name]),
  );

  it("of rank-biased overlap all agree, whichever list comes first", () => {
    const lists = rankVectors.filter((vector) => vector.type === "rbo");
    expect(lists.length).toBe(207);
    for (const { x, y, p, expected } of lists) {
      expectClose(rankBiasedOverlap(x, y, p), expected);
      expectClose(rankBiasedOverlap(y, x, p), expected);
      if (x.length === 0 || y.length === 0) expect(jaccard(x, y)).toBe(expected);
    }
  });
});

interface Sentence {
  words: number;
  cits: number[];
}
type Parts = { raw: number[]; share: number[] | null; hallucinated: number };
interface Geo {
  id: string;
  n: number;
  sentences: Sentence[][];
  upstream: Record<string, number[]>;
  product_sentences: Sentence[][];
  product: Record<string, Parts>;
}

const weighings: Record<string, Weighing> = { word: "words", pos: "position", wordpos: "both" };
const sentencesOf = (paragraphs: Sentence[][]): ReadSentence[] =>
  paragraphs.flat().map(({ words, cits }) => ({ words, brands: [], sources: cits.map(String) }));

/** Our impression in the vectors' shape. */
function parts(paragraphs: Sentence[][], n: number, weighing: Weighing): Parts {
  const sources = Array.from({ length: n }, (_, i) => String(i + 1));
  const { raw, share, unknown } = impressionOfSources(sentencesOf(paragraphs), weighing, new Set(sources));
  return {
    raw: sources.map((source) => raw.get(source) ?? 0),
    share: share && sources.map((source) => share.get(source) ?? 0),
    hallucinated: unknown,
  };
}

describe.skipIf(!hasShared)("the reference vectors of impression", () => {
  const vectors = hasShared ? vectorsOf<Geo>("geo_impression") : [];

  it.each(vectors)("$id", ({ product_sentences, n, product }) => {
    for (const [kind, weighing] of Object.entries(weighings)) {
      const made = parts(product_sentences, n, weighing);
      expectClose(made, product[kind]);
      if (product[kind]!.share === null) expect(made.share).toBeNull();
    }
  });

  it("are those of the paper's own code wherever none of its quirks is at work", () => {
    const plain = vectors.filter(({ sentences, n }) => {
      const cited = sentences.flat().map(({ cits }) => cits);
      const regular = cited.every((cits) => new Set(cits).size === cits.length && cits.every((c) => c >= 1 && c <= n));
      const weighty = sentences.flat().some(({ cits, words }) => cits.length > 0 && words > 0);
      return regular && weighty;
    });
    expect(plain.length).toBeGreaterThan(20);
    for (const { sentences, n, upstream } of plain)
      for (const [kind, weighing] of Object.entries(weighings)) {
        const made = parts(sentences, n, weighing);
        expectClose(made.raw, upstream[`${kind}_raw`]);
        expectClose(made.share, upstream[kind]);
      }
  });
});
