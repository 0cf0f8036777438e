/** How much of an answer stands behind a source or a brand, what comes early weighing more (GEO, KDD 2024). */
import type { ReadSentence } from "../metric.ts";
import { sumOf } from "../statistics/sums.ts";

/** What a sentence weighs: its words, its place in the answer, or both ("position-adjusted word count"). */
export type Weighing = "words" | "position" | "both";

/** Weight per source or brand, and its part of all; no part where nothing has weight. */
export interface Impression {
  raw: Map<string, number>;
  share: Map<string, number> | null;
  /** Markers that point to no source: dropped, and not counted when the sentence is divided. */
  unknown: number;
}

/** Weight of each sentence: words times e^(-i/(L-1)) for the i-th of L, from 1 for the first to 1/e for the last. */
function weightsOf(sentences: readonly ReadSentence[], weighing: Weighing): number[] {
  const last = sentences.length - 1;
  return sentences.map(({ words }, i) => {
    const place = weighing === "words" || last === 0 ? 1 : Math.exp(-i / last);
    return place * (weighing === "position" ? 1 : words);
  });
}

function partsOf(raw: Map<string, number>, unknown: number): Impression {
  const total = sumOf([...raw.values()], (one) => one);
  const share = total > 0 ? new Map([...raw].map(([key, value]) => [key, value / total] as const)) : null;
  return { raw, share, unknown };
}

/**
 * The impression of every source: each sentence divides its weight among the different sources it cites. Source:
 * Aggarwal et al. 2024 as their code computes it (GEO-optim/GEO, utils.py: part of the sum over sources, not of all
 * words), with its quirks mended as measures.md 1 says: no citation gives null and not 1/n; a marker that points
 * nowhere, such as [0], credits nobody; a source cited twice in a sentence counts once. `known`: all sources there are.
 */
export function impressionOfSources(
  sentences: readonly ReadSentence[],
  weighing: Weighing = "both",
  known?: ReadonlySet<string>,
): Impression {
  const weights = weightsOf(sentences, weighing);
  const raw = new Map<string, number>();
  let unknown = 0;
  for (const [i, { sources }] of sentences.entries()) {
    const different = [...new Set(sources)];
    const cited = different.filter((source) => known?.has(source) ?? true);
    unknown += different.length - cited.length;
    for (const source of cited) raw.set(source, (raw.get(source) ?? 0) + weights[i]! / cited.length);
  }
  return partsOf(raw, unknown);
}

/** The same for brands: each has the whole weight of the sentences that name it. Source: measures.md 1 (not in GEO). */
export function impressionOfBrands(sentences: readonly ReadSentence[], tracked: readonly string[]): Impression {
  const weights = weightsOf(sentences, "both");
  const raw = new Map<string, number>();
  for (const [i, { brands }] of sentences.entries())
    for (const brand of new Set(brands))
      if (tracked.includes(brand)) raw.set(brand, (raw.get(brand) ?? 0) + weights[i]!);
  return partsOf(raw, 0);
}
