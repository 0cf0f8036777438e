/** Chance without state: every draw is a hash of its keys, so the order of questions changes nothing. */

/** A 32-bit number that stands for a thing or a chain of things. */
export type Key = number;

/** Hash of a text: FNV-1a with the finaliser of MurmurHash3. */
export function keyOf(text: string): Key {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mix(hash, text.length);
}

/** One key from two, as MurmurHash3 does it. */
export function mix(left: Key, right: Key): Key {
  let k = Math.imul(right, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  let hash = left ^ k;
  hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** One key from a chain of keys. */
export const chain = (...keys: Key[]): Key => keys.reduce(mix);

/** Even between 0 and 1, both left out. */
export const uniform = (key: Key): number => ((key >>> 0) + 0.5) / 0x1_0000_0000;

/** Normal with mean 0 and standard deviation 1, by Box and Muller. */
export const normal = (key: Key): number =>
  Math.sqrt(-2 * Math.log(uniform(mix(key, 1)))) * Math.cos(2 * Math.PI * uniform(mix(key, 2)));

/** Gumbel noise: adding it to scores and sorting gives Plackett-Luce orders. */
export const gumbel = (key: Key): number => -Math.log(-Math.log(uniform(key)));

/** A row of draws from one key, for choices that follow each other. */
export class Chance {
  private readonly key: Key;
  private drawn = 0;
  constructor(key: Key) {
    this.key = key;
  }

  /** Even between 0 and 1. */
  next(): number {
    return uniform(mix(this.key, ++this.drawn));
  }

  /** A whole number from 0 up to and without `count`. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  happens(share: number): boolean {
    return this.next() < share;
  }

  /** A copy in chance order. */
  shuffled<T>(list: readonly T[]): T[] {
    const copy = [...list];
    for (let last = copy.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      const kept = copy[last] as T; // both places are inside the list
      copy[last] = copy[other] as T;
      copy[other] = kept;
    }
    return copy;
  }

  /** One of the choices, as often as its weight says. */
  weighted<T extends string>(weights: Record<T, number>): T {
    const choices = Object.keys(weights) as T[]; // Object.keys forgets the type of the keys
    let rest = this.next() * choices.reduce((sum, choice) => sum + weights[choice], 0);
    for (const choice of choices) if ((rest -= weights[choice]) < 0) return choice;
    throw new RangeError("nothing to choose from");
  }
}
