/** Reads short texts with short lists of brands, for the parser's tests. */
import type { Brand, Findings, WireCitation } from "../../src/domain.ts";
import { compileBrands, parse } from "../../src/parser/parse.ts";
import { brand } from "../support/definition.ts";

/** A brand by its name alone, or with what is special about it; the name is its key. */
export type Tracked = string | (Partial<Omit<Brand, "id">> & { name: string });

/** Matching options that ask for nothing, but for what is given. */
export const matching = (more: Partial<Brand["matching"]>): Brand["matching"] => ({
  ...brand("any").matching,
  ...more,
});

export const setOf = (brands: Tracked[]) =>
  compileBrands(brands.map((one) => (typeof one === "string" ? brand(one) : brand(one.name, one))));

export const read = (text: string, brands: Tracked[], citations: WireCitation[] = []): Findings =>
  parse({ text, citations }, setOf(brands));

/** What stands in the text where brands were found. */
export const surfaces = (text: string, ...brands: Tracked[]): string[] =>
  read(text, brands).mentions.map((mention) => mention.text);

/** Which brands were found, in order, each as often as it was. */
export const named = (text: string, ...brands: Tracked[]): string[] =>
  read(text, brands).mentions.map((mention) => mention.brand);
