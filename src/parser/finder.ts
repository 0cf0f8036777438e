/** Finds all of many strings in one walk over a text, wherever they stand: in words, addresses and code, too. */

export interface Hit<T> {
  /** Places of the string's first unit and of the one behind its last. */
  from: number;
  to: number;
  value: T;
}

/** So many strings that end at one place are told; more are each other's ends. */
const mostAtOnce = 8;

/** Strings in a tree whose nodes know the longest other beginning that they end with (Aho-Corasick). */
export class Finder<T> {
  readonly #edges = new Map<number, number>();
  readonly #parents = [0];
  readonly #units = [0];
  readonly #depths = [0];
  readonly #values: (T | undefined)[] = [undefined];
  /** Where to go on when a letter does not fit; null until all strings are in. */
  #back: Int32Array | null = null;

  /** Adds a string; of equal ones the first keeps its value. */
  add(string: string, value: T): void {
    let node = 0;
    for (let i = 0; i < string.length; i++) {
      const unit = string.charCodeAt(i);
      const there = this.#edges.get(node * 0x10000 + unit);
      if (there === undefined) {
        this.#edges.set(node * 0x10000 + unit, this.#parents.length);
        this.#depths.push(i + 1);
        this.#units.push(unit);
        this.#values.push(undefined);
        node = this.#parents.push(node) - 1;
      } else node = there;
    }
    if (node > 0) this.#values[node] ??= value;
    this.#back = null;
  }

  /** All places of all strings, by where they end. Linear in the number of units. */
  *find(units: ArrayLike<number>): Generator<Hit<T>, void> {
    const back = (this.#back ??= this.#link());
    let node = 0;
    for (let at = 0; at < units.length; at++) {
      node = this.#step(node, units[at]!, back);
      let told = 0;
      for (let end = node; end > 0 && told < mostAtOnce; end = back[end]!) {
        const value = this.#values[end];
        if (value === undefined) continue;
        told++;
        yield { from: at + 1 - this.#depths[end]!, to: at + 1, value };
      }
    }
  }

  #step(node: number, unit: number, back: Int32Array): number {
    for (let from = node; ; from = back[from]!) {
      const next = this.#edges.get(from * 0x10000 + unit);
      if (next !== undefined) return next;
      if (from === 0) return 0;
    }
  }

  #link(): Int32Array {
    const back = new Int32Array(this.#parents.length);
    const byDepth = Array.from(this.#parents.keys()).sort((a, b) => this.#depths[a]! - this.#depths[b]!);
    for (const node of byDepth)
      if (this.#depths[node]! > 1) back[node] = this.#step(back[this.#parents[node]!]!, this.#units[node]!, back);
    return back;
  }
}
