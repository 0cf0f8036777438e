/** Whether a process can do its work now: its store and its queue answer in time. */
import { StoreError } from "../errors.ts";
import type { House } from "../jobs/index.ts";
import { within } from "./within.ts";

/** Who asks waits no longer than this. */
const answerMs = 2_000;

type Looked = Pick<House, "store" | "queue" | "clock">;

/** Short words without addresses: what they stand for is in the log of those who use it. */
const words: Record<StoreError["kind"], string> = {
  locked: "is locked",
  full: "has no room",
  not_a_database: "is not Citera's",
  newer: "belongs to a newer version",
  unreachable: "cannot be reached",
  read_only: "takes no writes",
};

/** A look at both that takes at most two seconds: what stands in the way, nothing where all is well. */
export function readiness({ store, queue, clock }: Looked): () => Promise<string[]> {
  const late = new StoreError("unreachable", "no answer in time");
  const reason = (what: string, answer: Promise<unknown>): Promise<string[]> =>
    within(clock, answerMs, answer, late).then(
      () => [],
      (error: unknown) => [`${what} ${error instanceof StoreError ? words[error.kind] : "cannot be reached"}`],
    );
  const look = async () =>
    (await Promise.all([reason("database", store.check()), reason("queue", queue.depths())])).flat();
  let looking: Promise<string[]> | null = null;
  // many who ask at the same time share one look
  return () => (looking ??= look().finally(() => (looking = null)));
}
