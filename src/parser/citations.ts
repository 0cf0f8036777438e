/** Merges citations on the wire with links in the text and says whose pages they are. */
import type { Citation, WireCitation } from "../domain.ts";
import type { BrandSet, TrackedBrand } from "./brands.ts";
import type { ReadingView } from "./text.ts";
import { canonicalUrl, isBelow } from "./urls.ts";

/** Citations in order of place, those without a place last. What is no web address is left out. */
export function readCitations(view: ReadingView, wire: WireCitation[], set: BrandSet): Citation[] {
  const citations = wire.flatMap((citation) => {
    const canonical = canonicalUrl(citation.url);
    return canonical ? [{ ...citation, ...canonical, owner: ownerOf(canonical.host, set.brands) }] : [];
  });
  for (const link of view.links) {
    const canonical = canonicalUrl(link.url);
    if (!canonical) continue;
    const same = citations.find(
      (citation) =>
        citation.canonicalUrl === canonical.canonicalUrl &&
        (citation.start === undefined || (citation.start < link.end && citation.end! > link.start)),
    );
    if (!same) {
      const { url, start, end } = link;
      citations.push({ url, ...canonical, owner: ownerOf(canonical.host, set.brands), start, end, kind: "inline" });
    } else if (same.start === undefined) Object.assign(same, { start: link.start, end: link.end });
  }
  return citations.sort((a, b) => (a.start ?? Infinity) - (b.start ?? Infinity) || 0);
}

/** `own`, `competitor:<key>` or `other`; the longest domain that fits decides. */
function ownerOf(host: string, brands: readonly TrackedBrand[]): string {
  let owner: TrackedBrand | null = null;
  let longest = 0;
  for (const brand of brands)
    for (const domain of brand.domains) {
      const bare = domain.toLowerCase().replace(/^www\./, "");
      if (bare.length <= longest || !isBelow(host, bare)) continue;
      owner = brand;
      longest = bare.length;
    }
  return owner === null ? "other" : owner.role === "own" ? "own" : `competitor:${owner.key}`;
}
