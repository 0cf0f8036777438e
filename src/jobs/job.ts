/** What every job is given: the rooms it joins, and time, network and chance. */
import type { AssistantAdapter } from "../assistants/assistant.ts";
import type { Clock } from "../domain.ts";
import type { Log } from "../log.ts";
import type { Queue } from "../queue/queue.ts";
import type { Store } from "../store/index.ts";

export interface House {
  store: Store;
  queue: Queue;
  clock: Clock;
  /** 0 to 1. */
  random: () => number;
  log: Log;
  fetch: typeof fetch;
  adapters: AssistantAdapter[];
  /** Value of an environment variable that holds a secret. */
  secret: (name: string) => string | undefined;
}
