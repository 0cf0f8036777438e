/** What follows from mentions and citations together: brands cited but not named, and names that no citation supports. */
import type { Findings, Mention } from "../domain.ts";
import type { BrandSet } from "./brands.ts";

/** Sets `ghosts` and `uncited`. Where nothing is cited, nothing is uncited. */
export function addFlags(findings: Findings, { brands }: BrandSet): Findings {
  const { mentions, citations } = findings;
  if (citations.length === 0) return findings;
  for (const mention of uncitedMentions(findings)) mention.uncited = true;
  const named = new Set(mentions.flatMap(({ brand, certainty }) => (certainty === "uncertain" ? [] : [brand])));
  const own = brands.find(({ role }) => role === "own")?.key;
  const cited = citations.flatMap(({ owner }) =>
    owner === "own" ? (own ?? []) : owner === "other" ? [] : owner.slice("competitor:".length),
  );
  return { ...findings, ghosts: [...new Set(cited)].filter((brand) => !named.has(brand)) };
}

/** Mentions in sentences and items that no citation supports, in order. */
function uncitedMentions(findings: Findings): Mention[] {
  const supported = findings.citations
    .flatMap(({ supports }) => (supports ? [supports] : []))
    .sort((a, b) => a.start - b.start);
  let reach = 0; // the furthest end of all that start at or before the mention
  let next = 0;
  return [...findings.mentions]
    .sort((a, b) => a.start - b.start)
    .filter(({ start }) => {
      for (; next < supported.length && supported[next]!.start <= start; next++)
        reach = Math.max(reach, supported[next]!.end);
      return start >= reach;
    });
}
