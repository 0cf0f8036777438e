/** Finds passages again in a text whose vendor gives no offsets. */
import type { Span } from "./spans.ts";

/** What marks up words without being one, and is often missing in one of two versions of a text. */
const marks = /[\s*_`~\\#|>]/;
/** A shorter passage may stand anywhere. */
const shortest = 4;

/**
 * A finder that goes through `text` from its start: each passage is looked for after the one found before, first as it
 * is, then with marks and white space aside. What is not found has no place: a wrong one is worse.
 */
export function passagesIn(text: string): (passage: string) => Span | null {
  let from = 0;
  let bare: Bare | undefined;
  return (passage) => {
    const wanted = bareOf(passage).words;
    if (wanted.length < shortest) return null;
    const exact = text.indexOf(passage, from);
    const span =
      exact >= 0 ? { start: exact, end: exact + passage.length } : loosely((bare ??= bareOf(text)), wanted, from);
    if (span) from = span.end;
    return span;
  };
}

interface Bare {
  words: string;
  /** Where each unit of `words` stands in the whole text. */
  at: number[];
}

function bareOf(text: string): Bare {
  const at: number[] = [];
  let words = "";
  for (let i = 0; i < text.length; i++) {
    if (marks.test(text[i]!)) continue;
    words += text[i]!;
    at.push(i);
  }
  return { words, at };
}

function loosely({ words, at }: Bare, wanted: string, from: number): Span | null {
  const first = words.indexOf(wanted, firstFrom(at, from));
  return first < 0 ? null : { start: at[first]!, end: at[first + wanted.length - 1]! + 1 };
}

/** The first place in an ascending list whose value is at least `least`. */
function firstFrom(at: number[], least: number): number {
  let [low, high] = [0, at.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
