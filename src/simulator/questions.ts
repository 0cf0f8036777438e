/** What the town knows about a question: registered prompts, and a guess for any other text. */
import type { Phase, Segment, UiLanguage } from "../domain.ts";
import { InputError } from "../errors.ts";
import { BoundedMap } from "./bounded.ts";
import { keyOf, type Key } from "./chance.ts";
import type { TownBrand, TownPrompt, WorldDefinition } from "./world.ts";

export interface Question {
  text: string;
  key: Key;
  /** Language of the answer. */
  language: UiLanguage;
  phase: Phase;
  segment: Segment | null;
  /** The brands the question names, in the order of the text. */
  asked: TownBrand[];
}

export interface Questions {
  find: (text: string) => Question;
  /** Adds prompts to the population; a text that is there is replaced. */
  register: (prompts: TownPrompt[]) => void;
  population: () => Question[];
}

/** More prompts than any project has; keeps one request from filling the memory. */
const mostPrompts = 20_000;
/** Guesses kept; a forgotten one is made again. */
const mostGuesses = 5_000;

const swedishWords = new Set(
  "och att det som är på för av med till den har inte om ett vilken vilka vilket hur varför vad var jag kan ska bäst bra köpa eller finns mig min".split(
    " ",
  ),
);
const words = /\p{L}+/gu;
const letter = /\p{L}/u;

/** Swedish when the text has å, ä or ö or more than one common Swedish word in seven; else English. */
export function guessLanguage(text: string): UiLanguage {
  const lower = text.toLowerCase();
  if (/[åäö]/.test(lower)) return "sv";
  const all = lower.match(words) ?? [];
  return all.filter((word) => swedishWords.has(word)).length * 7 > all.length ? "sv" : "en";
}

/** Where a name begins in a text, at the beginning of a word; endings may follow. */
function placeOf(lowerText: string, name: string): number {
  const wanted = name.toLowerCase();
  for (let at = lowerText.indexOf(wanted); at >= 0; at = lowerText.indexOf(wanted, at + 1))
    if (at === 0 || !letter.test(lowerText.charAt(at - 1))) return at;
  return -1;
}

/** The brands a text names by name or product, in the order of the text. */
function brandsIn(text: string, brands: TownBrand[]): TownBrand[] {
  const lower = text.toLowerCase();
  return brands
    .map((brand) => {
      const places = [brand.name, ...brand.products].map((name) => placeOf(lower, name)).filter((at) => at >= 0);
      return { brand, at: Math.min(...places) };
    })
    .filter(({ at }) => Number.isFinite(at))
    .sort((a, b) => a.at - b.at)
    .map(({ brand }) => brand);
}

/** The questions of a town, its definition's prompts registered. */
export function createQuestions(world: WorldDefinition): Questions {
  const registered = new Map<string, Question>();
  const guessed = new BoundedMap<string, Question>(mostGuesses);

  const read = (prompt: TownPrompt): Question => {
    const { text, language, phase, segment } = prompt;
    const found = brandsIn(text, world.brands);
    const named = world.brands.find((brand) => brand.key === prompt.brand);
    if (prompt.brand && !named) throw new InputError(`"${text}" names a brand that is not in town: ${prompt.brand}`);
    const asked = named && !found.includes(named) ? [named, ...found] : found;
    return { text, key: keyOf(text), language: language.startsWith("sv") ? "sv" : "en", phase, segment, asked };
  };
  const names = world.brands.flatMap((brand) => [brand.name, ...brand.products]);
  const guess = (text: string): Question => {
    const language = guessLanguage(names.reduce((rest, name) => rest.replaceAll(name, ""), text));
    return read({ text, language, phase: "consideration", segment: null });
  };
  const register = (prompts: TownPrompt[]): void => {
    if (registered.size + prompts.length > mostPrompts) throw new InputError(`more than ${mostPrompts} prompts`);
    for (const prompt of prompts) registered.set(prompt.text, read(prompt));
  };

  register(world.prompts);
  return {
    find: (text) => registered.get(text) ?? guessed.ensure(text, () => guess(text)),
    register,
    population: () => [...registered.values()],
  };
}
