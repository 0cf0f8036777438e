/** Does for some at once what costs as much for one: those that come while it is being done wait for the next time. */
import { storeErrorIn } from "../errors.ts";

interface Waiting<T, R> {
  item: T;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

/** Few enough that nothing else waits for long: an answer takes about a millisecond to read. */
const usually = 16;

/** Gives what came of each item, in their order; does all of them, or none and throws. */
type Work<T, R> = (items: T[], key: string) => Promise<R[]>;

export class Together<T, R> {
  readonly #work: Work<T, R>;
  readonly #most: number;
  /** Those that wait, by what they have in common; a key that is here is being worked on. */
  readonly #lines = new Map<string, Waiting<T, R>[]>();

  /** `work` is given at most `most` items at once. */
  constructor(work: Work<T, R>, most = usually) {
    this.#work = work;
    this.#most = most;
  }

  /** What came of it. Throws what `work` throws for this item alone, or for all where the store fails. */
  do(key: string, item: T): Promise<R> {
    return new Promise((resolve, reject) => {
      const waiting = { item, resolve, reject };
      const line = this.#lines.get(key);
      if (line) return void line.push(waiting);
      this.#lines.set(key, [waiting]);
      void this.#workOff(key);
    });
  }

  async #workOff(key: string): Promise<void> {
    for (const line = this.#lines.get(key)!; line.length > 0;) await this.#try(key, line.splice(0, this.#most));
    this.#lines.delete(key); // in the same breath as the last look: nobody can slip in between
  }

  async #try(key: string, some: Waiting<T, R>[]): Promise<void> {
    try {
      const items = some.map(({ item }) => item);
      const results = await this.#work(items, key);
      for (const [i, { resolve }] of some.entries()) resolve(results[i]!); // one for each
    } catch (error) {
      if (some.length === 1 || storeErrorIn(error)) return some.forEach(({ reject }) => reject(error));
      for (const one of some) await this.#try(key, [one]); // it may be one of them alone that cannot be done
    }
  }
}
