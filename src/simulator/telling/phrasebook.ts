/** The contract of a language: every kind of sentence an answer is made of. */

export type Tone = "positive" | "neutral" | "negative";

/** What the whole answer is about. */
export interface Scene {
  /** One and many of the goods. */
  singular: string;
  plural: string;
  year: string;
}

/** A brand as sentences speak of it. */
export interface Voice {
  name: string;
  /** The name in the genitive. */
  owner: string;
  product: string;
}

export type Line = (scene: Scene) => string;
/** A sentence about a brand with one or two of its traits, chosen to fit the tone. */
export type BrandLine = (brand: Voice, one: string, two: string) => string;
export type NameLine = (name: string) => string;
type ByTone = Record<Tone, BrandLine[]>;

/** Sentences end with their own stop; lines that lead to a list end with a colon. */
export interface Phrasebook {
  genitive: NameLine;
  /** Names joined as in running text. */
  join(names: string[]): string;

  /** Before a list of brands. */
  listIntro: Line[];
  /** Before a list, naming the brand that leads it; only used when it is spoken well of. */
  leaderIntro: ((scene: Scene, leader: string) => string)[];
  proseIntro: Line[];
  /** Heading above a list, without number signs. */
  listHeading: Line[];

  /** After a bold name and a dash: need not name the brand. */
  fragment: ByTone;
  /** Opens a passage: the plain name stands in it. */
  sentence: ByTone;
  /** Follows either of them. */
  detail: ByTone;
  /** Names the product. */
  product: ((brand: Voice) => string)[];
  /** A table cell, no full stop. */
  cell: ByTone;
  /** What the traits told in a tone are called. */
  label: Record<Tone, string>;
  tableHead: { brand: string; product: string; verdict: string };
  pros: string;
  cons: string;

  /** "First place goes to ...", "second ...", "third ...". */
  places: NameLine[][];
  /** Named, but outside the list. */
  alsoNamed: ((names: string) => string)[];

  /** Opens an answer about one brand; the plain name stands in it. */
  about: ((scene: Scene, name: string) => string)[];
  alternatives: Line[];
  single: ((scene: Scene, name: string) => string)[];
  /** Nothing is known of a brand the question named. */
  denied: NameLine[];
  deniedWhy: Line[];

  /** Before criteria when no brand is named, and when some have been. */
  criteriaIntro: Line[];
  criteriaAfter: Line[];
  stepsIntro: Line[];
  stepsAfter: Line[];
  /** Leads from general advice to brands. */
  brandsAfter: Line[];
  advice: ((one: string, two: string, three: string) => string)[];
  closing: Line[];
  offer: Line[];

  refusal: string[];
  declined: Line[];
  preamble: Line[];
  thinking: Line[];
  /** What is typed into the search engine. */
  queries: Line[];
  brandQuery: ((scene: Scene, name: string) => string)[];
  /** Titles and paths of pages; `slug` is the goods' name in an address. */
  pages: { title: Line; path: (slug: string, year: string) => string }[];
  brandPages: { title: (brand: Voice) => string; path: (productSlug: string) => string }[];
}
