/** A compact tree of letters in typed arrays: memory and time stay small with a hundred thousand names. */

/** Edges stand in one open hash table; nodes are numbers, 0 is the root. */
export class Trie {
  #nodes = 1;
  #edges = 0;
  #parents = new Int32Array(1024).fill(-1);
  #units = new Uint16Array(1024);
  #children = new Int32Array(1024);
  #ends = new Uint8Array(1024);
  readonly #fromRoot = new Int32Array(0x10000).fill(-1);

  /** The node behind `unit`, or -1. */
  next(node: number, unit: number): number {
    if (node === 0) return this.#fromRoot[unit]!;
    const slot = this.#slot(node, unit);
    return this.#parents[slot] === -1 ? -1 : this.#children[slot]!;
  }

  /** Says that a word ends at a node. */
  end(node: number): void {
    if (node >= this.#ends.length) {
      const more = new Uint8Array(Math.max(node + 1, this.#ends.length * 2));
      more.set(this.#ends);
      this.#ends = more;
    }
    this.#ends[node] = 1;
  }

  isEnd(node: number): boolean {
    return this.#ends[node] === 1;
  }

  /** The node behind `unit`, made where it is missing. */
  add(node: number, unit: number): number {
    const there = this.next(node, unit);
    if (there !== -1) return there;
    if (node === 0) return (this.#fromRoot[unit] = this.#nodes++);
    if (++this.#edges * 2 > this.#parents.length) this.#grow();
    const slot = this.#slot(node, unit);
    this.#parents[slot] = node;
    this.#units[slot] = unit;
    return (this.#children[slot] = this.#nodes++);
  }

  #slot(node: number, unit: number): number {
    const mask = this.#parents.length - 1;
    let slot = (Math.imul(node, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) >>> 7;
    for (slot &= mask; this.#parents[slot] !== -1; slot = (slot + 1) & mask)
      if (this.#parents[slot] === node && this.#units[slot] === unit) return slot;
    return slot;
  }

  #grow(): void {
    const [parents, units, children] = [this.#parents, this.#units, this.#children];
    this.#parents = new Int32Array(parents.length * 2).fill(-1);
    this.#units = new Uint16Array(parents.length * 2);
    this.#children = new Int32Array(parents.length * 2);
    for (let i = 0; i < parents.length; i++) {
      if (parents[i] === -1) continue;
      const slot = this.#slot(parents[i]!, units[i]!);
      this.#parents[slot] = parents[i]!;
      this.#units[slot] = units[i]!;
      this.#children[slot] = children[i]!;
    }
  }
}
