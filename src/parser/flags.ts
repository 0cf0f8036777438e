/** What follows from mentions and citations together: brands cited but not named, and names that no citation supports. */
import type { Findings } from "../domain.ts";
import type { BrandSet } from "./brands.ts";
import { uncitedMentions } from "./citations.ts";

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
