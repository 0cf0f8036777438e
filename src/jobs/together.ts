/** Does for some at once what costs as much for one: those that come while it is being done wait for the next time. */

interface Waiting<T> {
  item: T;
  resolve: () => void;
  reject: (error: unknown) => void;
}

export class Together<T> {
  readonly #work: (key: string, items: T[]) => Promise<void>;
  readonly #most: number;
  /** Those that wait, by what they have in common; a key that is here is being worked on. */
  readonly #lines = new Map<string, Waiting<T>[]>();

  /** `work` takes at most `most` items at once; it does all of them, or none and throws. */
  constructor(work: (key: string, items: T[]) => Promise<void>, most: number) {
    this.#work = work;
    this.#most = most;
  }

  /** Resolves when it is done. Throws what `work` throws for this item alone. */
  do(key: string, item: T): Promise<void> {
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

  async #try(key: string, some: Waiting<T>[]): Promise<void> {
    try {
      await this.#work(
        key,
        some.map(({ item }) => item),
      );
      for (const { resolve } of some) resolve();
    } catch (error) {
      if (some.length === 1) return some[0]!.reject(error);
      for (const one of some) await this.#try(key, [one]); // it may be one of them alone that cannot be done
    }
  }
}
