/** Reads a labelled text with the real parser. */
import { compileBrands, parse, type BrandSet } from "../../src/parser/parse.ts";
import type { Prediction, Row } from "./corpora.ts";

const matching = { caseSensitive: false, exclude: [], require: [], commonWord: "auto" as const };
const sets = new Map<string, BrandSet>();

/** Texts with the same brands share one matcher. */
function brandSet(brands: Row["brands"]): BrandSet {
  const key = JSON.stringify(brands);
  const known = sets.get(key);
  if (known) return known;
  const set = compileBrands(
    brands.map(({ name, aliases = [], domains = [] }) => ({
      key: name,
      name,
      role: "competitor" as const,
      aliases,
      domains,
      products: [],
      matching,
    })),
  );
  sets.set(key, set);
  return set;
}

export function ours({ id, lang, text, brands }: Row): Prediction {
  const input = { text, language: lang };
  const { mentions, ranking, citations } = parse(input, brandSet(brands));
  const places = ranking.positions;
  const placed = Object.keys(places).sort((a, b) => places[a]! - places[b]!);
  const order = [...new Set([...placed, ...ranking.order])];
  return { id, mentions, rank: places, order, citations };
}
