/** The parser's door: answer in, findings out; pure, the same for the same input. */
import type { Aside, Findings, WireCitation } from "../domain.ts";
import { readBlocks } from "./blocks.ts";
import type { BrandSet } from "./brands.ts";
import { addressesInProse, addressLabels, readCitations } from "./citations.ts";
import { addFlags } from "./flags.ts";
import { findMentions } from "./mentions.ts";
import { addPlaces } from "./places.ts";
import { readRanking } from "./ranking.ts";
import { rejectionsOf, type Rejection } from "./rejections.ts";
import { readText, withAddresses, type ReadingView } from "./text.ts";

export type { Rejection, RejectionReason } from "./rejections.ts";
export { isRedirect, redirectsIn } from "./citations.ts";
export { refusals, risksOf, type Risk, type RiskCode } from "./risks.ts";
export { compileBrands, type BrandSet, type TrackedBrand } from "./brands.ts";

/** Rises with every change of what the parser finds; a test of its output notices. */
export const parserVersion = 4;

export interface ParserInput {
  text: string;
  asides?: Aside[];
  citations?: WireCitation[];
  /** BCP 47 tag of the language it was asked in; a text that is clearly in another is read in its own. */
  language?: string;
  /** Where redirects lead that only their server can resolve, by address as it came. */
  targets?: ReadonlyMap<string, string>;
}

/** Mentions, ranking and citations of one answer. Never throws; time grows with the text's length only. */
export const parse = (input: ParserInput, brands: BrandSet): Findings => read(input, brands).findings;

/** The same, with every place where a tracked name's letters stand and do not count: for people, not for measures. */
export function explain(input: ParserInput, brands: BrandSet): { findings: Findings; rejections: Rejection[] } {
  const { view, findings } = read(input, brands);
  return { findings, rejections: rejectionsOf(view, brands, findings.mentions, input.language) };
}

function read(input: ParserInput, brands: BrandSet): { view: ReadingView; findings: Findings } {
  const written = readText(input.text, input.asides);
  const view = withAddresses(written, addressesInProse(written, brands), addressLabels(written, brands));
  const mentions = findMentions(view, brands, input.language);
  const blocks = readBlocks(input.text);
  addPlaces(mentions, view, blocks);
  const ranking = readRanking(input.text, blocks, mentions);
  const citations = readCitations(view, input.citations ?? [], brands, mentions, input.targets);
  const findings = addFlags({ parserVersion, mentions, ranking, citations, ghosts: [] }, brands);
  return { view, findings };
}
