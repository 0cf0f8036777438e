/** The queues that the contract is run on, each with a way to start it, to let time pass and to lose it. */
import { setTimeout as pause } from "node:timers/promises";
import { inject, vi } from "vitest";
import { EmbeddedQueue } from "../../src/queue/embedded.ts";
import type { NewJob, Queue } from "../../src/queue/queue.ts";
import { StillClock } from "../support/clock.ts";
import { databases, type FreshStore } from "../support/databases.ts";
import { handlers } from "../support/handlers.ts";

/** One set of jobs and the queues that work on it, one after another. */
export interface Bench {
  /** Another queue on the same jobs. */
  queue(atOnce?: number): Queue | Promise<Queue>;
  /** A queue that took jobs and then died: nothing renews its leases and nothing it does is heard of. */
  dyingQueue(): Queue | Promise<Queue>;
  /** Epoch milliseconds as the queues see them. */
  now(): number;
  pass(ms: number): void | Promise<void>;
  /** Keys of jobs that were set aside, with the reason. */
  readonly setAside: { key: string; reason: string }[];
  close(): Promise<void>;
}

class EmbeddedBench implements Bench {
  readonly setAside: { key: string; reason: string }[] = [];
  readonly #fresh: FreshStore;
  readonly #clock = new StillClock();
  readonly #queues: Queue[] = [];
  readonly #broken: unknown[] = [];

  constructor(fresh: FreshStore) {
    this.#fresh = fresh;
  }

  queue(atOnce?: number): Queue {
    const queue = this.#open(this.#clock, atOnce);
    this.#queues.push(queue);
    return queue;
  }

  /** Its clock stands still for ever, so it never renews; it is left as it is. */
  dyingQueue(): Queue {
    return this.#open(new StillClock(this.#clock.now()));
  }

  now(): number {
    return this.#clock.now();
  }

  pass(ms: number): void {
    this.#clock.pass(ms);
  }

  async close(): Promise<void> {
    for (const queue of this.#queues) await queue.stop(0);
    await this.#fresh.remove();
    if (this.#broken.length) throw this.#broken[0];
  }

  #open(clock: StillClock, atOnce = Infinity): Queue {
    return new EmbeddedQueue({
      store: this.#fresh.store,
      atOnce,
      clock,
      random: () => 0.5,
      onGiveUp: (key, error) => this.setAside.push({ key, reason: String(error) }),
      onBroken: (error) => this.#broken.push(error),
    });
  }
}

type Implementations = [name: string, open: () => Promise<Bench>][];

const embedded: Implementations = databases.map(([name, open]) => [
  `the embedded queue on ${name}`,
  async () => new EmbeddedBench(await open()),
]);

declare module "vitest" {
  interface ProvidedContext {
    /** On which queues the contract is run: those that need nothing but the databases, or those of BullMQ. */
    queues: "embedded" | "bullmq";
  }
}

export const implementations: Implementations =
  inject("queues") === "embedded" ? embedded : (await import("./bullmq-bench.ts")).onBullmq;

export const askJob = (id: string, more: Partial<Pick<NewJob, "lane" | "delayMs" | "onlyIfMissing">> = {}): NewJob => ({
  name: "ask",
  key: `ask-${id}`,
  lane: "lane",
  payload: { questionId: id },
  ...more,
});

/** A door that opens when a test says so. */
export function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** Resolves when it is so; looks often, because what it waits for is a few milliseconds away. */
export const soon = (so: () => Promise<void> | void) => vi.waitFor(so, { interval: 2, timeout: 10_000 });

/** Lets time pass by the second until it is so. */
export async function passUntil(bench: Bench, so: () => boolean): Promise<void> {
  for (let steps = 0; !so(); steps++) {
    if (steps > 5_000) throw new Error("it never came to be so");
    await bench.pass(1_000);
    await pause(1);
  }
}

export type Work = (id: string) => Promise<void> | void;

/** Starts a queue with an ask handler that writes down whom it was called for. */
export async function noteCalls(queue: Queue, work: Work = () => undefined): Promise<string[]> {
  const called: string[] = [];
  await queue.start(
    handlers({
      ask: async ({ questionId }) => {
        called.push(questionId);
        await work(questionId);
      },
    }),
  );
  return called;
}
