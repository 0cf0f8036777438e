/** Reads one HTML tag as assistants write it. */
import { isNameUnit, isSpace } from "./inline-chars.ts";

export interface Tag {
  name: string;
  closing: boolean;
  end: number;
}

/** Longer ones are no tags; keeps a heap of `<a` from costing more than linear time. */
const longestTag = 1024;

/** Tags that stand inside a word without parting it. What is raised points to a note. */
const silent = new Set("b i em strong u s del ins mark span font small big sub code kbd cite q abbr wbr".split(" "));

export const isSilent = ({ name }: Tag): boolean => silent.has(name);

/** The tag that begins with the `<` at `at`, or null. Quoted values may hold anything but their quote. */
export function readTag(text: string, at: number, limit: number): Tag | null {
  const closing = text.charCodeAt(at + 1) === 0x2f;
  const from = at + (closing ? 2 : 1);
  let run = from;
  while (run < limit && run - from < 40 && isTagName(text.charCodeAt(run), run - from)) run++;
  if (run === from) return null;
  const after = text.charCodeAt(run);
  if (!isSpace(after) && after !== 0x3e && after !== 0x2f) return null;
  const last = Math.min(limit, at + longestTag);
  for (let quote = 0; run < last; run++) {
    const unit = text.charCodeAt(run);
    if (quote !== 0) {
      if (unit === quote) quote = 0;
    } else if (unit === 0x3e) return { name: nameIn(text, from), closing, end: run + 1 };
    else if (unit === 0x3c) return null;
    else if ((unit === 0x22 || unit === 0x27) && text.charCodeAt(run - 1) === 0x3d) quote = unit;
  }
  return null;
}

const isTagName = (unit: number, index: number): boolean =>
  index === 0 ? unit !== 0x5f && isNameUnit(unit) && unit > 0x39 : isNameUnit(unit) || unit === 0x2d || unit === 0x3a;

const nameIn = (text: string, from: number): string => /^[\w:-]+/.exec(text.slice(from, from + 40))![0].toLowerCase();

/** The value of an attribute in a tag's source. */
export function attribute(source: string, name: "href" | "title"): string | null {
  const found = new RegExp(`\\s${name}\\s{0,9}=\\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "i").exec(source);
  return found ? (found[1] ?? found[2] ?? found[3] ?? null) : null;
}
