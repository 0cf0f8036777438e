/** Every interval, plan and estimate against the reference vectors. */
import { describe, expect, it } from "vitest";
import {
  confidenceSequence,
  estimateRhos,
  panelHalfWidth,
  planHalfWidth,
  planPrompts,
  promptChange,
  promptRate,
  shareOfVoice,
  tQuantile,
  wilson,
} from "../../src/metrics/statistics.ts";
import { hasShared } from "../support/shared.ts";
import { expectClose, vectorsOf } from "./reference.ts";

interface Vector {
  id: string;
  fn: string;
  args: unknown[];
  expected: unknown;
}
type Estimate = { value: number; low: number; high: number; prompts: number; answers?: number } | null;
type Counted = Record<string, [hits: number, answers: number]>;

/** In the vectors' words. */
const named = (estimate: Estimate, prompts = 0) => ({
  estimate: estimate?.value ?? null,
  lo: estimate?.low ?? null,
  hi: estimate?.high ?? null,
  n_prompts: estimate?.prompts ?? prompts,
  ...(estimate?.answers !== undefined && { n_answers: estimate.answers }),
});

function change(before: Counted, after: Counted) {
  const prompts = Object.keys(before).filter((prompt) => before[prompt]![1] > 0 && (after[prompt]?.[1] ?? 0) > 0);
  const rate = ([hits, answers]: [number, number]) => hits / answers;
  const pairs = prompts.map((prompt) => ({ before: rate(before[prompt]!), after: rate(after[prompt]!) }));
  return named(promptChange(pairs), prompts.length);
}

function rhos(cells: Counted) {
  const estimate = estimateRhos(
    Object.entries(cells).map(([key, [hits, answers]]) => {
      const [prompt, assistant] = key.split("|") as [string, string];
      return { prompt, assistant, hits, answers };
    }),
  );
  return { rho_cell: estimate!.cell, rho_prompt: estimate!.prompt, mean: estimate!.mean };
}

type Row = [hits: number, answers: number, weight?: number];
type Figures = [number, number, number, number, number?];
const ours: Record<string, (...args: never[]) => unknown> = {
  t_ppf: tQuantile,
  wilson,
  prompt_rate: (rows: Row[], level?: number) =>
    named(
      promptRate(
        rows.map(([hits, answers, weight = 1]) => ({ hits, answers, weight })),
        level,
      ),
    ),
  share_of_voice: (rows: Row[]) => named(shareOfVoice(rows.map(([own, total]) => ({ own, total }))), rows.length),
  prompt_change: change,
  planned_half_width: (...figures: Figures) => planHalfWidth(...figures),
  panel_half_width: (...figures: Figures) => panelHalfWidth(...figures),
  prompts_needed: (...figures: Figures) => planPrompts(...figures),
  estimate_rhos: rhos,
  confidence_sequence: confidenceSequence,
};

/** Names of a method inside the reference, which the interval already tells. */
function known(expected: unknown): unknown {
  if (typeof expected !== "object" || expected === null || Array.isArray(expected)) return expected;
  return Object.fromEntries(
    Object.entries(expected).filter(
      ([name, value]) => name !== "method" && name !== "n_eff" && !(name === "n_answers" && value === 0),
    ),
  );
}

describe.skipIf(!hasShared)("the reference vectors of intervals", () => {
  const vectors = hasShared ? vectorsOf<Vector>("intervals") : [];

  it("are all there, and every formula has some", () => {
    expect(vectors.length).toBe(107);
    expect([...new Set(vectors.map(({ fn }) => fn))].sort()).toEqual(Object.keys(ours).sort());
  });

  it.each(vectors)("$id", ({ fn, args, expected }) => {
    expectClose(ours[fn]!(...(args as never[])), known(expected));
  });

  it("are covered by our interval as often as by the reference, 95.4 of a hundred, where naive Wilson has 81.7", () => {
    const sets = vectorsOf<{ truth: number; clusters: [number, number][] }>("coverage_dev");
    const covered = (interval: (clusters: [number, number][]) => readonly [number, number]) =>
      sets.filter(({ truth, clusters }) => {
        const [low, high] = interval(clusters);
        return low <= truth && truth <= high;
      }).length / sets.length;
    const clustered = covered((clusters) => {
      const { low, high } = promptRate(clusters.map(([hits, answers]) => ({ hits, answers })))!;
      return [low, high];
    });
    const naive = covered((clusters) => {
      const hits = clusters.reduce((sum, [hit]) => sum + hit, 0);
      const answers = clusters.reduce((sum, [, count]) => sum + count, 0);
      return wilson(hits / answers, answers, tQuantile(0.975, Infinity));
    });
    expect(sets.length).toBe(930);
    expect(clustered).toBeCloseTo(0.954, 3);
    expect(naive).toBeCloseTo(0.817, 3);
  });
});
