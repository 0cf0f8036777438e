/** Parts an answer into stretches of running text, line by line; code, definitions and lists of sources are told apart. */
import { definitionName, readTitle, targetEnd } from "./inline-brackets.ts";
import { isDigit } from "./inline-chars.ts";
import { plainTarget } from "./inline-entities.ts";
import { beginsAsSources, holdsLink, isSourcesLine, isSourcesTitle, lineStart } from "./inline-sources.ts";
import { afterBox, isRule } from "./lines.ts";

/** Text whose emphasis, code and links begin and end within it. */
export interface Stretch {
  start: number;
  end: number;
  /** In a list of sources or a footnote: no words, and its links are listed. */
  listed: boolean;
}

export interface Definition {
  url: string;
  title: string | null;
  start: number;
  end: number;
  used: boolean;
}

export interface Lines {
  stretches: Stretch[];
  /** Code and definitions, in order. */
  hidden: { start: number; end: number }[];
  definitions: Map<string, Definition>;
}

/** An open list item. */
interface Item {
  /** Column where its content begins, counted within its quotations. */
  column: number;
  /** How many quotations it stands in. */
  depth: number;
}

/** Where a line's words begin. */
interface Indent {
  column: number;
  depth: number;
  /** Spaces before the first quotation mark. */
  quote: number;
}

const isOutside = (item: Item, { column, depth, quote }: Indent): boolean =>
  item.depth > depth || (item.depth < depth ? quote : column) < item.column;

const mostItems = 50;
const longestLine = 4096;

/** Reads an answer's lines. Linear in the text's length. */
export function readLines(text: string): Lines {
  return new LineReader(text).read();
}

class LineReader {
  readonly #text: string;
  readonly #out: Lines = { stretches: [], hidden: [], definitions: new Map() };
  readonly #items: Item[] = [];
  #fence: { sign: number; length: number; start: number; depth: number } | null = null;
  #paragraph: Stretch | null = null;
  /** A footnote goes on in the lines indented below it. */
  #footnote = false;
  #blank = true;
  /** The list of sources under way: its first stretch, and how its lines begin. */
  #sources: { first: number; last: number; start: ReturnType<typeof lineStart> | null; loose: boolean } | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Lines {
    const text = this.#text;
    for (let start = 0; start < text.length;) {
      let end = text.indexOf("\n", start);
      if (end < 0) end = text.length;
      this.#read(start, end > start && text.charCodeAt(end - 1) === 0x0d ? end - 1 : end);
      start = end + 1;
    }
    if (this.#fence) this.#out.hidden.push({ start: this.#fence.start, end: text.length });
    this.#endSources();
    return this.#out;
  }

