/** A compact tree of letters in typed arrays: memory and time stay small with a hundred thousand names. */

/** Of an edge stand side by side: the node it leaves, the unit on it, the node it leads to. */
const edge = 3;

/** Edges stand in one open hash table; nodes are numbers, 0 is the root. */
export class Trie {
  #nodes = 1;
  #edges = 0;
  #table = new Int32Array(1024 * edge).fill(-1);
  #ends = new Uint8Array(1024);
  readonly #fromRoot = new Int32Array(0x10000).fill(-1);

  /** The node behind `unit`, or -1. */
  next(node: number, unit: number): number {
    return node === 0 ? this.#fromRoot[unit]! : this.#table[this.#slot(node, unit) + 2]!;
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
    if (++this.#edges * 2 * edge > this.#table.length) this.#grow();
    this.#put(node, unit, this.#nodes);
    return this.#nodes++;
  }

  #put(node: number, unit: number, child: number): void {
    const table = this.#table;
    const own = this.#ownSlot(node);
    const slot = table[own] === -1 ? own : this.#slot(node, unit);
    table[slot] = node;
    table[slot + 1] = unit;
    table[slot + 2] = child;
  }

  /** Most nodes have one edge, and nodes of one name stand beside each other: so each has a place of its own. */
  #ownSlot(node: number): number {
    return ((node * 2) & (this.#table.length / edge - 1)) * edge;
  }

  /** Where an edge stands, else a free slot for it. */
  #slot(node: number, unit: number): number {
    const table = this.#table;
    let slot = this.#ownSlot(node);
    if (table[slot] === node && table[slot + 1] === unit) return slot;
    const slots = table.length / edge;
    slot = (((Math.imul(node, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) >>> 7) & (slots - 1)) * edge;
    while (table[slot] !== -1 && (table[slot] !== node || table[slot + 1] !== unit))
      if ((slot += edge) === table.length) slot = 0;
    return slot;
  }

  #grow(): void {
    const old = this.#table;
    this.#table = new Int32Array(old.length * 2).fill(-1);
    for (let i = 0; i < old.length; i += edge) if (old[i] !== -1) this.#put(old[i]!, old[i + 1]!, old[i + 2]!);
  }
}
