/** What one answer says before it is put into words: drawn from the model, by keys alone. */
import type { Day, UiLanguage, Words } from "../domain.ts";
import { Chance, chain, gumbel, keyOf, uniform, type Key } from "./chance.ts";
import type { Model } from "./model.ts";
import { chooseCited, type Page, type Web } from "./pages.ts";
import type { Question } from "./questions.ts";
import type { Tone } from "./telling/phrasebook.ts";
import { townDay, type Habits, type TownAssistant, type TownBrand, type WorldDefinition } from "./world.ts";

/** Whether a request lets the assistant search, or makes it. */
export type SearchOffer = "off" | "auto" | "required";

export interface NamedBrand {
  brand: TownBrand;
  tone: Tone;
  fact: { statement: Words; right: boolean } | null;
}

/** Everything drawn for one answer. */
export interface Draw {
  question: Question;
  assistant: TownAssistant;
  day: Day;
  /** The how manyeth answer to this question by this assistant on this day, from 0. */
  nth: number;
  /** Stands for this answer alone. */
  key: Key;
  language: UiLanguage;
  outcome: "answered" | "no_search" | "refused" | "empty";
  /** Refused in plain words: answered on the wire, but about nothing. */
  declined: boolean;
  /** In ranked order. */
  named: NamedBrand[];
  /** Brands the question names and the answer knows nothing of. */
  denied: TownBrand[];
  /** Searches made; 0 when it did not search. */
  searches: number;
  found: Page[];
  cited: Page[];
  preamble: boolean;
  thinking: boolean;
  pauses: boolean;
}

interface DrawRequest {
  question: Question;
  assistant: TownAssistant;
  day: Day;
  nth: number;
  search: SearchOffer;
}

/** Pages that come back from one search. */
export const pagesPerSearch = 10;
/** Added to a brand's strength when brands are ranked: nobody leads a list to be warned of. */
const toneLead: Record<Tone, number> = { positive: 0.5, neutral: 0, negative: -3 };
const secondSearchShare = 0.35;
const streams = { named: 1, order: 2, say: 3, habits: 4, web: 5 };

function drawNamed(world: WorldDefinition, habits: Habits, chances: Float64Array, key: Key): NamedBrand[] {
  const say = new Chance(chain(key, streams.say));
  return world.brands
    .filter((brand, place) => uniform(chain(key, streams.named, keyOf(brand.key))) < (chances[place] ?? 0))
    .map((brand) => {
      const mood = say.next();
      const { positive, negative } = brand.tone;
      const tone: Tone = mood < positive ? "positive" : mood < positive + negative ? "negative" : "neutral";
      const right = !say.happens(habits.wrongFact);
      const statements = right ? brand.facts.right : brand.facts.wrong;
      const statement = say.happens(habits.fact) ? statements[say.below(statements.length)] : undefined;
      const at = brand.strength + toneLead[tone] + gumbel(chain(key, streams.order, keyOf(brand.key)));
      return { at, named: { brand, tone, fact: statement ? { statement, right } : null } };
    })
    .sort((a, b) => b.at - a.at)
    .map((one) => one.named);
}

/**
 * Draws an answer. Who is named follows the model, each brand on its own; the order is Plackett-Luce with the brands'
 * strengths and tones; refusals and empty answers do not depend on any brand.
 */
export function drawAnswer(world: WorldDefinition, habits: Habits, model: Model, web: Web, request: DrawRequest): Draw {
  const { question, assistant, nth } = request;
  const day = townDay(world, request.day);
  const key = chain(world.seed, question.key, keyOf(assistant.id), day, nth);
  const habit = new Chance(chain(key, streams.habits));
  const [refused, empty, declined] = [habits.refusal, habits.empty, habits.declined].map((share) =>
    habit.happens(share),
  );
  const mayUse = assistant.search && request.search !== "off";
  const searched = !habit.happens(request.search === "required" ? 0 : habits.noSearch) && mayUse;
  const outcome = refused ? "refused" : empty ? "empty" : mayUse && !searched ? "no_search" : "answered";
  const silent = refused === true || empty === true || declined === true;

  const named = silent ? [] : drawNamed(world, habits, model.onDay(question, assistant, day), key);
  const brands = named.map(({ brand }) => brand);
  const browse = new Chance(chain(key, streams.web));
  const searches = !searched || refused || empty ? 0 : browse.happens(secondSearchShare) ? 2 : 1;
  const found = searches ? web.find(browse, question.language, brands, day, searches * pagesPerSearch) : [];
  const cites = !silent && !habit.happens(habits.uncited);
  return {
    question,
    assistant,
    day: request.day,
    nth,
    key,
    language: question.language,
    outcome,
    declined: declined === true && !refused && !empty,
    named,
    denied: silent ? [] : question.asked.filter((brand) => !brands.includes(brand)),
    searches,
    found,
    cited: cites ? chooseCited(browse, found, brands) : [],
    preamble: searches > 0 && habit.happens(habits.preamble),
    thinking: habit.happens(habits.thinking),
    pauses: searches > 0 && habit.happens(habits.pause),
  };
}
