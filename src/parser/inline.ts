/** Reads running text sign by sign: emphasis, code, links, tags, references, escapes and citation markers. */
import { bareAddressEnd, mailAround } from "./inline-address.ts";
import { isAsciiMark, NextPlace } from "./inline-chars.ts";
import { Emphasis } from "./inline-emphasis.ts";
import { readEntity } from "./inline-entities.ts";
import { isSilent, readTag } from "./inline-html.ts";
import type { Lines, Stretch } from "./inline-lines.ts";
import { Links } from "./inline-links.ts";
import type { HiddenSpan, TextLink } from "./text.ts";

/** Signs at which something may begin; all others are words. */
const special = new Uint8Array(128);
for (const sign of " \t\n\r!&*<@[\\]_`hHwW~") special[sign.charCodeAt(0)] = 1;

const privateMarker = /\ue200[^\ue200\ue201\n]{0,400}\ue201|[\ue000-\uf8ff][^\ue000-\uf8ff\n]{0,60}[\ue000-\uf8ff]/y;
const lenticular = /【[^【】\n]{0,100}】/y;
const angled = /<(?:https?:\/\/[^\s<>]{1,2048}|(mailto:)?[\w.+-]{1,64}@[\w.-]{1,255})>/iy;

/** What is hidden in an answer's stretches, in no order, and their links. Linear in the text's length. */
export function readInline(text: string, lines: Lines): { hidden: HiddenSpan[]; links: TextLink[] } {
  return new InlineReader(text, lines).read(lines.stretches);
}

class InlineReader {
  readonly #text: string;
  readonly #hidden: HiddenSpan[] = [];
  readonly #links: Links;
  readonly #emphasis: Emphasis;
  readonly #places: Record<string, NextPlace> = {};
  #from = 0;
  #limit = 0;
  /** Last place of each length of backticks in the stretch, known once one of them was sought in vain. */
  #ticks: Map<number, number> | null = null;

  constructor(text: string, lines: Lines) {
    this.#text = text;
    this.#links = new Links(text, this.#hidden, lines.definitions);
    this.#emphasis = new Emphasis(text, this.#hidden);
  }

  read(stretches: Stretch[]): { hidden: HiddenSpan[]; links: TextLink[] } {
    const { links } = this.#links;
    let at = 0;
    for (const stretch of stretches) {
      const before = links.length;
      at = Math.max(at, stretch.start);
      this.#from = at;
      this.#limit = stretch.end;
      while (at < stretch.end) at = this.#next(at);
      this.#links.reset();
      this.#emphasis.reset();
      this.#ticks = null;
      if (!stretch.listed) continue;
      for (let i = before; i < links.length; i++) links[i]!.listed = true;
      this.#hidden.push({ start: stretch.start, end: stretch.end, listed: true });
    }
    return { hidden: this.#hidden, links };
  }

  /** Reads what begins at `at`, or goes to where something may. */
  #next(from: number): number {
    const text = this.#text;
    let at = from;
    let unit = 0;
    for (; at < this.#limit; at++) {
      unit = text.charCodeAt(at);
      if (unit < 128 ? special[unit] === 1 : unit === 0x3010 || (unit >= 0xe000 && unit <= 0xf8ff)) break;
    }
    if (at >= this.#limit) return at;
    switch (unit) {
      case 0x20:
      case 0x09:
      case 0x0a:
      case 0x0d:
        return this.#space(at);
      case 0x21: // !
        if (text.charCodeAt(at + 1) !== 0x5b) return at + 1;
        this.#links.open(at, true);
        return at + 2;
      case 0x26: // &
        return this.#entity(at);
      case 0x2a: // *
      case 0x5f: // _
      case 0x7e: // ~
        return this.#emphasis.read(at, this.#limit);
      case 0x3c: // <
        return this.#angle(at);
      case 0x40: // @
        return this.#mail(at);
      case 0x5b: // [
        this.#links.open(at, false);
        return at + 1;
      case 0x5c: // \
        return this.#escape(at);
      case 0x5d: // ]
        return this.#links.close(at, this.#limit);
      case 0x60: // `
        return this.#code(at);
      case 0x3010:
        return this.#marker(lenticular, at);
      default:
        return unit < 128 ? this.#address(at, unit) : this.#marker(privateMarker, at);
    }
  }

  /** Spaces and a soft line break, with the quotation marks of the next line, are read as one space. */
  #space(start: number): number {
    const text = this.#text;
    let at = start;
    let lineStart = false;
    for (; at < this.#limit; at++) {
      const unit = text.charCodeAt(at);
      if (unit === 0x0a) lineStart = true;
      else if (unit !== 0x20 && unit !== 0x09 && unit !== 0x0d && !(lineStart && unit === 0x3e)) break;
    }
    if (at - start > 1 || text.charCodeAt(start) !== 0x20) this.#hidden.push({ start, end: at, shown: " " });
    return at;
  }

