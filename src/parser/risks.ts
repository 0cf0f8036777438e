/** Names that would be mistaken, missed or fought over: found in the list of brands, before any answer is read. */
import { compileBrands, type TrackedBrand } from "./brands.ts";
import { commonIn, languages as known, rulesOf, type LanguageRules } from "./languages/index.ts";
import { isPlace } from "./languages/places.ts";
import { findMentions } from "./mentions.ts";
import { gapsAgree, longestName, spell, variantsOf, type Spelling } from "./spelling.ts";
import { readText } from "./text.ts";

/** The part of a brand that risks depend on. */
export type NamedBrand = Pick<TrackedBrand, "name" | "aliases" | "products" | "matching">;

/** What makes a name risky; those of `refusals` leave nothing to read. */
export type RiskCode =
  | "tooManyNames"
  | "tooLong"
  | "sameName"
  | "sameSpelling"
  | "neverRead"
  | "manyNames"
  | "oneLetter"
  | "number"
  | "smallWord"
  | "commonWord"
  | "givenName"
  | "place";

/** Risks that no reading can live with. */
export const refusals: ReadonlySet<RiskCode> = new Set<RiskCode>(["tooManyNames", "tooLong", "sameName"]);

/** A name that stands at `brands[brand]`, in its field and at its place in the list there. */
export interface Risk {
  code: RiskCode;
  brand: number;
  field: "name" | "aliases" | "products";
  index: number | null;
  name: string;
  /** Codes of the languages of which it is a word. */
  languages: string[];
  /** Who has the same: the other name, and the name of its brand. */
  other: { name: string; brand: string } | null;
  /** How many names there are, where that is the risk. */
  count: number;
}

const fields: readonly Risk["field"][] = ["name", "aliases", "products"];

/** Names of all brands together; the matcher is measured with so many. */
const mostNames = 100_000;
/** Nobody chooses so many names of one brand by hand. */
const manyNames = 1_000;
/** So many names with signs in them are read to see whether they can be. */
const mostProbed = 1_000;
/** So many groups of such names are looked into; who has more mends these first. */
const mostGroups = 500;
/** So many names of the same letters are compared with one another. */
const mostAlike = 50;

interface Entry extends Pick<Risk, "brand" | "field" | "index" | "name"> {
  owner: NamedBrand;
}

/** Every risk in the order of the list. `languages` are BCP 47 tags of the project. Linear in the number of names. */
export function risksOf(brands: readonly NamedBrand[], languages: readonly string[]): Risk[] {
  const sizes = brands.map(({ aliases, products }) => 1 + aliases.length + products.length);
  const count = sizes.reduce((sum, size) => sum + size, 0);
  if (count > mostNames) {
    const brand = sizes.indexOf(Math.max(...sizes));
    return [risk("tooManyNames", { brand, field: "name", index: null, name: brands[brand]!.name }, { count })];
  }
  const entries = brands.flatMap(entriesOf);
  const rules = languages.map(rulesOf).filter((one) => one !== null);
  const asked = rules.length > 0 ? rules : known;
  const many = sizes.flatMap((size, brand) =>
    size > manyNames
      ? [risk("manyNames", { brand, field: "name", index: null, name: brands[brand]!.name }, { count: size })]
      : [],
  );
  const risks = [
    ...many,
    ...entries
      .filter(({ name }) => name.length > longestName && !spell(name))
      .map((entry) => risk("tooLong", entry, { count: longestName })),
    ...claims(entries),
    ...neverRead(entries),
    ...entries.flatMap((entry) => ofWords(entry, asked)),
  ];
  return risks.sort(
    (a, b) => a.brand - b.brand || fields.indexOf(a.field) - fields.indexOf(b.field) || (a.index ?? 0) - (b.index ?? 0),
  );
}

function entriesOf(owner: NamedBrand, brand: number): Entry[] {
  return [
    { brand, owner, field: "name", name: owner.name, index: null },
    ...owner.aliases.map((name, index): Entry => ({ brand, owner, field: "aliases", name, index })),
    ...owner.products.map((name, index): Entry => ({ brand, owner, field: "products", name, index })),
  ];
}

const risk = (
  code: RiskCode,
  { brand, field, index, name }: Pick<Risk, "brand" | "field" | "index" | "name">,
  more: Partial<Pick<Risk, "languages" | "other" | "count">> = {},
): Risk => ({ code, brand, field, index, name, languages: [], other: null, count: 0, ...more });

const bare: Record<string, string> = { ø: "o", æ: "ae", ß: "ss", ł: "l", đ: "d" };

