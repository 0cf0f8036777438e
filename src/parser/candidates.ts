/** Finds names that lead entries of a ranking although nobody tracks them; rather misses one than makes one up. */
import type { Mention } from "../domain.ts";
import { isHeadingWord, mayNotBegin, namesPart } from "./heading-words.ts";
import { languages } from "./languages/index.ts";
import type { Span } from "./text.ts";
import { wordUse, type WordUse } from "./word-use.ts";

export interface NameLead extends Span {
  /** Its spelling, its address or the running text says that it is a name; else only its capitals do. */
  strong: boolean;
}

/** Names are short; so much is read of an entry. */
const mostWords = 6;
const longestName = 60;
const longestLead = 200;

/** Where the name that begins an entry ends: markup, a dash, a mark. */
const stop = /^tl;dr|\*|\]|__|`|[:(,|;–—<>"“”?]|\s-\s|\.(?=\s|$)|\s\/\s/iu;
/** Small words that names have inside. */
const inside = new Set("of and the by & + x och og und de di la le av von for".split(" "));
const capital = /^['‘’«]?\p{Lu}/u;
const mixed = /^\p{Ll}{1,3}\p{Lu}/u;
const domainLike = /^[\p{L}\p{N}-]{2,30}\.(?:com|io|ai|app|co|net|org|se|no|dk|fi|de|eu|uk|nu)$/iu;
const model = /^\p{Lu}[\p{L}-]*\d|^\p{Ll}{1,3}\d|\p{Ll}\p{Lu}|[®™]/u;
const allowed = /^(?:wi-?fi\b.*|bluetooth.*|usb.*|ip[x\d]\d|hdr\d*|mp\d|h\.?26\d|q[1-4]|co2|b2[bc]|seo|api)$/iu;
const functionWords = new Set(languages.flatMap((rules) => [...rules.functionWords]));

/** Reads leads of one answer. What has to be read of the whole text is read once, when it is first asked for. */
export class Names {
  readonly #text: string;
  readonly #mentions: readonly Mention[];
  #used: WordUse | null = null;
  readonly #read = new Map<number, NameLead | null>();

  /** `mentions` with the uncertain ones: what may mean a tracked brand is nobody else's name. */
  constructor(text: string, mentions: readonly Mention[]) {
    this.#text = text;
    this.#mentions = mentions;
  }

  /** The name at the beginning of a stretch, or null where that is a label, a sentence or a tracked name. */
  leading(stretch: Span): NameLead | null {
    const known = this.#read.get(stretch.start);
    if (known !== undefined) return known;
    const found = this.#find(stretch);
    this.#read.set(stretch.start, found);
    return found;
  }

  #find({ start, end }: Span): NameLead | null {
    const line = this.#text.slice(start, Math.min(end, start + longestLead));
    const first = phraseAt(line, 0);
    if (!first) return null;
    const phrase = first.label ? phraseAt(line, first.end + 1) : first;
    if (!phrase || phrase.label || !isWritten(phrase.text)) return null;
    const span = { start: start + phrase.start, end: start + phrase.end };
    if (this.#isTracked(span)) return null;
    if (hasOwnSpelling(phrase.text) || isItsAddress(phrase.text, line.slice(phrase.end)))
      return { ...span, strong: true };
    this.#used ??= wordUse(this.#text);
    const words = wordsOf(phrase.text);
    if (words.every((word) => this.#used!.asWord.has(word.toLowerCase()))) return null;
    const strong =
      this.#used.asName.has(words[0]!) && !words.some((word) => this.#used!.asWord.has(word.toLowerCase()));
    return { ...span, strong: strong && !/ (?:and|och|und|og|ja|&) /.test(phrase.text) };
  }

  #isTracked({ start, end }: Span): boolean {
    let [low, high] = [0, this.#mentions.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#mentions[middle]!.end <= start) low = middle + 1;
      else high = middle;
    }
    return low < this.#mentions.length && this.#mentions[low]!.start < end;
  }
}

interface Phrase extends Span {
  text: string;
  /** "Best overall:": the name follows. */
  label: boolean;
}

/** The words from `from` to the next mark that ends a name. */
function phraseAt(line: string, from: number): Phrase | null {
  const head = /^[^\p{L}\p{N}]*/u.exec(line.slice(from))![0];
  if (head.includes("<") || head.includes("!")) return null;
  const start = from + head.length;
  const rest = line.slice(start);
  const at = rest.search(stop);
  if (at === 0 || rest === "" || (at < 0 && rest.length + start >= longestLead)) return null;
  if (rest[at] === "?") return null;
  const text = (at < 0 ? rest : rest.slice(0, at)).replace(/[\s!.’'_]+$/u, "");
  const label = /^[\s*_]{0,4}[:–—]/u.test(rest.slice(text.length)) && mayNotBegin(text);
  return { text, start, end: start + text.length, label };
}

/** Short, every word with a capital but small ones inside, and not made of words that head sections everywhere. */
function isWritten(text: string): boolean {
  if (text.length < 2 || text.length > longestName || mayNotBegin(text) || namesPart(text)) return false;
  const words = text.split(/\s+/);
  if (
    words.length > mostWords ||
    !words.some((word) => capital.test(word) || mixed.test(word) || domainLike.test(word))
  )
    return false;
  if (/^[\d.,]+$/.test(words[0]!)) return false;
  const isName = (word: string, i: number) =>
    capital.test(word) ||
    mixed.test(word) ||
    domainLike.test(word) ||
    /^\d/.test(word) ||
    (inside.has(word.toLowerCase()) && i > 0 && i < words.length - 1);
  return words.every(isName) && !words.every((word) => isOrdinary(word));
}

function isOrdinary(word: string): boolean {
  const bare = word.replace(/[^\p{L}\p{N}-]/gu, "").toLowerCase();
  return (
    bare === "" ||
    /^\d/.test(bare) ||
    functionWords.has(bare) ||
    inside.has(bare) ||
    bare.split("-").every(isHeadingWord)
  );
}

/** Letters with digits, capitals inside, a trade mark, an address: `EV6`, `HubSpot`, `Booking.com`. */
const hasOwnSpelling = (text: string): boolean =>
  text.split(/\s+/).some((word) => (model.test(word) || domainLike.test(word)) && !allowed.test(word));

/** The label of a link to an address that has the name: `[Roborock](https://roborock.example/s8)`. */
function isItsAddress(text: string, after: string): boolean {
  const host = /^[\s*_]{0,3}\]\(https?:\/\/([^/\s)]{1,100})/.exec(after)?.[1]?.toLowerCase();
  const word = text
    .split(/\s+/)[0]!
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
  return host !== undefined && word.length > 2 && host.includes(word);
}

const wordsOf = (text: string): string[] => text.match(/\p{Lu}[\p{L}\p{N}'’-]*/gu) ?? [];
