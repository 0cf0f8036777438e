/** The variance model: how likely an answer is to name a brand. */
import { BoundedMap } from "./bounded.ts";
import { chain, keyOf, mix, normal, type Key } from "./chance.ts";
import type { Question } from "./questions.ts";
import type { TownAssistant, TownBrand, WorldDefinition } from "./world.ts";

export interface Model {
  /** Probability that each brand of the world is named, in its order, on a day since the start. */
  onDay(question: Question, assistant: TownAssistant, day: number): Float64Array;
  /** Probability that one brand is named, for each day from `from` to `to`. */
  overDays(brand: TownBrand, question: Question, assistant: TownAssistant, from: number, to: number): Float64Array;
}

/** Total standard deviation on the logit scale. */
const totalSd = { low: 1.5, mid: 2.5, high: 3.5 };
const driftSd = 0.8;
const dayShockSd = 0.2;
/**
 * What the drift and the shared shock of a day leave of the total variance is split between the prompt, the assistant
 * and the two together. Over many worlds two assistants asked one prompt then have an intraclass correlation rho_P of
 * .10, .20 and .25 (low, mid, high; .21 was measured on public data) and one cell on one day rho_C of .29, .47 and .59
 * (.46 to .59 follows from published figures).
 */
const shares = { prompt: 0.53, assistant: 0.04, promptAssistant: 0.43 };

/** Logits on top for a brand the question names, and for every brand beside it. */
const askedLogit = 4;
const besideLogit = -1;

/**
 * Drift with correlation 0.9 from day to day, as a moving average of daily shocks: after 45 days a shock is below one
 * hundredth, and any day can be had without walking there from the first.
 */
const driftWeights = Float64Array.from({ length: 45 }, (_, lag) => 0.9 ** lag);
const driftScale = driftSd / Math.sqrt(driftWeights.reduce((sum, weight) => sum + weight * weight, 0));

const kinds = { prompt: 1, assistant: 2, promptAssistant: 3, drift: 4, dayShock: 5 };
/** Cells of one day kept: 5,000 prompts on four assistants. */
const mostCells = 20_000;

const expit = (logit: number): number => 1 / (1 + Math.exp(-logit));

function driftOver(cell: Key, from: number, to: number): Float64Array {
  const oldest = from - driftWeights.length + 1;
  const shocks = Float64Array.from({ length: to - oldest + 1 }, (_, place) => normal(mix(cell, oldest + place)));
  return Float64Array.from({ length: to - from + 1 }, (_, place) => {
    let sum = 0;
    for (let lag = 0; lag < driftWeights.length; lag++)
      sum += (driftWeights[lag] ?? 0) * (shocks[place + driftWeights.length - 1 - lag] ?? 0);
    return sum * driftScale;
  });
}

/** What the world's events add to a brand's logit on an assistant on a day. */
function eventLogit(world: WorldDefinition, brand: TownBrand, assistant: TownAssistant, day: number): number {
  let sum = 0;
  for (const event of world.events) {
    if (day < event.day || event.kind === "lost_source") continue;
    if (event.kind === "drop" && event.brand !== brand.key) continue;
    if (event.assistant === undefined || event.assistant === assistant.id) sum += event.logit ?? 0;
  }
  return sum;
}

function askedShift(brand: TownBrand, question: Question): number {
  if (question.asked.length === 0) return 0;
  return question.asked.includes(brand) ? askedLogit : besideLogit;
}

/**
 * theta = strength and offsets + prompt + assistant + prompt x assistant + drift of the cell + shock of the assistant's
 * day; the probability is expit(theta). Every part is a hash of the seed and its names.
 */
export function createModel(world: WorldDefinition): Model {
  const spread = world.spread === "none" ? null : totalSd[world.spread];
  const staticVariance = spread === null ? 0 : spread ** 2 - driftSd ** 2 - dayShockSd ** 2;
  const sd = {
    prompt: Math.sqrt(staticVariance * shares.prompt),
    assistant: Math.sqrt(staticVariance * shares.assistant),
    promptAssistant: Math.sqrt(staticVariance * shares.promptAssistant),
  };
  const nameKeys = new Map(
    [...world.brands.map((b) => b.key), ...world.assistants.map((a) => a.id)].map((n) => [n, keyOf(n)]),
  );
  const keyFor = (kind: keyof typeof kinds, ...rest: Key[]): Key => chain(world.seed, kinds[kind], ...rest);
  const nameKey = (name: string): Key => nameKeys.get(name) ?? keyOf(name);
  const cells = new BoundedMap<string, Float64Array>(mostCells);

  function settled(brand: TownBrand, question: Question, assistant: TownAssistant): number {
    const fixed =
      brand.strength +
      assistant.effect +
      (brand.perAssistant?.[assistant.id] ?? 0) +
      (brand.perPhase?.[question.phase] ?? 0) +
      (brand.perLanguage?.[question.language] ?? 0) +
      askedShift(brand, question);
    if (spread === null) return fixed;
    const [b, a] = [nameKey(brand.key), nameKey(assistant.id)];
    return (
      fixed +
      sd.prompt * normal(keyFor("prompt", question.key, b)) +
      sd.assistant * normal(keyFor("assistant", a, b)) +
      sd.promptAssistant * normal(keyFor("promptAssistant", question.key, a, b))
    );
  }

  const overDays: Model["overDays"] = (brand, question, assistant, from, to) => {
    const base = settled(brand, question, assistant);
    const [b, a] = [nameKey(brand.key), nameKey(assistant.id)];
    const drift = spread === null ? null : driftOver(keyFor("drift", question.key, a, b), from, to);
    return Float64Array.from({ length: to - from + 1 }, (_, place) => {
      const day = from + place;
      const moving = drift ? (drift[place] ?? 0) + dayShockSd * normal(keyFor("dayShock", a, day)) : 0;
      return expit(base + moving + eventLogit(world, brand, assistant, day));
    });
  };
  const measure = (question: Question, assistant: TownAssistant, day: number): Float64Array =>
    Float64Array.from(world.brands, (brand) => overDays(brand, question, assistant, day, day)[0] ?? 0);
  return {
    overDays,
    onDay: (question, assistant, day) =>
      cells.ensure(
        `${question.key} ${question.asked.length} ${question.phase} ${question.language} ${assistant.id} ${day}`,
        () => measure(question, assistant, day),
      ),
  };
}
