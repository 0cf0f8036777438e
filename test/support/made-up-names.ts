/** Names that nobody bears and texts that name some of them, the same for the same seed. */

const syllables =
  "ba be bo da do fa fi ga go ka ki la li lo ma mi mo na ne no pa pe ra ri ro sa so ta te ti va vi vo za zo".split(" ");
const ends = ["n", "r", "l", "x", "nt", "rk", "st", ""];

/** Numbers from 0 to below 1 (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

const pick = <T>(from: readonly T[], draw: () => number): T => from[Math.floor(draw() * from.length)]!;

const word = (draw: () => number, least: number): string => {
  const made = Array.from({ length: least + Math.floor(draw() * 3) }, () => pick(syllables, draw)).join("");
  return made[0]!.toUpperCase() + made.slice(1) + pick(ends, draw);
};

/** So many different names of one or two words, a quarter of them of two. */
export function madeUpNames(count: number, seed = 1): string[] {
  const draw = chance(seed);
  const names = new Set<string>();
  while (names.size < count) names.add(draw() < 0.25 ? `${word(draw, 1)} ${word(draw, 2)}` : word(draw, 3));
  return [...names];
}

/** A text of at least `length` units in which one of the names stands about every `every` units of the given words. */
export function textNaming(names: readonly string[], words: readonly string[], length: number, every = 200): string {
  const draw = chance(7);
  const parts: string[] = [];
  let [written, since] = [0, 0];
  for (let at = 0; written < length; at = (at + 1) % words.length) {
    const next = since > every ? pick(names, draw) : words[at]!;
    since = since > every ? 0 : since + next.length + 1;
    parts.push(next);
    written += next.length + 1;
  }
  return parts.join(" ");
}
