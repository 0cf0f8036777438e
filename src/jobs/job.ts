/** What every job is given: the rooms it joins, and time, network and chance. */
import type { AssistantAdapter } from "../assistants/assistant.ts";
import type { Clock, Question } from "../domain.ts";
import type { Log } from "../log.ts";
import type { Queue } from "../queue/queue.ts";
import type { Store, WorkspaceBudget } from "../store/index.ts";
import type { Notes } from "./notes.ts";

export interface House {
  store: Store;
  queue: Queue;
  clock: Clock;
  /** 0 to 1. */
  random: () => number;
  log: Log;
  notes: Notes;
  fetch: typeof fetch;
  adapters: AssistantAdapter[];
  /** Caps of all projects together. */
  workspaceBudget: WorkspaceBudget;
  /** Value of an environment variable that holds a secret. */
  secret: (name: string) => string | undefined;
}

/** What a module remembers of each house: made when it is first wanted, and gone with the house. */
export function ofHouse<T extends object>(make: (house: House) => T): (house: House) => T {
  const known = new WeakMap<House, T>();
  return (house) => {
    let one = known.get(house);
    if (!one) known.set(house, (one = make(house)));
    return one;
  };
}

/** The fields of every line of the log that is about a question. */
export const aboutQuestion = ({ id, runId, assistantId }: Pick<Question, "id" | "runId" | "assistantId">) => ({
  question: id,
  run: runId,
  assistant: assistantId,
});
