/** Looks up spans in order of their starts. */
import type { Span } from "./text.ts";

/** Index of the last span that starts at or before `at`; -1 when there is none. */
export function lastBefore(spans: readonly Span[], at: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle]!.start <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The hidden span in which a place lies. */
export function hiddenAt<S extends Span>({ hidden }: { hidden: readonly S[] }, at: number): S | undefined {
  const span = hidden[lastBefore(hidden, at)];
  return span && at < span.end ? span : undefined;
}
