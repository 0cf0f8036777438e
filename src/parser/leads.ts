/** Which brand leads a stretch of text: nothing but markup, a label, an article or its own product stands before it. */
import type { Mention } from "../domain.ts";

/** "Best overall:" and the like; a sentence is no label. */
const label = /^[^\p{L}\p{N}]*[^.!?:;\n–—]{1,50}(?::|\s[–—-]\s)[^\p{L}\p{N}]*$/u;
/** A label that may hold a name itself; after a dash that would be a comparison. */
const labelWithName = /^[^.!?:;\n–—]{1,60}:[^\p{L}\p{N}]*$/u;
const article = /^[^\p{L}\p{N}]*(?:the|den|det|der|die|das|le|la|el|il)\s+$/iu;
/** "Soundbar by", "Studio x": a line of products or a partner before its maker, but not "Designed by". */
const product =
  /^[^\p{L}\p{N}]*(?!Made |Built |\p{L}+ed )\p{Lu}[\p{L}\p{N}'’+-]{0,20}(?: \p{Lu}[\p{L}\p{N}'’+-]{0,20}){0,2} (?:by|from|från|av|von|x|×) $/u;
/** The state in which a thing is sold. */
const state =
  /^[^\p{L}\p{N}]*(?:(?:new|used|refurbished|restored|renewed|pre-owned|certified|ny|nya|begagnad|renoverad|rekonditionerad|neu|gebraucht|generalüberholt) ){1,2}$/iu;
const beginnings = [label, article, product, state];
const tags = /<[^<>\n]{0,300}>/g;
/** Longer beginnings are prose. */
const longestBefore = 120;

/** Finds leaders among the mentions of one answer, which stand in order of place. */
export class Leads {
  readonly #text: string;
  readonly #mentions: Mention[];

  constructor(text: string, mentions: Mention[]) {
    this.#text = text;
    this.#mentions = mentions;
  }

  /** The first mention that begins in a stretch, whether it leads or not. */
  first(start: number, end: number): Mention | null {
    const mention = this.#mentions[this.#firstFrom(start)];
    return mention && mention.end <= end ? mention : null;
  }

  /** The brand that leads a stretch, or null. A name inside a label ("Best for fans of A: B") is passed over. */
  leader(start: number, end: number): string | null {
    const first = this.#firstFrom(start);
    for (let at = first; at < this.#mentions.length; at++) {
      const mention = this.#mentions[at]!;
      if (mention.end > end || mention.start - start > longestBefore) return null;
      const before = this.#text.slice(start, mention.start).replace(tags, "");
      if (at > first) {
        if (labelWithName.test(before)) return mention.brand;
      } else if (!/[\p{L}\p{N}]/u.test(before) || beginnings.some((one) => one.test(before))) return mention.brand;
    }
    return null;
  }

  #firstFrom(start: number): number {
    let [low, high] = [0, this.#mentions.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#mentions[middle]!.start < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