  #read(start: number, end: number): void {
    let at = start;
    let depth = 0;
    for (let mark = this.#quoteMark(at, end); mark > 0; mark = this.#quoteMark(at, end)) {
      at = mark;
      depth++;
    }
    let column = 0;
    for (; at < end && (this.#text[at] === " " || this.#text[at] === "\t"); at++)
      column += this.#text[at] === "\t" ? 4 - (column % 4) : 1;
    if (this.#fence && depth >= this.#fence.depth) return this.#insideFence(at, end);
    if (this.#fence) {
      this.#out.hidden.push({ start: this.#fence.start, end: start });
      this.#fence = null;
    }
    if (at >= end) {
      this.#leaveItems({ column: Infinity, depth, quote: Infinity }); // those of a quotation that ended
      this.#paragraph = null;
      this.#blank = true;
      return;
    }
    const quote = depth > 0 ? this.#text.indexOf(">", start) - start : 0;
    this.#content(start, at, end, { column, depth, quote });
    this.#blank = false;
  }

  /** Behind a quotation mark `>` and its space; 0 where none stands. */
  #quoteMark(at: number, end: number): number {
    let next = at;
    while (next < end && next - at < 3 && this.#text[next] === " ") next++;
    if (next >= end || this.#text[next] !== ">") return 0;
    return this.#text[next + 1] === " " ? next + 2 : next + 1;
  }

  #insideFence(at: number, end: number): void {
    const { sign, length, start } = this.#fence!;
    let run = at;
    while (run < end && this.#text.charCodeAt(run) === sign) run++;
    if (run - at < length || this.#text.slice(run, end).trim() !== "") return;
    this.#out.hidden.push({ start, end });
    this.#fence = null;
  }

  #content(start: number, first: number, end: number, indent: Indent): void {
    let at = first;
    const { depth } = indent;
    if (!this.#paragraph) this.#leaveItems(indent);
    let marker = this.#markerEnd(at, end);
    const item = this.#items.at(-1);
    const inside = item && item.depth === depth ? item.column : 0;
    if (!this.#paragraph && indent.column - inside >= 4 && (marker < 0 || !item)) {
      if (!this.#footnote) this.#out.hidden.push({ start, end });
      else this.#add(at, end).listed = true;
      return;
    }
    this.#footnote &&= indent.column > 0 || !this.#blank;
    const isItem = marker >= 0;
    for (let nested = 0; marker >= 0 && nested < mostItems; nested++) {
      this.#paragraph = null;
      this.#leaveItems(indent);
      indent.column += marker - at;
      at = marker;
      if (this.#items.length < mostItems) this.#items.push({ column: indent.column, depth });
      marker = this.#markerEnd(at, end);
    }
    const words = isItem ? afterBox(this.#text, at, end) : at;
    if (words > at) this.#out.hidden.push({ start: at, end: words });
    if (words < end) this.#block(words, end, depth, isItem, first);
  }

  #leaveItems(indent: Indent): void {
    while (this.#items.length > 0 && isOutside(this.#items.at(-1)!, indent)) this.#items.pop();
  }

  /** Where the content of the item begins whose marker stands at `at`, or -1. */
  #markerEnd(at: number, end: number): number {
    if (isRule(this.#text, at, end)) return -1;
    let run = at;
    while (run < end && run - at < 9 && isDigit(this.#text.charCodeAt(run))) run++;
    if (run > at ? !".)".includes(this.#text[run] ?? " ") : !"-*+•".includes(this.#text[at] ?? " ")) return -1;
    run++;
    if (run < end && this.#text[run] !== " " && this.#text[run] !== "\t") return -1;
    const from = run;
    while (run < end && (this.#text[run] === " " || this.#text[run] === "\t")) run++;
    // code may stand in an item behind five spaces or more
    return run - from > 4 ? from + 1 : run;
  }

  #block(at: number, end: number, depth: number, isItem: boolean, lineAt: number): void {
    const unit = this.#text.charCodeAt(at);
    if ((unit === 0x60 || unit === 0x7e) && this.#opensFence(at, end, depth)) return;
    if (unit === 0x5b && this.#isDefinition(at, end)) return;
    const heading = unit === 0x23 && /^#{1,6}(?:\s|$)/.test(this.#text.slice(at, at + 7));
    if (this.#sources && this.#followsSources(this.#line(lineAt, end), heading, at, end)) return;
    const line = beginsAsSources(this.#text, lineAt, end) ? this.#line(lineAt, end) : "";
    const title = line !== "" && isSourcesTitle(line);
    if (title || (line !== "" && isSourcesLine(line))) {
      this.#paragraph = null;
      const stretch = this.#add(at, end);
      this.#paragraph = null;
      const first = this.#out.stretches.length - 1;
      if (title) this.#sources = { first, last: -1, start: null, loose: false };
      else stretch.listed = true;
      return;
    }
    const apart = heading || unit === 0x7c || this.#isDrawn(lineAt, end);
    if (apart || isItem) this.#paragraph = null;
    this.#add(at, end).listed ||= this.#footnote;
    if (apart) this.#paragraph = null;
  }

  #line(start: number, end: number): string {
    return this.#text.slice(start, Math.min(end, start + longestLine));
  }

  #isDrawn(start: number, end: number): boolean {
    return (
      "-=*_".includes(this.#text[start]!) &&
      /^(?:[-=*_] ?){3,}$/.test(this.#text.slice(start, Math.min(end, start + 200)))
    );
  }

  /** Goes on with the paragraph or begins a new stretch. */
  #add(start: number, end: number): Stretch {
    if (this.#paragraph) this.#paragraph.end = end;
    else this.#out.stretches.push((this.#paragraph = { start, end, listed: false }));
    return this.#paragraph;
  }

  #opensFence(at: number, end: number, depth: number): boolean {
    const sign = this.#text.charCodeAt(at);
    let run = at;
    while (run < end && this.#text.charCodeAt(run) === sign) run++;
    if (run - at < 3 || (sign === 0x60 && this.#text.slice(run, end).includes("`"))) return false;
    this.#endSources();
    this.#fence = { sign, length: run - at, start: at, depth };
    this.#paragraph = null;
    return true;
  }

  /** `[name]: url "title"` and `[^name]: words`. */
  #isDefinition(at: number, end: number): boolean {
    const match = /^\[(\^?)([^\][\n]{1,200})\]:[ \t]*/.exec(this.#text.slice(at, Math.min(end, at + 220)));
    if (!match) return false;
    if (match[1]) {
      this.#paragraph = null;
      this.#add(at, end).listed = true;
      this.#footnote = true;
      return true;
    }
    const from = at + match[0].length;
    const to = targetEnd(this.#text, from, end);
    if (to <= from) return false;
    const url = plainTarget(this.#text.slice(from, to).replace(/^<|>$/g, ""));
    const rest = this.#text.slice(to, end).trimStart();
    const web = /^(?:https?:\/\/|www\.)/i.test(url);
    if (!web && (this.#paragraph || (rest !== "" && readTitle(rest, 0, rest.length) !== rest.trimEnd().length)))
      return false;
    const name = definitionName(match[2]!);
    const title =
      rest.length > 2 && readTitle(rest, 0, rest.length) > 0 ? plainTarget(rest.trimEnd().slice(1, -1)) : null;
    if (!this.#out.definitions.has(name)) this.#out.definitions.set(name, { url, title, start: at, end, used: false });
    this.#out.hidden.push({ start: at, end });
    this.#paragraph = null;
    if (this.#sources) this.#sources.last = Math.max(this.#sources.last, this.#sources.first);
    return true;
  }

  /** True when the line belongs to the list of sources under way; else the list ends. */
  #followsSources(line: string, heading: boolean, at: number, end: number): boolean {
    const sources = this.#sources!;
    const start = lineStart(line);
    const linked = !heading && holdsLink(line);
    const alike = sources.start === null || start === sources.start || start === "number" || !this.#blank;
    // a title may stand on a line of its own above or below its address
    const loose = !heading && !this.#blank && !sources.loose;
    if (!(linked && alike && !(this.#blank && start === "words" && sources.start !== "words")) && !loose) {
      this.#endSources();
      return false;
    }
    this.#paragraph = null;
    this.#add(at, end);
    this.#paragraph = null;
    sources.loose = !linked;
    sources.start ??= start;
    if (linked) sources.last = this.#out.stretches.length - 1;
    return true;
  }

  #endSources(): void {
    const sources = this.#sources;
    this.#sources = null;
    if (!sources || sources.last < 0) return;
    for (let i = sources.first; i <= sources.last; i++) this.#out.stretches[i]!.listed = true;
  }
}
