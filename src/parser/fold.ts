/** Folds text for comparison: case, composed letters, apostrophes, hyphens and spaces; keeps where each unit stood. */

export interface Folded {
  /** UTF-16 units of the folded text. */
  units: Uint16Array;
  /** Where in the original the letter of each unit begins ... */
  offsets: Uint32Array;
  /** ... and ends. */
  ends: Uint32Array;
  /** 1 where folding took a capital away. */
  capitals: Uint8Array;
}

/** Marks read with one letter, as in Unicode's stream-safe text; longer heaps cost quadratic time to compose. */
const mostMarks = 30;

const same: Record<string, string> = {
  "\u2019": "'",
  "\u2018": "'",
  "\u02bc": "'",
  "\u2010": "-",
  "\u2011": "-",
  "\u2012": "-",
  "\u2013": "-",
  "\u00a0": " ",
  "\u2009": " ",
  "\u202f": " ",
};
const invisible = new Set([0x00ad, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff]);
const isMark = (text: string, at: number): boolean =>
  at < text.length && text.charCodeAt(at) >= 0x300 && /^\p{M}/u.test(text.slice(at, at + 2));

/** Folds `text` from `start` to `end`; offsets refer to the whole text. Linear in time. */
export function fold(text: string, start = 0, end = text.length): Folded {
  let units = new Uint16Array(end - start + 32);
  let offsets = new Uint32Array(units.length);
  let ends = new Uint32Array(units.length);
  let capitals = new Uint8Array(units.length);
  let count = 0;
  const put = (unit: number, from: number, to: number, capital: boolean) => {
    if (count === units.length) {
      [units, offsets] = [grown(units, Uint16Array), grown(offsets, Uint32Array)];
      [ends, capitals] = [grown(ends, Uint32Array), grown(capitals, Uint8Array)];
    }
    units[count] = unit;
    offsets[count] = from;
    ends[count] = to;
    capitals[count++] = capital ? 1 : 0;
  };
  for (let at = start; at < end;) {
    const code = text.charCodeAt(at);
    if (code < 0x80 && !isMark(text, at + 1)) {
      const capital = code >= 0x41 && code <= 0x5a;
      put(capital ? code + 32 : code, at, ++at, capital);
      continue;
    }
    let next = at + (text.codePointAt(at)! > 0xffff ? 2 : 1);
    for (let marks = 0; marks < mostMarks && next < end && isMark(text, next); marks++)
      next += text.codePointAt(next)! > 0xffff ? 2 : 1;
    const cluster = text.slice(at, next);
    if (!invisible.has(code)) {
      const composed = same[cluster] ?? cluster.normalize(code >= 0xff01 && code <= 0xff9f ? "NFKC" : "NFC");
      const folded = composed.toLowerCase();
      for (let i = 0; i < folded.length; i++) put(folded.charCodeAt(i), at, next, folded !== composed);
    }
    at = next;
  }
  return {
    units: units.subarray(0, count),
    offsets: offsets.subarray(0, count),
    ends: ends.subarray(0, count),
    capitals: capitals.subarray(0, count),
  };
}

/** Twice as much room for the same numbers. */
function grown<T extends Uint8Array | Uint16Array | Uint32Array>(old: T, kind: new (length: number) => T): T {
  const more = new kind(old.length * 2);
  more.set(old);
  return more;
}
