/** Folds text for comparison: case, composed letters, apostrophes, hyphens and spaces; keeps where each unit stood. */

export interface Folded {
  /** UTF-16 units of the folded text. */
  units: Uint16Array;
  /** Offset in the original of each unit, and of the end. */
  offsets: Uint32Array;
}

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
  const units: number[] = [];
  const offsets: number[] = [];
  const put = (folded: string, at: number) => {
    for (let i = 0; i < folded.length; i++) {
      units.push(folded.charCodeAt(i));
      offsets.push(at);
    }
  };
  for (let at = start; at < end;) {
    const code = text.charCodeAt(at);
    if (code < 0x80 && !isMark(text, at + 1)) {
      units.push(code >= 0x41 && code <= 0x5a ? code + 32 : code);
      offsets.push(at++);
      continue;
    }
    let next = at + (text.codePointAt(at)! > 0xffff ? 2 : 1);
    while (next < end && isMark(text, next)) next += text.codePointAt(next)! > 0xffff ? 2 : 1;
    const cluster = text.slice(at, next);
    if (!invisible.has(code)) put(same[cluster] ?? cluster.normalize("NFC").toLowerCase(), at);
    at = next;
  }
  offsets.push(end);
  return { units: Uint16Array.from(units), offsets: Uint32Array.from(offsets) };
}
