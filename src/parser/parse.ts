/** The parser's door: answer in, findings out; pure, the same for the same input. */
import type { Aside, Findings, WireCitation } from "../domain.ts";
import { readBlocks } from "./blocks.ts";
import type { BrandSet } from "./brands.ts";
import { addressesInProse, readCitations } from "./citations.ts";
import { addFlags } from "./flags.ts";
import { findMentions } from "./mentions.ts";
import { addPlaces } from "./places.ts";
import { readRanking } from "./ranking.ts";
import { readText, withHidden } from "./text.ts";

export { compileBrands, type BrandSet, type TrackedBrand } from "./brands.ts";

/** Rises with every change of what the parser finds; a test of its output notices. */
export const parserVersion = 3;

export interface ParserInput {
  text: string;
  asides?: Aside[];
  citations?: WireCitation[];
  /** BCP 47 tag of the text's language; told by its small words where it is not given. */
  language?: string;
}

/** Mentions, ranking and citations of one answer. Never throws; time grows with the text's length only. */
export function parse(input: ParserInput, brands: BrandSet): Findings {
  const written = readText(input.text, input.asides);
  const view = withHidden(written, addressesInProse(written, brands));
  const mentions = findMentions(view, brands, input.language);
  const blocks = readBlocks(input.text);
  addPlaces(mentions, view, blocks);
  const ranking = readRanking(input.text, blocks, mentions);
  const citations = readCitations(view, input.citations ?? [], brands, mentions);
  return addFlags({ parserVersion, mentions, ranking, citations, ghosts: [] }, brands);
}
