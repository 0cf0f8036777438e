/** The reading view: which parts of an answer a reader sees as words, and which are markup, addresses or markers. */
import type { Aside } from "../domain.ts";

export interface Span {
  start: number;
  end: number;
}

/** A link written in the text: `[label](url)`, `<url>` or a bare address. */
export interface TextLink extends Span {
  url: string;
}

export interface ReadingView {
  text: string;
  /** Parts that are not words, in order, not overlapping. A name across one is still read where it is only emphasis. */
  hidden: Span[];
  links: TextLink[];
}

/**
 * Everything that may hide words, tried at one place from left to right. Each alternative is bounded or made of
 * classes that cannot match the same text in two ways, so that no input takes more than linear time.
 */
const marks = new RegExp(
  [
    /(?<fence>^[ \t]{0,3}(?:```|~~~)[^\n]*\n(?:(?![ \t]{0,3}(?:```|~~~))[^\n]*\n?)*(?:[ \t]{0,3}(?:```|~~~)[^\n]*)?)/,
    /(?<comment><!--[^]{0,2000}?-->)/,
    /<(?<auto>https?:\/\/[^\s<>]{1,2000})>/,
    /(?<tag><\/?[a-zA-Z][^<>\n]{0,500}>)/,
    /(?<image>!\[[^\][\n]{0,500}\]\([^()\s]{0,2000}(?:\s"[^"\n]{0,500}")?\))/,
    /(?<open>\(?\[)(?<label>[^\][\n]{0,500})\]\((?<target><[^<>\n]{0,2000}>|[^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500}){0,4})(?:\s+"[^"\n]{0,500}")?\)(?<close>\)?)/,
    /(?<marker>\[\^?\d{1,3}(?:\s?[,–-]\s?\d{1,3}){0,10}\]|【[^【】\n]{0,100}】|\ue200[^\ue200\ue201\n]{0,400}\ue201|[\ue000-\uf8ff][^\ue000-\uf8ff\n]{0,60}[\ue000-\uf8ff])/,
    /(?<mail>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})/,
    /(?<bare>(?:https?:\/\/|\bwww\.)[^\s<>"'“”„«»`{}|\\^[\]【】]{1,2000})/,
    /(?<emphasis>[*`~]{1,3})/,
  ]
    .map((part) => part.source)
    .join("|"),
  "gmu",
);

/** Reads the structure of an answer. Offsets are UTF-16 into `text`; asides are hidden. Linear in time. */
export function readText(text: string, asides: Aside[] = []): ReadingView {
  const hidden: Span[] = asides.map(({ start, end }) => ({ start, end }));
  const links: TextLink[] = [];
  for (const match of text.matchAll(marks)) {
    const groups = match.groups!;
    const start = match.index;
    const end = start + match[0].length;
    if (groups["label"] !== undefined) readLink(match, hidden, links);
    else if (groups["auto"] !== undefined) {
      links.push({ start, end, url: groups["auto"] });
      hidden.push({ start, end });
    } else if (groups["bare"] !== undefined) {
      const url = trimAddress(groups["bare"]);
      links.push({ start, end: start + url.length, url });
      hidden.push({ start, end: start + url.length });
    } else hidden.push({ start, end });
  }
  hidden.sort((a, b) => a.start - b.start);
  return { text, hidden, links };
}

/** `([host](url))` is a citation marker and hidden whole; of `[label](url)` the label is read unless it is an address. */
function readLink(match: RegExpExecArray, hidden: Span[], links: TextLink[]): void {
  const { open, label, target, close } = match.groups as Record<string, string>;
  const marker = open === "([" && close === ")";
  const start = match.index + (open === "([" && !marker ? 1 : 0);
  const end = match.index + match[0].length - (close === ")" && !marker ? 1 : 0);
  const url = target!.replace(/^<|>$/g, "");
  if (/^(?:https?:\/\/|www\.)/i.test(url)) links.push({ start, end, url });
  if (marker || /^(?:https?:\/\/|www\.)\S+$/i.test(label!)) return void hidden.push({ start, end });
  const labelStart = match.index + open!.length;
  hidden.push({ start, end: labelStart }, { start: labelStart + label!.length, end });
}

/** Cuts what belongs to the sentence, not to the address: closing punctuation and unpaired brackets. */
function trimAddress(address: string): string {
  let unpaired = address.split(")").length - address.split("(").length;
  for (let end = address.length; ; end--) {
    const last = address[end - 1]!;
    if (last === ")" && unpaired > 0) unpaired--;
    else if (!/[.,;:!?*_~]/.test(last)) return address.slice(0, end);
  }
}
