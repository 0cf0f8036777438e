/** Finds where a bare web address or an e-mail address in running text begins and ends. */
import { isAsciiMark, isLetter, isNameUnit } from "./inline-chars.ts";

const longestAddress = 2048;
const longestLocalPart = 64;
const longestDomain = 255;

/** Signs that end an address wherever they stand; quotes and brackets of all kinds are the sentence's. */
const never = new Set(
  "<>\"'“”„«»‹›`{}|^[]【】「」『』（）《》〈〉，。、；：！？".split("").map((sign) => sign.charCodeAt(0)),
);

const scheme = /(?:https?:\/\/|www\.)/iy;

/** The end of the bare address that begins at `at`, or -1 when none does. */
export function bareAddressEnd(text: string, at: number, limit: number): number {
  scheme.lastIndex = at;
  if (!scheme.test(text)) return -1;
  const host = scheme.lastIndex;
  if (host >= limit || !isLetter(text.charCodeAt(host))) return -1;
  if (host - at === 4 && isLetter(text.charCodeAt(at - 1))) return -1;
  const end = addressRun(text, host, Math.min(limit, at + longestAddress));
  return trimmedEnd(text, host, end);
}

/** Goes on until a sign that no address holds, emphasis, or the next address glued to this one. */
function addressRun(text: string, from: number, limit: number): number {
  for (let at = from; at < limit; at++) {
    const unit = text.charCodeAt(at);
    if (unit <= 0x20 || unit === 0xa0 || unit === 0x3000 || (unit >= 0x2000 && unit <= 0x200b)) return at;
    if (never.has(unit) || (unit >= 0xe000 && unit <= 0xf8ff)) return at;
    if (unit === 0x5c) {
      // assistants escape what Markdown would take for emphasis: `a\_b`
      if (!isAsciiMark(text.charCodeAt(at + 1)) || never.has(text.charCodeAt(at + 1))) return at;
      at++;
    } else if ((unit === 0x2a || unit === 0x7e) && text.charCodeAt(at + 1) === unit) return at;
    else if ((unit === 0x68 || unit === 0x48) && isGlued(text, at)) return at;
  }
  return limit;
}

/** `.../ahttps://b` is two addresses; `.../https://b` and `?u=https://b` are one that holds another. */
function isGlued(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  if (before !== 0x29 && before !== 0x2c && before !== 0x3b && !isLetter(before)) return false;
  return /^https?:\/\//i.test(text.slice(at, at + 8));
}

/** Cuts what belongs to the sentence, not to the address: closing punctuation and unpaired brackets. */
function trimmedEnd(text: string, from: number, to: number): number {
  let unpaired = 0;
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 0x29) unpaired++;
    else if (unit === 0x28) unpaired--;
  }
  let end = to;
  for (; end > from; end--) {
    const last = text[end - 1]!;
    if (last === ")" && unpaired > 0) unpaired--;
    else if (last === "(") unpaired++;
    else if (last === "\\" || !/[.,;:!?*_~…]/.test(last)) break;
  }
  if (text[end - 1] === "\\") end--;
  return end > from ? end : -1;
}

/** The e-mail address around the `@` at `at`, or null. */
export function mailAround(
  text: string,
  at: number,
  from: number,
  limit: number,
): { start: number; end: number } | null {
  let start = at;
  while (start > from && at - start < longestLocalPart && isLocal(text.charCodeAt(start - 1))) start--;
  if (start === at) return null;
  let end = at + 1;
  let dot = -1;
  for (; end < limit && end - at <= longestDomain; end++) {
    const unit = text.charCodeAt(end);
    if (unit === 0x2e && isLetter(text.charCodeAt(end + 1)) && end > at + 1) dot = end;
    else if (unit !== 0x2d && !isLetter(unit)) break;
  }
  return dot < 0 ? null : { start, end };
}

const isLocal = (unit: number): boolean =>
  isNameUnit(unit) || unit === 0x2e || unit === 0x2b || unit === 0x2d || (unit >= 0xc0 && unit < 0x2000);
