/** Merges citations on the wire with links and bare domains in the text and says whose pages they are. */
import type { Citation, Mention, SourceType, WireCitation } from "../domain.ts";
import { bareDomains, type BareDomain } from "./bare-domains.ts";
import type { BrandSet, TrackedBrand } from "./brands.ts";
import { nearest, sourceType } from "./source-types.ts";
import { hiddenAt, lastBefore } from "./spans.ts";
import { addSupport } from "./support.ts";
import type { ReadingView, Span, TextLink } from "./text.ts";
import { canonicalUrl, type CanonicalUrl } from "./urls.ts";
import { isUnresolved, isWidget } from "./wrappers.ts";

/** Citations in order of place, those without a place last. What is no web address or no publisher's is left out. */
export function readCitations(
  view: ReadingView,
  wire: WireCitation[],
  set: BrandSet,
  mentions: readonly Mention[] = [],
  targets: ReadonlyMap<string, string> = new Map(),
): Citation[] {
  const pageOf = pagesOf(ownersOf(set), targets);
  const citations = wire.flatMap((citation): Citation[] => {
    const page = pageOf(citation.url, citation.title);
    return page ? [{ ...citation, ...page }] : [];
  });
  const onWire = samePages(citations);
  for (const { url, start, end, listed } of [...view.links, ...view.addresses]) {
    const page = pageOf(url);
    if (!page) continue;
    const same = onWire.get(page.canonicalUrl);
    if (same && overlaps(same, start, end)) continue;
    const unplaced = same?.unplaced.pop();
    if (unplaced) Object.assign(unplaced, { start, end });
    else citations.push({ url, start, end, kind: listed ? "listed" : "inline", ...page });
  }
  addSupport(citations, view, mentions);
  return citations.sort((a, b) => (a.start ?? Infinity) - (b.start ?? Infinity) || 0);
}

/** Citations of one page on the wire. */
interface Same {
  /** Those without a place in the text, the first one last. */
  unplaced: Citation[];
  /** Those with one, in order of place, and the furthest end of each and all before it. */
  placed: (Span & { reach: number })[];
}

function samePages(citations: Citation[]): Map<string, Same> {
  const pages = new Map<string, Same>();
  for (const citation of citations) {
    let same = pages.get(citation.canonicalUrl);
    if (!same) pages.set(citation.canonicalUrl, (same = { unplaced: [], placed: [] }));
    const { start, end = 0 } = citation;
    if (start === undefined) same.unplaced.push(citation);
    else same.placed.push({ start, end, reach: end });
  }
  for (const { unplaced, placed } of pages.values()) {
    unplaced.reverse();
    placed.sort((a, b) => a.start - b.start);
    for (const [i, one] of placed.entries()) one.reach = Math.max(one.end, placed[i - 1]?.reach ?? 0);
  }
  return pages;
}

const overlaps = ({ placed }: Same, start: number, end: number): boolean =>
  (placed[lastBefore(placed, end - 1)]?.reach ?? 0) > start;

interface Page extends CanonicalUrl {
  owner: string;
  type: SourceType;
}

/** Reads each address of an answer once. Null for what is no web address or no publisher's. */
function pagesOf(owners: Owners, targets: ReadonlyMap<string, string>): (url: string, title?: string) => Page | null {
  const known = new Map<string, Page | null>();
  return (url, title) => {
    let page = known.get(url);
    if (page === undefined) {
      const canonical = canonicalUrl(targets.get(url) ?? url);
      page = canonical && !isWidget(canonical.canonicalUrl) ? describe(canonical, owners) : null;
      known.set(url, page);
    }
    return page && isUnresolved(page.canonicalUrl) ? describe(titled(page, title), owners) : page;
  };
}

/** True for an address whose page only its server knows. */
export function isRedirect(url: string): boolean {
  const page = canonicalUrl(url);
  return page !== null && isUnresolved(page.canonicalUrl);
}

/** Addresses of citations that are still such redirects, each once: those on the wire and those in the text. */
export const redirectsIn = (citations: readonly Citation[]): string[] => [
  ...new Set(citations.filter(({ canonicalUrl }) => isUnresolved(canonicalUrl)).map(({ url }) => url)),
];

