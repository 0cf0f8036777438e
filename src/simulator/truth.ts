/** The known truth: how visible a brand really is, as the mean over the town's whole population. */
import type { Day, Phase } from "../domain.ts";
import { InputError } from "../errors.ts";
import type { Model } from "./model.ts";
import type { Questions } from "./questions.ts";
import { townDay, type WorldDefinition } from "./world.ts";

export interface TruthFilter {
  /** Key of the brand. */
  brand: string;
  /** First and last day, both counted. */
  from: Day;
  to: Day;
  /** Id of the one assistant that counts. */
  assistant?: string;
  phase?: Phase;
}

/** Mean probability of being named; a number never travels alone. */
export interface Visibility {
  /** 0 to 1; null when the filter leaves no prompt or no assistant. */
  value: number | null;
  prompts: number;
  assistants: number;
  days: number;
}

/** Longest period answered at once: ten years, so that no request stops the town. */
const mostDays = 3_660;

/**
 * Mean probability that the brand is named over prompts x assistants x days, each weighing the same. Refused and empty
 * answers are left out: they are drawn independently of the brands. Throws an InputError for an unknown name or period.
 */
export function visibility(
  world: WorldDefinition,
  model: Model,
  questions: Questions,
  filter: TruthFilter,
): Visibility {
  const brand = world.brands.find((one) => one.key === filter.brand);
  if (!brand) throw new InputError(`no brand ${filter.brand} in town`);
  const assistants = world.assistants.filter((one) => filter.assistant === undefined || one.id === filter.assistant);
  const prompts = questions.population().filter((one) => filter.phase === undefined || one.phase === filter.phase);
  const [from, to] = [townDay(world, filter.from), townDay(world, filter.to)];
  const days = to - from + 1;
  if (days < 1 || days > mostDays)
    throw new InputError(`from ${filter.from} to ${filter.to} is not 1 to ${mostDays} days`);
  let sum = 0;
  for (const assistant of assistants)
    for (const prompt of prompts)
      for (const probability of model.overDays(brand, prompt, assistant, from, to)) sum += probability;
  const cells = prompts.length * assistants.length * days;
  return {
    value: cells === 0 ? null : sum / cells,
    prompts: prompts.length,
    assistants: assistants.length,
    days,
  };
}
