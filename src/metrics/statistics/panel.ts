/** The interval of a panel as it stands: these very prompts and assistants, asked as often as one likes. */
import { sumOf } from "./sums.ts";
import { tQuantile } from "./student.ts";

/** A panel's rate with its interval and what it rests on. */
export interface PanelInterval {
  value: number;
  low: number;
  high: number;
  /** Cells with answers. */
  cells: number;
  answers: number;
}

/**
 * What would these very cells (a prompt and an assistant) say if they were asked for ever? Mean over cells of the
 * cell's rate, every cell counting the same; only the luck of single answers is unsure, so that differences between
 * cells widen nothing. Variance: mean of rate (1 - rate) / (answers - 1) over cells, by their number; a cell with one
 * answer is taken to be as unsure as the others are on average. On the logit scale, and never nearer than three in so
 * many answers (the rule of three), as cells that have agreed so far may yet differ. `null` without answers.
 * Source: measures.md 3.2 and 5, the panel question.
 */
export function panelRate(cells: readonly { hits: number; answers: number }[], level = 0.95): PanelInterval | null {
  const used = cells.filter(({ answers }) => answers > 0);
  if (used.length === 0) return null;
  const answers = sumOf(used, (cell) => cell.answers);
  const value = sumOf(used, (cell) => cell.hits / cell.answers) / used.length;
  const luck = luckOf(used, value);
  const variance = sumOf(used, (cell) => luck(cell) / cell.answers) / used.length ** 2;
  const least = 3 / answers;
  const [low, high] = around(value, tQuantile(0.5 + level / 2, Infinity) * Math.sqrt(variance));
  return {
    value,
    low: Math.max(0, Math.min(low, value - least)),
    high: Math.min(1, Math.max(high, value + least)),
    cells: used.length,
    answers,
  };
}

/** How much single answers of a cell vary: rate (1 - rate), made unbiased. */
function luckOf(cells: readonly { hits: number; answers: number }[], value: number) {
  const own = ({ hits, answers }: { hits: number; answers: number }) =>
    ((hits / answers) * (1 - hits / answers) * answers) / (answers - 1);
  const repeated = cells.filter(({ answers }) => answers > 1);
  const usual = repeated.length > 0 ? sumOf(repeated, own) / repeated.length : value * (1 - value);
  return (cell: { hits: number; answers: number }): number => (cell.answers > 1 ? own(cell) : usual);
}

function around(value: number, half: number): [number, number] {
  const steep = value * (1 - value);
  if (steep <= 1e-12) return [value, value];
  const logit = Math.log(value / (1 - value));
  const expit = (v: number) => 1 / (1 + Math.exp(-v));
  return [expit(logit - half / steep), expit(logit + half / steep)];
}

/**
 * Rounds of one answer to each cell that a plan made beforehand has to take: for a rate of one half and answers that
 * have nothing to do with each other, whatever cells there are. Source: measures.md 5, "worst-case n".
 */
export const worstCaseRounds = (cells: number, halfWidth: number, level = 0.95): number =>
  Math.ceil((0.25 * (tQuantile(0.5 + level / 2, Infinity) / halfWidth) ** 2) / cells);
