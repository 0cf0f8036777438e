/** What a world's answers are expected to say: the true value of metrics, of which answers are a sample. */
import type { Day } from "../../src/domain.ts";
import { createModel } from "../../src/simulator/model.ts";
import { createQuestions, type Question } from "../../src/simulator/questions.ts";
import { createTown } from "../../src/simulator/town.ts";
import { townDay, type TownPrompt, type WorldDefinition } from "../../src/simulator/world.ts";
import { recordOf } from "../../src/simulator/ledger.ts";

/** Chances that an answer cites a page of each brand, that it ranks at all, and that it has each in place 1 to 3. */
interface Saying {
  cited: number[];
  ranked: number;
  top3: number[];
}

/** What answers say by the kind of their question and the brands they name. */
export type Sayings = Map<string, Saying>;

/** The true value of each metric by its id, of the world's brands in their order. */
export type Truth = Record<"visibility" | "share-of-voice" | "top3-rate" | "citation-rate", number[]>;

/** A logit that is as good as certain. */
const certain = 60;

const kindOf = ({ language, phase }: Pick<Question, "language" | "phase">): string => `${language} ${phase}`;
const sayingKey = (kind: string, named: number): string => `${kind} ${named}`;
const isIn = (brand: number, named: number): boolean => (named & (1 << brand)) !== 0;

/**
 * Learns from `draws` answers for each kind of question and each set of brands what an answer that names just these
 * says of them. How likely they are to be named has no part in it: every world with these brands says the same.
 */
export function learnSayings(world: WorldDefinition, draws: number): Sayings {
  const sayings: Sayings = new Map();
  const kinds = new Map(world.prompts.map((prompt) => [kindOf(createQuestions(world).find(prompt.text)), prompt]));
  const [assistant] = world.assistants;
  for (let named = 0; named < 1 << world.brands.length; named++) {
    const brands = world.brands.map((brand, place) => ({
      ...brand,
      perAssistant: { [assistant!.id]: isIn(place, named) ? certain : -certain },
    }));
    const town = createTown({ ...world, spread: "none", events: [], brands }, { logLength: 1 });
    for (const [kind, prompt] of kinds) sayings.set(sayingKey(kind, named), sayingOf(town, prompt, draws));
  }
  return sayings;
}

function sayingOf(town: ReturnType<typeof createTown>, prompt: TownPrompt, draws: number): Saying {
  const { brands, assistants } = town.world;
  const saying: Saying = { cited: brands.map(() => 0), ranked: 0, top3: brands.map(() => 0) };
  for (let draw = 0; draw < draws; draw++) {
    const answer = town.answer(town.next(town.question(prompt.text), assistants[0]!), "auto", false);
    const { citedDomains, ranking } = recordOf(answer, "", 0);
    if (ranking) saying.ranked += 1 / draws;
    brands.forEach(({ key, domains }, brand) => {
      if (domains.some((domain) => citedDomains.includes(domain))) saying.cited[brand]! += 1 / draws;
      if (ranking?.slice(0, 3).includes(key)) saying.top3[brand]! += 1 / draws;
    });
  }
  return saying;
}

/** Sums of what is expected of a prompt's answers. */
interface Expected extends Saying {
  named: number[];
  answers: number;
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** The truth of prompts asked once a day of every assistant; every prompt counts the same, as it does in measures. */
export function truthOf(
  world: WorldDefinition,
  sayings: Sayings,
  texts: readonly string[],
  days: readonly Day[],
): Truth {
  const model = createModel(world);
  const { find } = createQuestions(world);
  const [from, to] = [townDay(world, days[0]!), townDay(world, days.at(-1)!)];
  const prompts = texts.map((text) => {
    const question = find(text);
    const sum: Expected = { named: [], cited: [], top3: [], ranked: 0, answers: 0 };
    for (const list of [sum.named, sum.cited, sum.top3]) list.push(...world.brands.map(() => 0));
    for (const assistant of world.assistants) {
      const chances = world.brands.map((brand) => model.overDays(brand, question, assistant, from, to));
      for (let day = 0; day <= to - from; day++)
        addAnswer(
          sum,
          sayings,
          kindOf(question),
          chances.map((of) => of[day]!),
        );
    }
    return sum;
  });
  const all = mean(prompts.map(({ named }) => named.reduce((sum, one) => sum + one, 0)));
  const each = (value: (prompt: Expected, brand: number) => number): number[] =>
    world.brands.map((_, brand) => mean(prompts.map((prompt) => value(prompt, brand))));
  return {
    visibility: each(({ named, answers }, brand) => named[brand]! / answers),
    "share-of-voice": each(({ named }, brand) => named[brand]! / all),
    "top3-rate": each(({ top3, ranked }, brand) => top3[brand]! / ranked),
    "citation-rate": each(({ cited, answers }, brand) => cited[brand]! / answers),
  };
}

/** Adds what one answer is expected to say whose brands are named with these chances, each on its own. */
function addAnswer(sum: Expected, sayings: Sayings, kind: string, chances: readonly number[]): void {
  sum.answers++;
  chances.forEach((chance, brand) => (sum.named[brand]! += chance));
  for (let named = 0; named < 1 << chances.length; named++) {
    const likely = chances.reduce((product, chance, brand) => product * (isIn(brand, named) ? chance : 1 - chance), 1);
    const saying = sayings.get(sayingKey(kind, named))!;
    sum.ranked += likely * saying.ranked;
    for (let brand = 0; brand < chances.length; brand++) {
      sum.cited[brand]! += likely * saying.cited[brand]!;
      sum.top3[brand]! += likely * saying.top3[brand]!;
    }
  }
}
