/** Which brand leads a stretch of text: nothing but markup, a label or an article stands before its name. */
import type { Mention } from "../domain.ts";

/** "Best overall:" and the like; a sentence is no label. */
const label = /^[^\p{L}\p{N}]*[^.!?:;\n–—]{1,50}(?::|\s[–—-]\s)[^\p{L}\p{N}]*$/u;
const article = /^[^\p{L}\p{N}]*(?:the|den|det|der|die|das|le|la|el|il)\s+$/iu;
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
    let [low, high] = [0, this.#mentions.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#mentions[middle]!.start < start) low = middle + 1;
      else high = middle;
    }
    const mention = this.#mentions[low];
    return mention && mention.end <= end ? mention : null;
  }

  /** The brand that leads a stretch, or null. */
  leader(start: number, end: number): string | null {
    const mention = this.first(start, end);
    if (!mention || mention.start - start > longestBefore) return null;
    const before = this.#text.slice(start, mention.start).replace(tags, "");
    const led = !/[\p{L}\p{N}]/u.test(before) || label.test(before) || article.test(before);
    return led ? mention.brand : null;
  }
}
