/** Finds the blocks of Markdown as assistants write it: headings, items, table cells and paragraphs; code is left out. */
import { afterBox, cellsOf, fenceLength, headingLevel, isRule, isSpace, markerAt, type Marker } from "./lines.ts";

export type BlockKind = "paragraph" | "heading" | "item" | "cell";

/** A stretch of the original text that is read as one piece of running text. Offsets are UTF-16. */
export interface SourceBlock {
  kind: BlockKind;
  start: number;
  end: number;
  /** Level of a heading (1 to 6); depth of nesting of anything else (0 = outermost). */
  level: number;
  quoted: boolean;
  /** Which list (items and what stands inside them) or table (cells) of the answer it belongs to; -1 for none. */
  group: number;
  /** Number printed before an item. */
  number: number | null;
  /** Place of a cell in its table; the heading's row is 0. */
  row: number;
  column: number;
}

interface OpenItem {
  /** Column where the item's content begins; what is indented less is outside. */
  content: number;
  /** Column of the marker. */
  marker: number;
  group: number;
  sign: string;
}

const maxNesting = 50;

/** Reads an answer line by line. Linear in the text's length. */
export function readBlocks(text: string): SourceBlock[] {
  return new BlockReader(text).read();
}

class BlockReader {
  readonly #text: string;
  readonly #blocks: SourceBlock[] = [];
  readonly #items: OpenItem[] = [];
  #paragraph: SourceBlock | null = null;
  #fence: { sign: string; length: number } | null = null;
  #groups = 0;
  /** Rows of the table under way, or -1. */
  #row = -1;
  #table = -1;
  #quoted = false;
  /** Lines of the paragraph under way; a table's heading and a setext heading have one. */
  #paragraphLines = 0;
  #blank = true;

  constructor(text: string) {
    this.#text = text;
  }

  read(): SourceBlock[] {
    const text = this.#text;
    for (let start = 0; start <= text.length;) {
      let end = text.indexOf("\n", start);
      if (end < 0) end = text.length;
      const last = end > start && text.charCodeAt(end - 1) === 0x0d ? end - 1 : end;
      this.#line(start, last);
      start = end + 1;
    }
    return this.#blocks;
  }

