/** Holds a simulated town's replies back until it is told to let them go; waits on requests, never on time. */
export class Gate {
  #requests = 0;
  #holdFrom = Infinity;
  #release: (() => void)[] = [];
  #watchers: { requests: number; tell: () => void }[] = [];
  readonly #latency: (ms: number) => Promise<void>;

  /** `latency` is how long replies take that are not held: no time, unless told. */
  constructor(latency: (ms: number) => Promise<void> = () => Promise.resolve()) {
    this.#latency = latency;
  }

  /** Given to the town as the way it waits: every request comes by here, provided that its delay is not zero. */
  readonly sleep = (ms: number, signal?: AbortSignal): Promise<void> => {
    const number = ++this.#requests;
    const waits =
      number < this.#holdFrom
        ? this.#latency(ms)
        : new Promise<void>((resolve) => {
            this.#release.push(resolve);
            signal?.addEventListener("abort", () => resolve(), { once: true });
          });
    this.#watchers = this.#watchers.filter(({ requests, tell }) => {
      if (number >= requests) tell();
      return number < requests;
    });
    return waits;
  };

  /** Holds the reply to every request from the how manyeth on. */
  holdFrom(request: number): void {
    this.#holdFrom = request;
  }

  /** Resolves when so many requests have come. */
  came(requests: number): Promise<void> {
    if (this.#requests >= requests) return Promise.resolve();
    return new Promise((tell) => this.#watchers.push({ requests, tell }));
  }

  /** Calls `act` at the very moment at which so many requests have come, before the last of them gets its reply. */
  at(requests: number, act: () => void): void {
    this.#watchers.push({ requests, tell: act });
  }

  /** Lets everybody go, now and from now on. */
  open(): void {
    this.#holdFrom = Infinity;
    for (const release of this.#release.splice(0)) release();
  }
}
