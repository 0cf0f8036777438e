/** How many prompts a wanted width needs, and what width a panel will have, before anything is asked. */
import { defaultRhos, type Rhos } from "./rhos.ts";
import { tQuantile } from "./student.ts";

/** More prompts than anybody asks; a width that needs more cannot be had. */
const mostPrompts = 100_000;

const isShare = (p: number): boolean => p >= 0 && p <= 1;
const isCount = (...counts: number[]): boolean => counts.every((count) => count >= 1 && Number.isFinite(count));

/**
 * Half the width the interval of a rate `p` is expected to have with so many prompts, assistants, repeats, and days
 * that are treated as repeats: t of N-1 degrees times sqrt(p(1-p)/N (rhoP + (rhoC - rhoP)/A + (1 - rhoC)/(A R D))).
 * `null` where no interval can be had: below two prompts, or `p` outside 0 to 1. Source: measures.md 3.6.
 */
export function planHalfWidth(
  p: number,
  prompts: number,
  assistants: number,
  repeats: number,
  days = 1,
  rhos: Rhos = defaultRhos,
  level = 0.95,
): number | null {
  if (!isShare(p) || !isCount(prompts, assistants, repeats, days) || prompts < 2) return null;
  const spread = rhos.prompt + (rhos.cell - rhos.prompt) / assistants + (1 - rhos.cell) / (assistants * repeats * days);
  return tQuantile(0.5 + level / 2, prompts - 1) * Math.sqrt(((p * (1 - p)) / prompts) * Math.max(0, spread));
}

/**
 * Half the width for these very prompts, not for all like them: only the luck of single answers is left.
 * Source: measures.md 3.2 and 3.6, panel question.
 */
export function panelHalfWidth(
  p: number,
  prompts: number,
  assistants: number,
  repeats: number,
  days = 1,
  rhos: Rhos = defaultRhos,
  level = 0.95,
): number | null {
  if (!isShare(p) || !isCount(prompts, assistants, repeats, days)) return null;
  const answers = prompts * assistants * repeats * days;
  return tQuantile(0.5 + level / 2, Infinity) * Math.sqrt((p * (1 - p) * (1 - rhos.cell)) / answers);
}

/**
 * The fewest prompts, at least three, whose half width is at most `halfWidth`; `null` where none up to 100,000 do.
 * Source: measures.md 3.6. The width falls with every prompt, so the number is found by halving.
 */
export function planPrompts(
  p: number,
  halfWidth: number,
  assistants: number,
  repeats: number,
  days = 1,
  rhos: Rhos = defaultRhos,
  level = 0.95,
): number | null {
  const enough = (prompts: number) => {
    const half = planHalfWidth(p, prompts, assistants, repeats, days, rhos, level);
    return half !== null && half <= halfWidth;
  };
  if (!enough(mostPrompts)) return null;
  let tooFew = 2;
  let many = mostPrompts;
  while (many - tooFew > 1) {
    const middle = Math.floor((tooFew + many) / 2);
    if (enough(middle)) many = middle;
    else tooFew = middle;
  }
  return many;
}
