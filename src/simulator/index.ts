/** The simulator's door: opens a pretend town of assistants on loopback whose truth is known. */
import type { Day } from "../domain.ts";
import type { Faults } from "./faults.ts";
import type { AnswerRecord, Calls } from "./ledger.ts";
import { openServer, type ServerOptions } from "./server.ts";
import { createTown, type TownOptions } from "./town.ts";
import type { TruthFilter, Visibility } from "./truth.ts";
import type { TownPrompt, WorldDefinition } from "./world.ts";

export { demoTown } from "./demo-town.ts";
export type { Faults } from "./faults.ts";
export type { AnswerRecord, Calls } from "./ledger.ts";
export type { TruthFilter, Visibility } from "./truth.ts";
export type * from "./world.ts";

export type SimulatorOptions = TownOptions & ServerOptions;

/** A town that is open. */
export interface Simulator {
  /** Base address of all wires, `http://127.0.0.1:<port>`; OpenAI's SDK wants `/v1` after it. */
  url: string;
  /** The day it is from now on. Throws an InputError when it is not YYYY-MM-DD. */
  setDay(day: Day): void;
  /** Adds prompts to the population; a text that is there is replaced. */
  registerPrompts(prompts: TownPrompt[]): void;
  /** Changes the faults named; the others stay. Rates are replaced as a whole. */
  setFaults(faults: Partial<Faults>): void;
  calls(): Calls;
  /** The answers completely sent after the number `after`, as far back as the log goes. */
  answers(after?: number): AnswerRecord[];
  truth: {
    /** Mean probability that a brand is named, over prompts x assistants x days. */
    visibility(filter: TruthFilter): Visibility;
  };
  /** Breaks all connections and frees the port. */
  close(): Promise<void>;
}

/** Opens a town. Throws an InputError when the definition or the options cannot work. */
export async function startSimulator(definition: WorldDefinition, options: SimulatorOptions = {}): Promise<Simulator> {
  const town = createTown(definition, options);
  const { url, close } = await openServer(town, options);
  return {
    url,
    setDay: town.setDay,
    registerPrompts: town.registerPrompts,
    setFaults: town.setFaults,
    calls: () => town.ledger.counts(),
    answers: (after = 0) => town.ledger.answersAfter(after, Infinity),
    truth: { visibility: town.visibility },
    close,
  };
}
