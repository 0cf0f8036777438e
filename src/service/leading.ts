/** One process of many does what only one should do: it holds a lease and renews it while it works. */
import type { Clock } from "../domain.ts";
import { StoreError } from "../errors.ts";
import type { Log } from "../log.ts";
import { newId, releaseLease, takeLease, type Store } from "../store/index.ts";
import { within } from "./within.ts";

/** A holder that dies is followed after this and the time between two renewals, together well within a minute. */
const leaseMs = 30_000;
const renewMs = 10_000;

export interface Leadership {
  store: Store;
  clock: Clock;
  log: Log;
  /** What the lease is for. */
  name: string;
  /** Goes on until its signal is aborted; when it fails, it begins anew with the next renewal. */
  work: (signal: AbortSignal) => Promise<void>;
}

/** Works while it holds the lease, until `signal` is aborted; then the work has ended and the lease is free. */
export async function lead(leadership: Leadership, signal: AbortSignal): Promise<void> {
  const { store, clock, log, name } = leadership;
  const holder = newId();
  let heldUntil = 0;
  let work: Work | null = null;
  while (!signal.aborted) {
    heldUntil = await renewed(leadership, holder, heldUntil);
    const leads = clock.now() < heldUntil;
    if (work && (!leads || work.failed)) work = await work.end();
    if (leads && !work) work = begin(leadership);
    await clock.sleep(renewMs, signal);
  }
  await work?.end();
  if (!store.exclusive && heldUntil > 0)
    await store
      .tx((tx) => releaseLease(tx, name, holder))
      .catch((error: unknown) =>
        log.warn({ err: error, lease: name }, "a lease could not be given back; it ends by itself"),
      );
}

/** Until when the lease is held; unchanged when the store could not be asked, in the past when somebody else has it. */
async function renewed({ store, clock, log, name }: Leadership, holder: string, heldUntil: number): Promise<number> {
  const until = clock.now() + leaseMs;
  if (store.exclusive) return until; // nobody else can be there
  try {
    const taking = store.tx((tx) => takeLease(tx, name, holder, clock.now(), until));
    return (await within(clock, renewMs, taking, new StoreError("unreachable", "the database does not answer")))
      ? until
      : 0;
  } catch (error) {
    log.warn({ err: error, lease: name }, "a lease could not be renewed; trying again");
    return heldUntil;
  }
}

interface Work {
  failed: boolean;
  /** Resolves with null when the work has ended. */
  end(): Promise<null>;
}

function begin({ log, name, work }: Leadership): Work {
  const ending = new AbortController();
  const begun: Work = {
    failed: false,
    end: async () => {
      ending.abort();
      await ended;
      log.info({ lease: name }, "leads no more");
      return null;
    },
  };
  log.info({ lease: name }, "leads");
  const ended = work(ending.signal).catch((error: unknown) => {
    begun.failed = true;
    log.error({ err: error, lease: name }, "what is done under a lease failed; it begins anew");
  });
  return begun;
}