/** A key that names share if any spelling of one may be read as the other; it costs less than to spell them out. */
const coarse = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[øæßłđ]/g, (letter) => bare[letter]!)
    .replace(/ (?:and|och|und|og) |\s*&\s*/g, "&")
    .replace(/[\s'\u2019\u2018\u02bc\u2010-\u2013-]+|[.!]$/g, "")
    .replace(/([aou])e|aa/g, (_, letter: string | undefined) => letter ?? "a");

/** Names that a text cannot tell apart, and other spellings of a name that are another brand's. */
function claims(entries: Entry[]): Risk[] {
  if (entries.every(({ brand }) => brand === 0)) return [];
  const alike = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = coarse(entry.name);
    const there = alike.get(key);
    if (!there) alike.set(key, [entry]);
    else if (there.length < mostAlike) there.push(entry);
  }
  const contested = [...alike.values()].filter((group) => group.some(({ brand }) => brand !== group[0]!.brand));
  return contested.slice(0, mostGroups).flatMap(claimsAmong);
}

function claimsAmong(group: Entry[]): Risk[] {
  const variants = new Map<string, Entry>();
  const spelt = group.map((entry) => ({ entry, spelling: spell(entry.name) }));
  return group.flatMap((entry): Risk[] => {
    const first = readAs(entry.name, spelt);
    if (first && first.brand !== entry.brand) return [risk("sameName", entry, { other: nameOf(first) })];
    for (const variant of variantsOf(entry.name)) {
      const other = readAs(variant, spelt) ?? variants.get(variant.toLowerCase());
      if (other && other.brand !== entry.brand) return [risk("sameSpelling", entry, { other: nameOf(other) })];
      variants.set(variant.toLowerCase(), entry);
    }
    return [];
  });
}

const nameOf = ({ name, owner }: Entry): Risk["other"] => ({ name, brand: owner.name });

/** The first of a group that what is written so would be read as. */
function readAs(written: string, group: { entry: Entry; spelling: Spelling | null }[]): Entry | null {
  const asWritten = spell(written);
  if (!asWritten) return null;
  return group.find(({ entry, spelling }) => allows(spelling, asWritten, entry.owner.matching))?.entry ?? null;
}

function allows(name: Spelling | null, written: Spelling, { caseSensitive }: NamedBrand["matching"]): boolean {
  if (!name || name.letters.length !== written.letters.length) return false;
  const capitals = Uint8Array.from(written.capitals);
  if (name.letters.some((letter, i) => letter !== written.letters[i])) return false;
  if (caseSensitive && name.capitals.some((capital, i) => capital !== capitals[i])) return false;
  return gapsAgree(name, Uint8Array.from(written.gaps), capitals, written.letters.length);
}

/** Names that Markdown or an address takes away from the words of a text. */
function neverRead(entries: Entry[]): Risk[] {
  const withSigns = entries.filter(({ name }) => /[^\p{L}\p{M}\p{N} '’&+!-]/u.test(name));
  return withSigns.slice(0, mostProbed).flatMap((entry) => {
    const { name } = entry;
    const matching: NamedBrand["matching"] = { caseSensitive: false, exclude: [], require: [], commonWord: "no" };
    const set = compileBrands([{ key: name, name, role: "own", aliases: [], products: [], domains: [], matching }]);
    return findMentions(readText(`– ${name} –`), set).length > 0 ? [] : [risk("neverRead", entry)];
  });
}

/** What a name is besides a name; nothing where the brand's own settings answer that. */
function ofWords(entry: Entry, asked: readonly LanguageRules[]): Risk[] {
  const { name, owner } = entry;
  const { require, exclude, commonWord } = owner.matching;
  if (require.length > 0 || commonWord === "yes") return [];
  const word = name.trim().normalize("NFC").toLowerCase();
  if (/^\P{N}$/u.test(word)) return [risk("oneLetter", entry)];
  const small = asked.filter(({ functionWords }) => functionWords.has(word));
  if (small.length > 0) return [risk("smallWord", entry, { languages: codes(small) })];
  if (commonWord === "no") return [];
  if (/^\d+$/.test(word)) return [risk("number", entry)];
  const speaking = commonIn(name);
  const common = asked.filter(({ code }) => speaking.includes(code));
  if (common.length > 0) return [risk("commonWord", entry, { languages: codes(common) })];
  if (exclude.length > 0) return [];
  if (asked.some(({ givenNames }) => givenNames.has(word))) return [risk("givenName", entry)];
  return isPlace(word, " in ") ? [risk("place", entry)] : [];
}

const codes = (rules: readonly LanguageRules[]): string[] => rules.map(({ code }) => code);
