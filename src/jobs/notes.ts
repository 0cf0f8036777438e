/** What is worth counting while the house works, told to whoever measures it; never what was asked or answered. */
import type { Outcome } from "../domain.ts";
import type { JobName } from "../queue/queue.ts";

/** Times are milliseconds. Telling costs next to nothing and never throws. */
export interface Notes {
  /**
   * A question came to its end. Time and cost are those of its answer; null where there is none, or where the cost is
   * not known.
   */
  ended(adapter: string, outcome: Outcome | "skipped_budget", tookMs: number | null, costMicroUsd: number | null): void;
  /** A provider's limit makes questions wait. */
  waits(adapter: string, ms: number): void;
  /** The parser read an answer. */
  parsed(ms: number): void;
  /** A job was worked on; one that comes back later is worked on again. */
  worked(job: JobName, end: "done" | "later" | "failed", ms: number): void;
}

/** For those whom nobody measures. */
export const noNotes: Notes = {
  ended: () => undefined,
  waits: () => undefined,
  parsed: () => undefined,
  worked: () => undefined,
};
