/** The definition of a town: brands, assistants, prompts, pages and events of which the truth is known. */
import type { Day, Language, Phase, Segment, UiLanguage, Words } from "../domain.ts";
import { InputError } from "../errors.ts";
import { dayIndex, isDay } from "./days.ts";

/** Everything that makes a town; JSON, and the same definition always gives the same answers. */
export interface WorldDefinition {
  seed: number;
  /** Day 0 of the events, and the day it is when the town opens. */
  startDay: Day;
  /** What the town's brands sell. */
  category: Record<UiLanguage, { singular: string; plural: string }>;
  brands: TownBrand[];
  /** The population that the truth is the mean of. */
  prompts: TownPrompt[];
  /** One for each wire that answers. */
  assistants: TownAssistant[];
  /** How much prompts and assistants differ: total standard deviation on the logit scale, 1.5, 2.5 or 3.5. */
  spread: "none" | "low" | "mid" | "high";
  sources: ThirdParty[];
  events: TownEvent[];
  /** What can be said about the brands; words that fit most goods when left out. */
  traits?: Traits;
  habits?: Partial<Habits>;
}

export interface TownBrand {
  key: string;
  name: string;
  role: "own" | "competitor";
  domains: string[];
  products: string[];
  /** Logit of being named: 0 is half of all answers when there is no spread. */
  strength: number;
  /** Logits added on an assistant, in a phase, in answers in a language. */
  perAssistant?: Record<string, number>;
  perPhase?: Partial<Record<Phase, number>>;
  perLanguage?: Partial<Record<UiLanguage, number>>;
  /** Shares of the answers naming the brand that speak well or badly of it; the rest is neutral. */
  tone: { positive: number; negative: number };
  /** Whole sentences without a full stop; each names the brand and no other. */
  facts: { right: Words[]; wrong: Words[] };
}

export interface TownPrompt {
  text: string;
  language: Language;
  phase: Phase;
  segment: Segment | null;
  /** Key of the brand the question names; found in the text when left out. */
  brand?: string;
}

export interface TownAssistant {
  /** Id of the wire it answers on, such as `openai`. */
  id: string;
  servedModel: string;
  /** It can search when a request lets it. */
  search: boolean;
  /** Logit added to every brand: how readily it names brands. */
  effect: number;
}

/** A website that belongs to none of the brands. */
export interface ThirdParty {
  domain: string;
  title: string;
  /** How often its pages are looked at, compared with the others. */
  weight: number;
  language: UiLanguage;
}

/** Something that happens `day` days after the start and lasts. */
export type TownEvent =
  /** `logit` is added to the brand: negative for a drop; everywhere when no assistant is named. */
  | { kind: "drop"; day: number; brand: string; assistant?: string; logit: number }
  | { kind: "lost_source"; day: number; domain: string }
  | { kind: "model_change"; day: number; assistant: string; servedModel: string; logit?: number };

/** Noun phrases in lower case that fit after "known for" and "complaints about". */
export interface Traits {
  strengths: Words[];
  /** A weakness and the strength at the same place are opposites: no brand has both. */
  weaknesses: Words[];
  /** What a brand offers, without praise. */
  plain: Words[];
  /** What to look at when choosing, with a sentence that says why. */
  criteria: { name: Words; why: Words }[];
  /** What to do when it is bought and gives trouble. */
  steps: { name: Words; why: Words }[];
}

/** Shares of answers, 0 to 1, each drawn independently of the brands. */
export interface Habits {
  /** Refused on the wire. */
  refusal: number;
  /** Refused in plain words. */
  declined: number;
  /** All tokens spent before the first word. */
  empty: number;
  /** Search is offered but not used. */
  noSearch: number;
  /** Anthropic stops with `pause_turn` before a search has come back. */
  pause: number;
  /** "I'll search for ..." before a search. */
  preamble: number;
  thinking: number;
  /** A fact is told about a named brand that has facts. */
  fact: number;
  /** Of those facts, the wrong ones. */
  wrongFact: number;
  /** Searched, but cites nothing. */
  uncited: number;
}

export const usualHabits: Habits = {
  refusal: 0.003,
  declined: 0.003,
  empty: 0.003,
  noSearch: 0.03,
  pause: 0.02,
  preamble: 0.5,
  thinking: 0.3,
  fact: 0.35,
  wrongFact: 0.15,
  uncited: 0.1,
};

const duplicates = (list: string[]): string[] => list.filter((item, place) => list.indexOf(item) !== place);
const isShare = (value: number): boolean => value >= 0 && value <= 1;

/** Throws an InputError that names everything in the definition that cannot work. */
export function checkWorld(world: WorldDefinition): void {
  const problems: string[] = [];
  const brands = world.brands.map((brand) => brand.key);
  const assistants = world.assistants.map((assistant) => assistant.id);
  if (!isDay(world.startDay)) problems.push(`startDay: ${world.startDay} is not a day written YYYY-MM-DD`);
  for (const key of duplicates(brands)) problems.push(`brands: ${key} is there twice`);
  for (const id of duplicates(assistants)) problems.push(`assistants: ${id} is there twice`);
  for (const { key, tone, domains } of world.brands) {
    if (!isShare(tone.positive) || !isShare(tone.negative) || tone.positive + tone.negative > 1)
      problems.push(`brands: the tone of ${key} is not two shares that add up to at most 1`);
    if (domains.length === 0) problems.push(`brands: ${key} has no domain`);
  }
  for (const event of world.events) {
    if (event.kind === "drop" && !brands.includes(event.brand)) problems.push(`events: no brand ${event.brand}`);
    if (event.kind !== "lost_source" && event.assistant && !assistants.includes(event.assistant))
      problems.push(`events: no assistant ${event.assistant}`);
  }
  for (const [name, list] of Object.entries({ ...world.traits }))
    if (list.length < 3) problems.push(`traits: fewer than three ${name}`);
  for (const [name, share] of Object.entries(world.habits ?? {}))
    if (!isShare(share)) problems.push(`habits: ${name} is not a share between 0 and 1`);
  if (problems.length > 0) throw new InputError(problems);
}

/** The model that serves an assistant on a day, model changes included. */
export function servedModel(world: WorldDefinition, assistant: TownAssistant, day: number): string {
  let model = assistant.servedModel;
  for (const event of world.events)
    if (event.kind === "model_change" && event.assistant === assistant.id && day >= event.day)
      model = event.servedModel;
  return model;
}

/** Days since the town's first day. */
export const townDay = (world: WorldDefinition, day: Day): number => dayIndex(day) - dayIndex(world.startDay);
