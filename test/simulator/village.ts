/** A small town for tests: four brands, two languages, three assistants, no spread and no oddities unless asked for. */
import type { Phase } from "../../src/domain.ts";
import type { Habits, TownBrand, TownPrompt, WorldDefinition } from "../../src/simulator/index.ts";
import { createTown, type Town } from "../../src/simulator/town.ts";
import type { Answer } from "../../src/simulator/telling/tell.ts";

export const noHabits: Habits = {
  refusal: 0,
  declined: 0,
  empty: 0,
  noSearch: 0,
  pause: 0,
  preamble: 0,
  thinking: 0,
  fact: 0.4,
  wrongFact: 0.3,
  uncited: 0,
};

const brand = (name: string, strength: number, more: Partial<TownBrand> = {}): TownBrand => ({
  key: name.toLowerCase(),
  name,
  role: "competitor",
  domains: [`${name.toLowerCase()}.example`],
  products: [`${name} Max`],
  strength,
  tone: { positive: 0.4, negative: 0.2 },
  facts: {
    right: [{ en: `${name} is sold in nine countries`, sv: `${name} säljs i nio länder` }],
    wrong: [{ en: `${name} is sold in two countries`, sv: `${name} säljs i två länder` }],
  },
  ...more,
});

const phases: Phase[] = ["awareness", "consideration", "purchase", "post_purchase"];

/** Unbranded prompts in both languages and all phases. */
export const prompts = (count: number): TownPrompt[] =>
  Array.from({ length: count }, (_, place) => ({
    text: place % 2 === 0 ? `Vilken elcykel är bäst, fråga ${place}?` : `Which e-bike is best, question ${place}?`,
    language: place % 2 === 0 ? "sv" : "en",
    phase: phases[Math.floor(place / 2) % phases.length] ?? "purchase",
    segment: null,
  }));

export function village(more: Partial<WorldDefinition> = {}): WorldDefinition {
  return {
    seed: 7,
    startDay: "2026-03-01",
    category: {
      en: { singular: "e-bike", plural: "e-bikes" },
      sv: { singular: "elcykel", plural: "elcyklar" },
    },
    brands: [
      brand("Vindil", 0.4, { role: "own" }),
      brand("Pedalus", 1),
      brand("Rullvik", -0.5),
      brand("Ekerlund", -1.5),
    ],
    prompts: prompts(24),
    assistants: [
      { id: "openai", servedModel: "model-a-1", search: true, effect: 0 },
      { id: "anthropic", servedModel: "model-b-1", search: true, effect: 0.2 },
      { id: "gemini", servedModel: "model-g-1", search: true, effect: 0.1 },
      { id: "chat", servedModel: "model-c-1", search: false, effect: -0.2 },
    ],
    spread: "none",
    sources: [
      { domain: "cykeltest.example", title: "Cykeltest", weight: 3, language: "sv" },
      { domain: "hjulforum.example", title: "Hjulforum", weight: 2, language: "sv" },
      { domain: "bikereviews.example", title: "Bike Reviews", weight: 3, language: "en" },
      { domain: "daily-pedal.example", title: "The Daily Pedal", weight: 1, language: "en" },
    ],
    events: [],
    habits: noHabits,
    ...more,
  };
}

/** The next answers of every assistant to every registered prompt, straight from the town. */
export function askAll(town: Town, repeats: number): Answer[] {
  const answers: Answer[] = [];
  for (const assistant of town.world.assistants)
    for (const { text } of town.world.prompts)
      for (let repeat = 0; repeat < repeats; repeat++)
        answers.push(town.answer(town.next(town.question(text), assistant), "auto", false));
  return answers;
}

export const openTown = (more: Partial<WorldDefinition> = {}): Town => createTown(village(more), {});

/** Base address for OpenAI's SDK. */
export const v1 = (url: string): string => `${url}/v1`;

/** Difference between a share and its expectation in standard errors of a fair coin: never too strict. */
export const sigmas = (share: number, expected: number, count: number): number =>
  Math.abs(share - expected) / (0.5 / Math.sqrt(count));
