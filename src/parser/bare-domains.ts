/** Finds addresses written without a scheme, such as `di.se`, and tells them from `Node.js`, `e.g.` and `README.md`. */
import { parse } from "tldts";
import type { Span } from "./text.ts";

export interface BareDomain extends Span {
  /** As it stands there, path included. */
  url: string;
  /** Nothing but the host stands there, so that it may also be a name: `monday.com`. */
  hostOnly: boolean;
  /** Words before it say that it is a source or a place to go to: `källa: di.se`. */
  cued: boolean;
}

/** Scripts that are written with spaces between words; 「詳細はsony.jpをご覧」 has none, so Japanese ends a host. */
const hostUnit = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{M}\d-]/u;
/** Endings that are far more often files than countries: they need words that say otherwise. */
const fileEndings = new Set("md py rs sh zip mov so cc ps tf am gd vi ml st app".split(" "));
const longestHost = 253;
const longestPath = 2000;
/** What joins a token to something else: an e-mail address, a path, a parameter, a decimal sign. */
const joinedBefore = /[\p{L}\p{N}/\\@_=&?#%$~+.-]/u;
const joinedAfter = /[\p{L}\p{N}@_=(\\]/u;
const cue =
  /(?:\b(?:sources?|via|quellen?|kilder?|fuentes?|fontes?|bron|visit|read more (?:on|at)|more (?:on|at)|see|go to|besök|enligt|läs mer (?:på|hos)|finns på|gå till|according to)|(?<!\p{L})(?:källa|källor|lähde|lähteet))\s?[:：]?[\s([*_"”']{0,4}$/iu;

/** What is known of each UTF-16 unit: 0 until it was asked, 1 for part of a host, 2 for none. */
const hostUnits = new Uint8Array(0x10000);

function isHostUnit(text: string, at: number): boolean {
  if (at >= text.length) return false;
  const unit = text.charCodeAt(at);
  if (hostUnits[unit] === 0) hostUnits[unit] = hostUnit.test(text[at]!) ? 1 : 2;
  return hostUnits[unit] === 1;
}

/**
 * Addresses without a scheme outside `links`, in order. Each dot is looked at once and no further than a host can be
 * long.
 */
export function bareDomains(text: string, links: readonly Span[]): BareDomain[] {
  const found: BareDomain[] = [];
  let seen = 0;
  let next = 0;
  for (let dot = text.indexOf(".", 1); dot > 0; dot = text.indexOf(".", Math.max(seen, dot + 1))) {
    while (next < links.length && links[next]!.end <= dot) next++;
    if (next < links.length && links[next]!.start <= dot) {
      dot = links[next]!.end - 1;
      continue;
    }
    if (!isHostUnit(text, dot - 1) || !isHostUnit(text, dot + 1)) continue;
    const token = hostAround(text, dot, seen);
    seen = token.scanned; // the rest of a longer run is no host either
    const domain = readToken(text, token);
    if (!domain) continue;
    found.push(domain);
    seen = domain.end;
  }
  return found;
}

function hostAround(text: string, dot: number, from: number): Span & { scanned: number } {
  const isHost = (at: number) => text.charCodeAt(at) === 0x2e || isHostUnit(text, at);
  let start = dot;
  while (start > from && dot - start < longestHost && isHost(start - 1)) start--;
  let end = dot + 1;
  while (end - dot < longestHost && isHost(end)) end++;
  const scanned = end;
  while (end > dot && (text[end - 1] === "." || text[end - 1] === "-")) end--; // the sentence's full stop, not the host's
  return { start, end: Math.max(end, dot + 1), scanned };
}

function readToken(text: string, { start, end }: Span): BareDomain | null {
  if (joinedBefore.test(text[start - 1] ?? "") || joinedAfter.test(text[end] ?? "")) return null;
  const host = text.slice(start, end);
  if (!isEnding(host.slice(host.lastIndexOf(".") + 1).toLowerCase())) return null;
  const cued = cue.test(text.slice(Math.max(0, start - 24), start));
  if (!isHost(host, cued || text[end] === "/")) return null;
  const path = readPath(text, end);
  return { start, end: end + path, url: text.slice(start, end + path), hostOnly: path === 0, cued };
}

/** A host by the Public Suffix List that is neither a file, an abbreviation, a number nor two sentences glued together. */
function isHost(host: string, sure: boolean): boolean {
  if (host.length > longestHost) return false;
  const labels = host.split(".");
  if (labels.some((label) => label === "" || label.length > 63 || /^-|-$/.test(label))) return false;
  const ending = labels.pop()!;
  const capital = ending !== ending.toLowerCase(); // ASP.NET, "slutet.Det"; all in capitals is an address only by its cue
  if (capital && !(sure && host === host.toUpperCase())) return false;
  if (fileEndings.has(ending.toLowerCase()) && !sure) return false;
  if (labels.filter((label) => /^\d+$/.test(label)).length > 1 || /^\d{1,2}$/.test(labels.at(-1)!)) return false;
  return isPublic(host);
}

/** Answers name the same hosts again and again; begun anew when it is full. */
const registrable = new Map<string, boolean>();
const mostHosts = 2_000;

/** A domain that someone can register, by the Public Suffix List. */
function isPublic(host: string): boolean {
  const known = registrable.get(host);
  if (known !== undefined) return known;
  const { domain, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true });
  const is = domain !== null && (isIcann === true || isPrivate === true);
  if (registrable.size >= mostHosts) registrable.clear();
  registrable.set(host, is);
  return is;
}

/** Whether the list has domains with an ending. */
const isEnding = (ending: string): boolean => isPublic(`some.name.${ending}`);

/** Length of the path, query or fragment that follows the host; closing punctuation belongs to the sentence. */
function readPath(text: string, from: number): number {
  if (text[from] !== "/") return 0;
  const path = /^[^\s<>"'“”„«»`{}|\\^[\]【】]*/u.exec(text.slice(from, from + longestPath))![0];
  let unpaired = path.split(")").length - path.split("(").length;
  for (let length = path.length; ; length--) {
    const last = path[length - 1]!;
    if (last === ")" && unpaired > 0) unpaired--;
    else if (!/[.,;:!?*_~]/.test(last)) return length;
  }
}