  #entity(at: number): number {
    const found = readEntity(this.#text, at);
    if (!found || found.end > this.#limit) return at + 1;
    this.#hidden.push({ start: at, end: found.end, shown: found.shown });
    return found.end;
  }

  #escape(at: number): number {
    const next = this.#text.charCodeAt(at + 1);
    if (next !== 0x0a && !isAsciiMark(next)) return at + 1;
    if (at + 1 >= this.#limit) return at + 1;
    this.#hidden.push({ start: at, end: at + 1, shown: "" });
    return next === 0x0a ? at + 1 : at + 2;
  }

  #marker(pattern: RegExp, at: number): number {
    pattern.lastIndex = at;
    if (!pattern.test(this.#text) || pattern.lastIndex > this.#limit) return at + 1;
    this.#hidden.push({ start: at, end: pattern.lastIndex });
    return pattern.lastIndex;
  }

  #address(at: number, unit: number): number {
    const next = this.#text.charCodeAt(at + 1) | 0x20;
    if (next !== (unit === 0x68 || unit === 0x48 ? 0x74 : 0x77)) return at + 1;
    const end = bareAddressEnd(this.#text, at, this.#limit);
    if (end < 0) return at + 1;
    this.#links.address(at, end, "bare");
    return end;
  }

  #mail(at: number): number {
    const mail = mailAround(this.#text, at, this.#from, this.#limit);
    if (!mail) return at + 1;
    this.#hidden.push(mail);
    return mail.end;
  }

  /** Signs of inline code are hidden, its words are read as they stand; an address in it is one. */
  #code(start: number): number {
    const text = this.#text;
    let open = start;
    while (open < this.#limit && text.charCodeAt(open) === 0x60) open++;
    const length = open - start;
    const close = this.#closingTicks(open, length);
    this.#hidden.push({ start, end: open, shown: "" });
    if (close < 0) return open;
    for (let at = open; at < close;) {
      const unit = text.charCodeAt(at) | 0x20;
      const end = unit === 0x68 || unit === 0x77 ? bareAddressEnd(text, at, close) : -1;
      if (end > 0) this.#links.address(at, end, "bare");
      else if (text.charCodeAt(at) === 0x0a) this.#hidden.push({ start: at, end: at + 1, shown: " " });
      at = end > 0 ? end : at + 1;
    }
    this.#hidden.push({ start: close, end: close + length, shown: "" });
    return close + length;
  }

  /** Where a run of exactly `length` backticks begins, or -1; the stretch is searched in vain only once. */
  #closingTicks(from: number, length: number): number {
    if (this.#ticks && (this.#ticks.get(length) ?? -1) < from) return -1;
    const seen = this.#ticks ?? new Map<number, number>();
    for (let at = this.#text.indexOf("`", from); at >= 0 && at < this.#limit; at = this.#text.indexOf("`", at)) {
      const run = at;
      while (at < this.#limit && this.#text.charCodeAt(at) === 0x60) at++;
      if (at - run === length) return run;
      seen.set(at - run, run);
    }
    this.#ticks = seen;
    return -1;
  }

  #angle(at: number): number {
    const text = this.#text;
    const next = text.charCodeAt(at + 1);
    if (next === 0x21 && text.startsWith("<!--", at)) return this.#through(at, at + 4, "-->");
    angled.lastIndex = at;
    const found = angled.exec(text);
    if (found && angled.lastIndex <= this.#limit) {
      const end = at + found[0].length;
      if (/^<http/i.test(found[0])) this.#links.address(at, end, "angle");
      else this.#hidden.push({ start: at, end });
      return end;
    }
    const tag = this.#nextPlace(">").after(at) < this.#limit ? readTag(text, at, this.#limit) : null;
    if (!tag) return at + 1;
    if (tag.name === "a") this.#links.anchor(at, tag);
    else this.#hidden.push({ start: at, end: tag.end, ...(isSilent(tag) ? { shown: "" } : {}) });
    const isScript = !tag.closing && (tag.name === "script" || tag.name === "style");
    return isScript ? Math.max(tag.end, this.#through(at, tag.end, `</${tag.name}`)) : tag.end;
  }

  /** Hides from `start` through the next `wanted`, be it beyond the stretch; without one nothing is hidden. */
  #through(start: number, from: number, wanted: string): number {
    const end = this.#nextPlace(wanted).after(from) + wanted.length;
    if (end === Infinity) return start + 1;
    this.#hidden.push({ start, end });
    return end;
  }

  #nextPlace(wanted: string): NextPlace {
    return (this.#places[wanted] ??= new NextPlace(this.#text, wanted));
  }
}
