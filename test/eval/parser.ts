/** `npm run eval -- parser`: the parser on every labelled set, next to plain regular expressions and to its bars. */
import { table } from "../../src/cli/table.ts";
import type { Corpora } from "./corpora.ts";
import { figureOf, type Figure } from "./figures.ts";
import { readAll, type Measure } from "./measures.ts";
import { ours } from "./ours.ts";
import { plain } from "./plain.ts";
import { labelledSets, type Bar } from "./sets.ts";

export interface Choice {
  /** Only the set of this name. */
  set: string | undefined;
  /** List what is wrong. */
  errors: boolean;
}

/** Prints one line per measure, and how many bars are met. */
export function evaluateParser(corpora: Corpora, choice: Choice, say: (line: string) => void): void {
  const all = labelledSets(corpora);
  const sets = choice.set === undefined ? all : all.filter(({ name }) => name === choice.set);
  if (sets.length === 0) throw new Error(`no set ${choice.set}; there are ${all.map(({ name }) => name).join(", ")}`);
  const lines = [["set", "measure", "n", "ours", "95 %", "plain", "bar", ""]];
  const errors: string[] = [];
  let bars = 0;
  let met = 0;
  for (const { name, rows, url, measures } of sets) {
    const labelled = rows();
    const mine = readAll(labelled, ours, corpora, url);
    const theirs = readAll(labelled, plain, corpora, url);
    for (const [measure, bar] of measures) {
      const outcomes = measure.outcomes(mine);
      const figure = figureOf(outcomes);
      const shortfall = measure.shortfall?.(mine) ?? null;
      const isMet = shortfall === null && meets(figure, measure, bar);
      bars += bar ? 1 : 0;
      met += bar && isMet ? 1 : 0;
      const other = number(figureOf(measure.outcomes(theirs)), measure);
      const verdict = bar ? (isMet ? "pass" : `FAIL${shortfall === null ? "" : `: ${shortfall}`}`) : "";
      lines.push([name, measure.name, String(sizeOf(measure, outcomes, figure)), number(figure, measure)]);
      lines.at(-1)!.push(range(figure, measure), other, barText(bar, measure), verdict);
      for (const { id, error } of outcomes)
        if (error) errors.push(`${name}, ${measure.name}, ${id}: expected ${error.expected}; got ${error.got}`);
    }
  }
  if (choice.errors) for (const error of errors) say(error);
  for (const line of table(lines, 2, (heading) => heading)) say(line);
  say(`${met} of ${bars} bars met.`);
}

/** Texts for ratios and numbers of errors, trials for shares. */
const sizeOf = ({ isRatio, isCount }: Measure, outcomes: unknown[], { of }: Figure): number =>
  isRatio || isCount ? outcomes.length : of;

const factor = ({ isCount }: Measure, { of }: Figure): number => (isCount ? of : 1);
const written = (value: number, { isCount }: Measure): string =>
  isCount ? String(Math.round(value)) : value.toFixed(3);
const number = (figure: Figure, measure: Measure): string =>
  figure.of === 0 ? "none" : written(figure.value * factor(measure, figure), measure);
const range = (figure: Figure, measure: Measure): string =>
  [figure.low, figure.high].map((value) => written(value * factor(measure, figure), measure)).join("–");

function meets(figure: Figure, measure: Measure, bar: Bar): boolean {
  const value = figure.value * factor(measure, figure);
  return bar !== null && figure.of > 0 && ("least" in bar ? value >= bar.least : value <= bar.most);
}

const barText = (bar: Bar, measure: Measure): string =>
  bar === null ? "" : "least" in bar ? `>= ${bar.least}` : `<= ${bar.most}${measure.isCount ? " errors" : ""}`;
