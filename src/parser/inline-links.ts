/** The links of running text: brackets, anchors and addresses, and what of them a reader sees. */
import { definitionName, readName, readTarget, type Target } from "./inline-brackets.ts";
import { plainTarget } from "./inline-entities.ts";
import { attribute, type Tag } from "./inline-html.ts";
import type { Definition } from "./inline-lines.ts";
import type { HiddenSpan, TextLink } from "./text.ts";

interface Opener {
  at: number;
  image: boolean;
  /** How many links there were when it opened. */
  links: number;
}

const isWeb = (url: string): boolean => /^(?:https?:\/\/|www\.)/i.test(url);
/** Labels that only number or repeat an address. */
const isNoWords = (label: string): boolean => /^(?:[[\]^\s\d,–-]{0,40}|\s*(?:https?:\/\/|www\.)\S+\s*)$/i.test(label);
const marker = /^(?:\^[^\s[\]]{1,40}|\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,10})$/;
/** What may stand between the links of one citation marker: `([a](u), [b](v))`. */
const between = /^[\s,;·|+&]{0,5}$/;
const longestLabel = 300;

/** Collects the links of an answer, stretch by stretch. */
export class Links {
  readonly links: TextLink[] = [];
  readonly #text: string;
  readonly #hidden: HiddenSpan[];
  readonly #definitions: Map<string, Definition>;
  #brackets: Opener[] = [];
  /** Brackets below this one stand around a link and are none themselves. */
  #inactive = 0;
  #anchor: { index: number; labelStart: number } | null = null;
  /** A round bracket that so far holds only links. */
  #group: { open: number; end: number } | null = null;

  constructor(text: string, hidden: HiddenSpan[], definitions: Map<string, Definition>) {
    this.#text = text;
    this.#hidden = hidden;
    this.#definitions = definitions;
  }

  /** Brackets and anchors end with their stretch. */
  reset(): void {
    this.#brackets = [];
    this.#inactive = 0;
    this.#anchor = null;
    this.#group = null;
  }

  open(at: number, image: boolean): void {
    this.#brackets.push({ at, image, links: this.links.length });
  }

  /** Reads what the `]` at `at` closes and says where reading goes on. */
  close(at: number, limit: number): number {
    const opener = this.#brackets.pop();
    if (!opener) return at + 1;
    const active = opener.image || this.#brackets.length >= this.#inactive;
    this.#inactive = Math.min(this.#inactive, this.#brackets.length);
    const from = opener.at + (opener.image ? 2 : 1);
    const label = at - from <= longestLabel ? this.#text.slice(from, at) : null;
    const target = active ? this.#target(at, limit, label) : null;
    if (target && opener.image) {
      this.links.length = opener.links;
      this.#hidden.push({ start: opener.at, end: target.end });
      return target.end;
    }
    if (target) return this.#link(opener, from, at, label, target);
    if (label !== null && !opener.image && marker.test(label)) this.#hidden.push({ start: opener.at, end: at + 1 });
    return at + 1;
  }

  #target(at: number, limit: number, label: string | null): (Target & { reference: boolean }) | null {
    const next = at + 1 < limit ? this.#text[at + 1] : "";
    if (next === "(") {
      const target = readTarget(this.#text, at + 1, limit);
      if (target) return { ...target, reference: false };
    }
    const name = next === "[" ? readName(this.#text, at + 1, limit) : null;
    const wanted = name?.name || label;
    const found = wanted ? this.#definitions.get(definitionName(wanted)) : undefined;
    if (found) {
      found.used = true;
      return { url: found.url, title: found.title, end: name?.end ?? at + 1, reference: true };
    }
    return null;
  }

  #link(
    opener: Opener,
    from: number,
    at: number,
    label: string | null,
    target: Target & { reference: boolean },
  ): number {
    const { url, title, reference } = target;
    const link: TextLink = { start: opener.at, end: target.end, url, form: reference ? "reference" : "inline" };
    if (title) link.title = title;
    this.links.length = opener.links;
    if (isWeb(url)) this.links.push(link);
    this.#inactive = this.#brackets.length;
    if (label !== null && isNoWords(label)) this.#hidden.push({ start: link.start, end: link.end });
    else this.#hidden.push({ start: link.start, end: from, shown: "" }, { start: at, end: link.end });
    return this.#inGroup(link);
  }

  /** `([host](url))` is a citation marker and hidden whole, and so is one of several links. */
  #inGroup(link: TextLink): number {
    const { start, end } = link;
    const group = this.#group;
    const alone = this.#text[start - 1] === "(";
    if (alone) this.#group = { open: start - 1, end };
    else if (group && start - group.end <= 5 && between.test(this.#text.slice(group.end, start))) group.end = end;
    else this.#group = null;
    if (!this.#group || this.#text[end] !== ")") return end;
    this.#hidden.push({ start: this.#group.open, end: end + 1 });
    this.#group = null;
    if (alone) {
      link.start = start - 1;
      link.end = end + 1;
    }
    return end + 1;
  }

  /** An address as it stands; `url` without what only escapes it. */
  address(start: number, end: number, form: "bare" | "angle"): void {
    const url = form === "angle" ? this.#text.slice(start + 1, end - 1) : this.#text.slice(start, end);
    this.links.push({ start, end, url: plainTarget(url), form });
    this.#hidden.push({ start, end });
  }

  /** `<a href="url">`; it stands alone until its `</a>` is found. */
  anchor(start: number, { closing, end }: Tag): void {
    const anchor = this.#anchor;
    if (closing) {
      this.#anchor = null;
      if (anchor) this.#closeAnchor(anchor, start, end);
      return void this.#hidden.push({ start, end });
    }
    this.#anchor = null;
    const source = this.#text.slice(start, end);
    const url = plainTarget((attribute(source, "href") ?? "").trim());
    this.#hidden.push({ start, end, shown: "" });
    if (!isWeb(url)) return;
    const title = attribute(source, "title");
    this.#anchor = { index: this.links.length, labelStart: end };
    this.links.push({ start, end, url, form: "html", ...(title ? { title } : {}) });
  }

  #closeAnchor({ index, labelStart }: { index: number; labelStart: number }, labelEnd: number, end: number): void {
    const link = this.links[index];
    if (!link) return;
    this.links.length = index + 1;
    link.end = end;
    const label = labelEnd - labelStart <= longestLabel ? this.#text.slice(labelStart, labelEnd) : null;
    if (label !== null && isNoWords(label)) this.#hidden.push({ start: link.start, end });
  }
}
