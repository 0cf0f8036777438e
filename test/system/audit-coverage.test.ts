/** Audits that stop when they are narrow enough, simulated: how often the interval holds the truth, and what is saved. */
import { expect, it } from "vitest";
import { panelRate, worstCaseRounds } from "../../src/metrics/statistics.ts";
import { Chance } from "../../src/simulator/chance.ts";

const panels = 1_500;
const width = 0.05;

/** As alike as measured answers are: standard deviations of prompts and of their cells on the logit scale. */
const spread = { prompt: 1.68, cell: 1.85 };

const normal = (chance: Chance) => Math.sqrt(-2 * Math.log(chance.next())) * Math.cos(2 * Math.PI * chance.next());

/** Each cell's true rate. */
const truthsOf = (chance: Chance, prompts: number, assistants: number, level: number): number[] =>
  Array.from({ length: prompts }, () => level + spread.prompt * normal(chance)).flatMap((own) =>
    Array.from({ length: assistants }, () => 1 / (1 + Math.exp(-(own + spread.cell * normal(chance))))),
  );

/** Rounds until the interval is narrow enough, at least three, and whether it holds the truth of the panel. */
function audited(chance: Chance, truths: number[]): { rounds: number; holds: boolean } {
  const cells = truths.map(() => ({ hits: 0, answers: 0 }));
  const truth = truths.reduce((sum, one) => sum + one, 0) / truths.length;
  for (let rounds = 1; ; rounds++) {
    for (const [i, likely] of truths.entries()) {
      cells[i]!.answers++;
      if (chance.happens(likely)) cells[i]!.hits++;
    }
    const { low, high } = panelRate(cells)!;
    if (rounds >= 3 && (high - low) / 2 <= width) return { rounds, holds: low <= truth && truth <= high };
  }
}

it.each([
  { prompts: 10, assistants: 1, level: -0.4 },
  { prompts: 10, assistants: 3, level: -0.4 },
  { prompts: 40, assistants: 1, level: -0.4 },
  { prompts: 40, assistants: 1, level: 0.8 },
  { prompts: 40, assistants: 1, level: -3 },
])("holds the truth of $prompts x $assistants cells at level $level, for less", ({ prompts, assistants, level }) => {
  const all = Array.from({ length: panels }, (_, i) => {
    const chance = new Chance(i + 1);
    return audited(chance, truthsOf(chance, prompts, assistants, level));
  });
  const held = all.filter(({ holds }) => holds).length / panels;
  const rounds = all.reduce((sum, one) => sum + one.rounds, 0) / panels;
  const saved = 1 - rounds / worstCaseRounds(prompts * assistants, width);
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  console.log(
    `audit ${prompts} x ${assistants} at level ${level}: holds ${percent(held)}, ${rounds.toFixed(1)} rounds, ` +
      `${percent(saved)} saved against the worst case`,
  );
  expect(held).toBeGreaterThan(0.925);
  expect(held).toBeLessThan(0.975);
  expect(saved).toBeGreaterThan(0.4);
});
