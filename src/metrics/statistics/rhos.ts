/** How alike answers are: to the same prompt, and to the same prompt by the same assistant. */
import { sumOf } from "./sums.ts";

/** Correlations between answers, 0 to 1. */
export interface Rhos {
  /** Of answers by different assistants to the same prompt. */
  prompt: number;
  /** Of repeated answers by one assistant to one prompt. */
  cell: number;
}

/** Until a project has two weeks of its own answers. Source: measures.md 3.1 and 3.6, from published figures. */
export const defaultRhos: Rhos = { prompt: 0.21, cell: 0.47 };

/** What one assistant answered to one prompt. */
export interface Cell {
  prompt: string;
  assistant: string;
  hits: number;
  answers: number;
}

/**
 * The two correlations from a project's own answers, by moments, kept inside 0 to 1; cells with fewer than two answers
 * say nothing. `prompt` is null where no prompt has two assistants; the whole is null with fewer than four cells, and
 * where all answers are alike. Source: measures.md 3.6; the variance of cells less what their answers' luck adds, and
 * the covariance of cells of one prompt, each by mean (1 - mean).
 */
export function estimateRhos(cells: readonly Cell[]): { prompt: number | null; cell: number; mean: number } | null {
  const rows = cells
    .filter(({ answers }) => answers >= 2)
    .map(({ prompt, hits, answers }) => ({ prompt, rate: hits / answers, answers }));
  if (rows.length < 4) return null;
  const mean = sumOf(rows, ({ rate }) => rate) / rows.length;
  const total = mean * (1 - mean);
  if (total <= 0) return null;
  const luck = sumOf(rows, ({ rate, answers }) => (rate * (1 - rate)) / (answers - 1)) / rows.length;
  const between = sumOf(rows, ({ rate }) => (rate - mean) ** 2) / (rows.length - 1) - luck;
  const together = covariance(rows, mean);
  const kept = (rho: number) => Math.min(1, Math.max(0, rho));
  return { prompt: together === null ? null : kept(together / total), cell: kept(between / total), mean };
}

/** Mean product of the deviations of two cells of one prompt, over all such pairs. */
function covariance(rows: { prompt: string; rate: number }[], mean: number): number | null {
  const sums = new Map<string, { cells: number; sum: number; squares: number }>();
  for (const { prompt, rate } of rows) {
    const { cells, sum, squares } = sums.get(prompt) ?? { cells: 0, sum: 0, squares: 0 };
    const off = rate - mean;
    sums.set(prompt, { cells: cells + 1, sum: sum + off, squares: squares + off * off });
  }
  const prompts = [...sums.values()];
  const pairs = sumOf(prompts, ({ cells }) => (cells * (cells - 1)) / 2);
  return pairs === 0 ? null : sumOf(prompts, ({ sum, squares }) => (sum * sum - squares) / 2) / pairs;
}
