/** What a town has to say in one language, prepared once. */
import type { UiLanguage, Words } from "../../domain.ts";
import { chain, keyOf } from "../chance.ts";
import type { TownBrand, WorldDefinition } from "../world.ts";
import { english } from "./en.ts";
import type { Phrasebook, Scene, Tone, Voice } from "./phrasebook.ts";
import { swedish } from "./sv.ts";
import { generalTraits } from "./traits.ts";

export interface BrandVoice extends Voice {
  /** What is usually said of the brand, by tone. */
  traits: Record<Tone, string[]>;
}

export interface Point {
  name: string;
  why: string;
}

export interface Speech {
  language: UiLanguage;
  book: Phrasebook;
  category: Omit<Scene, "year">;
  voices: Map<TownBrand, BrandVoice>;
  criteria: Point[];
  steps: Point[];
}

const books: Record<UiLanguage, Phrasebook> = { en: english, sv: swedish };
/** Traits a brand is known for, of each kind: enough for variety, few enough to be its own. */
const traitsPerBrand = 5;

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export function createSpeech(world: WorldDefinition, language: UiLanguage): Speech {
  const traits = world.traits ?? generalTraits;
  const book = books[language];
  const point = ({ name, why }: (typeof traits.criteria)[number]): Point => ({
    name: name[language],
    why: why[language],
  });
  const voice = (brand: TownBrand): BrandVoice => {
    const own = (all: Words[]): Words[] =>
      all
        .map((trait) => ({ trait, at: chain(world.seed, keyOf(brand.key), keyOf(trait.en)) }))
        .sort((a, b) => a.at - b.at)
        .slice(0, traitsPerBrand)
        .map(({ trait }) => trait);
    const inLanguage = (list: Words[]): string[] => list.map((trait) => trait[language]);
    const strengths = own(traits.strengths);
    const weaknesses = own(
      traits.weaknesses.filter((_, place) => !strengths.some((one) => one === traits.strengths[place])),
    );
    return {
      name: brand.name,
      owner: book.genitive(brand.name),
      product: brand.products[0] ?? brand.name,
      traits: {
        positive: inLanguage(strengths),
        neutral: inLanguage(own(traits.plain)),
        negative: inLanguage(weaknesses),
      },
    };
  };
  return {
    language,
    book,
    category: world.category[language],
    voices: new Map(world.brands.map((brand) => [brand, voice(brand)])),
    criteria: traits.criteria.map(point),
    steps: traits.steps.map(point),
  };
}
