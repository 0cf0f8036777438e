/** Finds the sentences of a stretch of running text. */
import type { Span } from "./text.ts";

/** A sentence ends here; closing marks belong to it. The full-width ones need no space after them. */
const sentenceEnd = /[.!?…]["”’»)*_]{0,4}(?=\s+(?!\p{Ll}))|[。！？]["”’」』）]{0,4}|\n/gu;
/** Points that shorten: `t.ex.`, `e.g.`, `J.`, `ca.` */
const shortened =
  /(?<![\p{L}\p{N}])(?:\p{L}|(?:\p{L}{1,3}\.){1,3}\p{L}{1,3}|vs|ca|approx|incl|inkl|bl|dr|mr|mrs|ms|prof|st|nr|no|jfr|resp|bzw|usw)$/iu;

/** Sentences of `start` to `end` in order; a line break ends one too. Spaces around them are left out. */
export function sentencesIn(text: string, start: number, end: number): Span[] {
  const sentences: Span[] = [];
  const stretch = text.slice(start, end);
  let from = start;
  const push = (to: number) => {
    let last = to;
    while (from < last && /\s/.test(text[from]!)) from++;
    while (last > from && /\s/.test(text[last - 1]!)) last--;
    if (last > from) sentences.push({ start: from, end: last });
    from = to;
  };
  for (const { index, 0: mark } of stretch.matchAll(sentenceEnd))
    if (mark[0] !== "." || !shortened.test(stretch.slice(Math.max(0, index - 12), index)))
      push(start + index + mark.length);
  push(end);
  return sentences;
}
