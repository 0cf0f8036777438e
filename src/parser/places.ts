/** Says of each mention what it stands in, and of which sentence, item or cell it is part. */
import type { Mention, MentionPlace } from "../domain.ts";
import type { SourceBlock } from "./blocks.ts";
import { sentencesIn } from "./sentences.ts";
import type { ReadingView, Span } from "./text.ts";

/**
 * Sets `place` and `sentence`. The innermost structure wins: a link's label, then heading, table cell, list item (with
 * the paragraphs inside it), quote, and prose where nothing else is. Headings, cells and items count whole, quotes and
 * prose by the sentence. Mentions stand in order of place; time grows with text plus mentions.
 */
export function addPlaces(mentions: Mention[], view: ReadingView, blocks: readonly SourceBlock[]): void {
  const labels = new Walk(
    view.links.filter(({ form }) => form === "inline" || form === "reference" || form === "html"),
  );
  const inBlocks = new Walk(blocks);
  let sentences: Walk<Span> | null = null;
  let sentencesOf: SourceBlock | null = null;
  let line: Span | null = null;
  for (const mention of mentions) {
    const block = inBlocks.at(mention.start);
    mention.place = labels.at(mention.start) ? "link" : block ? placeOf(block) : "prose";
    if (!block) {
      if (!line || line.end < mention.end) line = lineAround(view.text, mention);
      mention.sentence = { ...line };
    } else if (block.kind !== "paragraph") mention.sentence = { start: block.start, end: block.end };
    else {
      if (sentencesOf !== block) sentences = new Walk(sentencesIn(view.text, block.start, block.end));
      sentencesOf = block;
      mention.sentence = { ...(sentences!.at(mention.start) ?? { start: block.start, end: block.end }) };
    }
  }
}

function placeOf({ kind, group, quoted }: SourceBlock): MentionPlace {
  if (kind === "heading") return "heading";
  if (kind === "cell") return "table";
  if (kind === "item" || group >= 0) return "list";
  return quoted ? "quote" : "prose";
}

/** Text that is no block, such as an indented line. */
function lineAround(text: string, { start, end }: Span): Span {
  const newline = text.indexOf("\n", end);
  return { start: text.lastIndexOf("\n", start) + 1, end: newline < 0 ? text.length : newline };
}

/** Spans in order that do not overlap, asked for places that only grow. */
class Walk<T extends Span> {
  readonly #spans: readonly T[];
  #next = 0;

  constructor(spans: readonly T[]) {
    this.#spans = spans;
  }

  /** The span that holds `place`, or null. */
  at(place: number): T | null {
    while (this.#next < this.#spans.length && this.#spans[this.#next]!.end <= place) this.#next++;
    const span = this.#spans[this.#next];
    return span && span.start <= place ? span : null;
  }
}