/**
 * A redirect that only its server can resolve keeps its own address, which stands for no other page, and takes host and
 * domain from its title; without a domain there its publisher is not known.
 */
function titled(page: CanonicalUrl, title = ""): CanonicalUrl {
  const named = /\s/.test(title.trim()) ? null : canonicalUrl(title);
  return { ...page, host: named?.host ?? "", domain: named?.domain ?? "" };
}

function describe(page: CanonicalUrl, owners: Owners): Page {
  const brand = nearest(page.host, owners.byDomain);
  const owner = brand === undefined ? "other" : brand.role === "own" ? "own" : `competitor:${brand.key}`;
  return { ...page, owner, type: sourceType(page, owner) };
}

interface Owners {
  byDomain: ReadonlyMap<string, TrackedBrand>;
  /** Tracked names that look like domains, in lower case. */
  names: ReadonlySet<string>;
}

const compiled = new WeakMap<BrandSet, Owners>();

/** Looked up by name, so that the number of brands does not change the time per citation; the first brand keeps a domain. */
function ownersOf(set: BrandSet): Owners {
  let owners = compiled.get(set);
  if (!owners) {
    const names = set.brands.flatMap(({ name, aliases, products }) => [name, ...aliases, ...products]);
    owners = {
      byDomain: new Map([...set.domains].reverse().map(({ domain, brand }) => [domain, brand])),
      names: new Set(names.filter((name) => name.includes(".")).map((name) => name.trim().toLowerCase())),
    };
    compiled.set(set, owners);
  }
  return owners;
}

/** Bare domains that are addresses: outside links, code and e-mail addresses, and not used as names; in order. */
export function addressesInProse(view: ReadingView, set: BrandSet): TextLink[] {
  const { names } = ownersOf(set);
  return bareDomains(view.text, view.links)
    .filter(
      (one) => !isName(one, names) && !isInside(one, view.links) && !isLabel(one, view.text) && isShown(one, view),
    )
    .map(({ start, end, url }) => ({ start, end, url }));
}

/** Labels of links that are nothing but an address, as in `[acme.com](https://acme.com/a)`: where they lead, no name. */
export function addressLabels({ text, links }: ReadingView, set: BrandSet): Span[] {
  const { names } = ownersOf(set);
  return links.flatMap(({ start }) => {
    const [whole, marks, label] =
      /^(\[[*_]{0,3})([^\][\s*]{4,253}?)[*_]{0,3}\]/.exec(text.slice(start, start + 262)) ?? [];
    if (whole === undefined) return [];
    const [address] = bareDomains(label!, []);
    if (!address || address.start > 0 || address.end < label!.length || isName(address, names)) return [];
    return [{ start: start + marks!.length, end: start + marks!.length + label!.length }];
  });
}

/** `monday.com` where it is tracked, and `Kore.ai`: people write names with a capital, addresses without. */
const isName = ({ url, hostOnly, cued }: BareDomain, names: ReadonlySet<string>): boolean =>
  hostOnly && !cued && (url !== url.toLowerCase() || names.has(url));

/** True inside `[label][1]`, `[1]: address "title"` and the title of a link: words about a link that is read itself. */
function isLabel({ start, end }: BareDomain, text: string): boolean {
  if (/^[^\][\n]{0,100}\]\s?[[(]/.test(text.slice(end, end + 104))) return true;
  const before = text.slice(Math.max(0, start - 300), start);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  return /^ {0,3}\[(?!\^)[^\][]{1,100}\]:/.test(line) || /https?:\/\/[^\s"]{1,300}\s"[^"]{0,300}$/.test(line);
}

function isInside({ start, end }: Span, links: readonly Span[]): boolean {
  const before = links[lastBefore(links, end - 1)];
  return before !== undefined && before.end > start;
}

/** Hidden words are no prose, but for an address hidden as such and for sources. */
function isShown({ start, end }: BareDomain, view: ReadingView): boolean {
  const hidden = hiddenAt(view, start);
  return !hidden || hidden.listed === true || (hidden.start === start && hidden.end === end);
}
