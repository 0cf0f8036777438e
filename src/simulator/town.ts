/** A town that is open: its day, its counters and its answers. */
import type { Day } from "../domain.ts";
import { InputError } from "../errors.ts";
import { BoundedMap } from "./bounded.ts";
import { chain, keyOf } from "./chance.ts";
import { dayIndex } from "./days.ts";
import { drawAnswer, type SearchOffer } from "./draw.ts";
import { checkFaults, drawFault, faultKinds, noFaults, type FaultKind, type Faults } from "./faults.ts";
import { Ledger } from "./ledger.ts";
import { createModel } from "./model.ts";
import { createWeb } from "./pages.ts";
import { createQuestions, type Question } from "./questions.ts";
import { createSpeech } from "./telling/speech.ts";
import { tell, type Answer } from "./telling/tell.ts";
import { visibility, type TruthFilter, type Visibility } from "./truth.ts";
import { checkWorld, usualHabits, type TownAssistant, type TownPrompt, type WorldDefinition } from "./world.ts";

export interface TownOptions {
  faults?: Partial<Faults>;
  /** Answers kept in the log; 10,000 when left out. */
  logLength?: number;
}

/** Which answer is meant: the how manyeth to this question by this assistant on this day. */
export interface AnswerPlace {
  question: Question;
  assistant: TownAssistant;
  day: Day;
  nth: number;
}

export interface Town {
  readonly world: WorldDefinition;
  readonly ledger: Ledger;
  faults: () => Faults;
  setFaults: (faults: Partial<Faults>) => void;
  setDay: (day: Day) => void;
  registerPrompts: (prompts: TownPrompt[]) => void;
  assistant: (id: string) => TownAssistant | undefined;
  question: (text: string) => Question;
  /** Counts an attempt at a question and draws what befalls it. */
  attempt: (question: Question, assistant: TownAssistant) => { kind: FaultKind | null; delayMs: number };
  /** The place of the next answer to a question today. */
  next: (question: Question, assistant: TownAssistant) => AnswerPlace;
  /** The answer at a place: always the same one. */
  answer: (place: AnswerPlace, search: SearchOffer, truncated: boolean) => Answer;
  visibility: (filter: TruthFilter) => Visibility;
}

/** Questions of one assistant and day whose repeats are counted; a forgotten one starts again from its first answer. */
const mostCounters = 50_000;
const usualLogLength = 10_000;
const faultStream = 31;

/** Opens a town on its first day. Throws an InputError when the definition or the options cannot work. */
export function createTown(world: WorldDefinition, options: TownOptions): Town {
  checkWorld(world);
  const habits = { ...usualHabits, ...world.habits };
  const model = createModel(world);
  const questions = createQuestions(world);
  const speeches = { en: createSpeech(world, "en"), sv: createSpeech(world, "sv") };
  const web = createWeb(world, speeches);
  const counters = new BoundedMap<string, { attempts: number; answers: number }>(mostCounters);
  let today = world.startDay;
  let faults = noFaults;

  const setFaults = (change: Partial<Faults>): void => {
    const strange = Object.keys(change).filter((name) => !(name in noFaults));
    if (strange.length > 0) throw new InputError(`faults: there is no ${strange.join(", ")}`);
    const wanted = { ...faults, ...change };
    checkFaults(wanted);
    faults = wanted;
  };
  const counter = ({ text }: Question, { id }: TownAssistant): { attempts: number; answers: number } =>
    counters.ensure(`${id} ${today} ${text}`, () => ({ attempts: 0, answers: 0 }));
  setFaults(options.faults ?? {});

  return {
    world,
    ledger: new Ledger(faultKinds, options.logLength ?? usualLogLength),
    faults: () => faults,
    setFaults,
    setDay: (day) => {
      dayIndex(day);
      today = day;
    },
    registerPrompts: questions.register,
    assistant: (id) => world.assistants.find((assistant) => assistant.id === id),
    question: questions.find,
    attempt: (question, assistant) => {
      const tried = counter(question, assistant).attempts++;
      return drawFault(
        faults,
        chain(world.seed, faultStream, question.key, keyOf(assistant.id), dayIndex(today), tried),
      );
    },
    next: (question, assistant) => ({
      question,
      assistant,
      day: today,
      nth: counter(question, assistant).answers++,
    }),
    answer: (place, search, truncated) =>
      tell(world, speeches, drawAnswer(world, habits, model, web, { ...place, search }), truncated),
    visibility: (filter) => visibility(world, model, questions, filter),
  };
}
