/** Looks regularly whether a process can go on: its store answers, and no newer version has migrated it. */
import type { Clock } from "../domain.ts";
import { StoreError } from "../errors.ts";
import type { Log } from "../log.ts";
import { within } from "./within.ts";

/** As often as the ticker wakes. */
const everyMs = 20_000;
/** A database that restarts is back by then; one that is not is lost, and whoever runs us should hear of it. */
const patienceMs = 120_000;

/**
 * Looks until `signal` is aborted. Rejects when the store belongs to a newer version, and when `look` has failed for so
 * long that waiting does not help.
 */
export async function watch(
  { clock, log }: { clock: Clock; log: Log },
  look: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  let failingSince: number | null = null;
  for (;;) {
    await clock.sleep(everyMs, signal);
    if (signal.aborted) return;
    try {
      await within(clock, everyMs, look(), new StoreError("unreachable", "the database does not answer"));
      failingSince = null;
    } catch (error) {
      failingSince ??= clock.now();
      const newer = error instanceof StoreError && error.kind === "newer";
      if (newer || clock.now() - failingSince >= patienceMs) throw error;
      log.warn({ err: error }, "the database could not be looked at; trying again");
    }
  }
}
