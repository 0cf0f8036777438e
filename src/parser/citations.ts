/** Merges citations on the wire with links in the text and says whose pages they are. */
import type { Citation, WireCitation } from "../domain.ts";
import type { BrandSet } from "./brands.ts";
import type { ReadingView } from "./text.ts";
import { canonicalUrl, isBelow } from "./urls.ts";

/** Citations in order of place, those without a place last. What is no web address is left out. */
export function readCitations(view: ReadingView, wire: WireCitation[], set: BrandSet): Citation[] {
  const citations = wire.flatMap((citation) => {
    const canonical = canonicalUrl(citation.url);
    return canonical ? [{ ...citation, ...canonical, owner: ownerOf(canonical.host, set) }] : [];
  });
  const onWire = new Map<string, Citation[]>();
  for (const citation of citations) {
    const already = onWire.get(citation.canonicalUrl);
    if (already) already.push(citation);
    else onWire.set(citation.canonicalUrl, [citation]);
  }
  for (const link of view.links) {
    const canonical = canonicalUrl(link.url);
    if (!canonical) continue;
    const same = onWire
      .get(canonical.canonicalUrl)
      ?.find(({ start, end }) => start === undefined || (start < link.end && end! > link.start));
    if (!same) {
      const { url, start, end } = link;
      citations.push({ url, ...canonical, owner: ownerOf(canonical.host, set), start, end, kind: "inline" });
    } else if (same.start === undefined) Object.assign(same, { start: link.start, end: link.end });
  }
  return citations.sort((a, b) => (a.start ?? Infinity) - (b.start ?? Infinity) || 0);
}

/** `own`, `competitor:<key>` or `other`; the longest domain that fits decides. */
function ownerOf(host: string, { domains }: BrandSet): string {
  const owner = domains.find(({ domain }) => isBelow(host, domain))?.brand;
  return owner === undefined ? "other" : owner.role === "own" ? "own" : `competitor:${owner.key}`;
}