  #line(lineStart: number, end: number): void {
    let at = this.#quoteMarks(lineStart, end);
    const from = at;
    let column = 0;
    for (; at < end && isSpace(this.#text.charCodeAt(at)); at++)
      column += this.#text.charCodeAt(at) === 0x09 ? 4 - (column % 4) : 1;
    if (this.#fence) return this.#insideFence(at, end, column);
    if (at >= end) return this.#blankLine();
    if (this.#paragraph && this.#continues(at, end, column)) return;
    this.#begin(at, end, column, from);
    this.#blank = false;
  }

  /** Skips `>` marks; a paragraph outside a quote does not go on inside it. */
  #quoteMarks(start: number, end: number): number {
    let at = start;
    let quoted = false;
    for (;;) {
      let next = at;
      while (next < end && next - at < 3 && this.#text.charCodeAt(next) === 0x20) next++;
      if (next >= end || this.#text.charCodeAt(next) !== 0x3e) break;
      quoted = true;
      at = next + 1;
      if (at < end && this.#text.charCodeAt(at) === 0x20) at++;
    }
    if (quoted !== this.#quoted && (quoted || this.#blank)) this.#endParagraph();
    if (quoted || !this.#paragraph) this.#quoted = quoted;
    return at;
  }

  #endParagraph(): void {
    this.#paragraph = null;
    this.#paragraphLines = 0;
    this.#row = -1;
  }

  #blankLine(): void {
    this.#endParagraph();
    this.#blank = true;
  }

  #insideFence(at: number, end: number, column: number): void {
    const { sign, length } = this.#fence!;
    let run = at;
    while (run < end && this.#text[run] === sign) run++;
    if (column < 4 + this.#inside() && run - at >= length && this.#text.slice(run, end).trim() === "")
      this.#fence = null;
  }

  /** Column where the innermost open item's content begins. */
  #inside(): number {
    return this.#items.at(-1)?.content ?? 0;
  }

  /** True when the line goes on with the paragraph, heads a table, or underlines a heading. */
  #continues(at: number, end: number, column: number): boolean {
    const paragraph = this.#paragraph!;
    if (this.#row >= 0) {
      if (this.#interrupts(at, end, column)) return false;
      this.#cells(at, end);
      return true;
    }
    const underline =
      paragraph.kind === "paragraph"
        ? /^(?:=+|-{2,})[ \t]*$/.exec(this.#text.slice(at, Math.min(end, at + 200)))
        : null;
    if (underline && end - at < 200 && paragraph.group < 0) {
      paragraph.kind = "heading";
      paragraph.level = underline[0].startsWith("=") ? 1 : 2;
      this.#endParagraph();
      return true;
    }
    if (this.#paragraphLines === 1 && this.#headsTable(at, end)) return true;
    if (this.#interrupts(at, end, column)) return false;
    paragraph.end = end;
    this.#paragraphLines++;
    return true;
  }

  #interrupts(at: number, end: number, column: number): boolean {
    const unit = this.#text.charCodeAt(at);
    if (unit === 0x23) return headingLevel(this.#text, at, end) > 0;
    if (unit === 0x60 || unit === 0x7e) return fenceLength(this.#text, at, end) >= 3;
    if (isRule(this.#text, at, end)) return true;
    const marker = markerAt(this.#text, at, end);
    if (!marker || marker.textStart >= end) return false;
    if (marker.number === null || marker.number === 1) return true;
    // a number within a sentence may begin a line; one that goes on counting, or stands beside another, is an item
    const open = this.#items.find((item) => item.marker === column);
    return open !== undefined || this.#paragraph!.kind === "item" || column <= 1;
  }

  #begin(at: number, end: number, column: number, from: number): void {
    this.#endParagraph();
    const marker = isRule(this.#text, at, end) ? null : markerAt(this.#text, at, end);
    if (marker) return this.#item(marker, at, end, column);
    while (this.#items.length > 0 && column < this.#inside()) this.#items.pop();
    if (column - this.#inside() >= 4 && from !== at) return; // indented code
    this.#plain(at, end);
  }

  #item({ sign, number, width, textStart }: Marker, at: number, end: number, column: number): void {
    let sibling: OpenItem | undefined;
    while (this.#items.length > 0 && this.#items.at(-1)!.marker >= column) sibling = this.#items.pop();
    const group = sibling?.sign === sign ? sibling.group : this.#groups++;
    const gap = textStart - at - width;
    const content = column + width + (gap >= 1 && gap <= 4 && textStart < end ? gap : 1);
    const depth = this.#items.length;
    if (depth < maxNesting) this.#items.push({ content, marker: column, group, sign });
    const block = this.#open("item", afterBox(this.#text, textStart, end), end, depth, group, number);
    if (textStart >= end) return this.#endParagraph(); // what follows without an indent is not its text
    const inner = markerAt(this.#text, textStart, end);
    if (inner && inner.textStart < end && depth < maxNesting && !isRule(this.#text, textStart, end)) {
      block.end = textStart;
      return this.#item(inner, textStart, end, content);
    }
    const level = headingLevel(this.#text, textStart, end);
    if (level > 0) block.start = this.#afterSpaces(textStart + level, end);
  }

  #plain(at: number, end: number): void {
    const text = this.#text;
    const unit = text.charCodeAt(at);
    if (unit === 0x60 || unit === 0x7e) {
      const length = fenceLength(this.#text, at, end);
      if (length >= 3) {
        this.#fence = { sign: text[at]!, length };
        return;
      }
    }
    if (isRule(this.#text, at, end)) return;
    const level = unit === 0x23 ? headingLevel(this.#text, at, end) : 0;
    if (level > 0) {
      let last = end;
      while (last > at + level && (isSpace(text.charCodeAt(last - 1)) || text.charCodeAt(last - 1) === 0x23)) last--;
      const block = this.#open("heading", this.#afterSpaces(at + level, last), last, level, -1, null);
      block.group = this.#items.at(-1)?.group ?? -1;
      this.#endParagraph();
      return;
    }
    this.#open("paragraph", at, end, this.#items.length, this.#items.at(-1)?.group ?? -1, null);
  }

  #afterSpaces(at: number, end: number): number {
    let next = at;
    while (next < end && isSpace(this.#text.charCodeAt(next))) next++;
    return next;
  }

  #open(kind: BlockKind, start: number, end: number, level: number, group: number, number: number | null): SourceBlock {
    const block = { kind, start, end, level, quoted: this.#quoted, group, number, row: -1, column: -1 };
    this.#blocks.push(block);
    this.#paragraph = block;
    this.#paragraphLines = 1;
    return block;
  }

  /** A paragraph of one line becomes a table's heading when the next line is made of dashes for each of its cells. */
  #headsTable(at: number, end: number): boolean {
    const head = this.#paragraph!;
    const dashes = this.#text.slice(at, Math.min(end, at + 2000));
    if (!/^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/.test(dashes)) return false;
    const columns = cellsOf(this.#text, head.start, head.end);
    const inLine = dashes.replace(/^\||\|\s*$/g, "").split("|").length;
    if (!this.#text.slice(head.start, head.end).includes("|") || columns.length !== inLine) return false;
    this.#blocks.pop();
    this.#row = 0;
    this.#table = this.#groups++;
    this.#cells(head.start, head.end);
    return true;
  }

  #cells(at: number, end: number): void {
    for (const [column, { start, end: last }] of cellsOf(this.#text, at, end).entries()) {
      const block = this.#open("cell", start, last, 0, this.#table, null);
      block.row = this.#row;
      block.column = column;
    }
    this.#row++;
  }
}
