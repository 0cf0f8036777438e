/** How strong brands are against each other, from rankings that name only some of them. */
import { sumOf } from "../statistics/sums.ts";

const mostRounds = 2000;
const still = 1e-12;

/**
 * Strengths that add up to one, in the order of `brands`: in each place of a ranking the brand there beats all that
 * stand lower and all that the ranking lacks. Every pair shares `prior` pseudo-wins over its rivals, so that a brand
 * that never wins is weak and not nothing. Brands outside `brands` are left out. Two brands: Bradley-Terry.
 * Source: Plackett-Luce by minorisation-maximisation, Hunter 2004; measures.md 2 (prior 0.5).
 */
export function strengths(rankings: readonly (readonly string[])[], brands: readonly string[], prior = 0.5): number[] {
  const places = new Map(brands.map((brand, i) => [brand, i]));
  const stages = rankings.flatMap((ranking) => {
    const ranked = ranking.flatMap((brand) => places.get(brand) ?? []);
    const absent = [...places.values()].filter((brand) => !ranked.includes(brand));
    return ranked.map((winner, i) => ({ winner, contenders: [...ranked.slice(i), ...absent] }));
  });
  const contests = stages.filter(({ contenders }) => contenders.length > 1);
  const pseudo = brands.length > 1 ? prior / (brands.length - 1) : 0;
  const wins = brands.map(
    (_, i) => contests.filter(({ winner }) => winner === i).length + pseudo * (brands.length - 1),
  );
  let current = brands.map(() => 1 / brands.length);
  for (let round = 0; round < mostRounds; round++) {
    const next = nextOf(current, wins, contests, pseudo);
    const moved = Math.max(...next.map((one, i) => Math.abs(one - current[i]!)));
    current = next;
    if (moved < still) break;
  }
  return current;
}

/** One round: each brand's wins by how much it was up against. */
function nextOf(
  current: readonly number[],
  wins: readonly number[],
  contests: readonly { contenders: readonly number[] }[],
  pseudo: number,
): number[] {
  const against = current.map(
    (own, i) => sumOf(current, (other) => (2 * pseudo) / (own + other)) - (2 * pseudo) / (own + current[i]!),
  );
  for (const { contenders } of contests) {
    const share = 1 / sumOf(contenders, (brand) => current[brand]!);
    for (const brand of contenders) against[brand]! += share;
  }
  const raw = current.map((own, i) => (against[i]! > 0 ? wins[i]! / against[i]! : own));
  const total = sumOf(raw, (one) => one);
  return raw.map((one) => one / total);
}
