/** Compiles tracked brands into an immutable matcher that every answer shares. */
import type { Brand, Mention } from "../domain.ts";
import { Beginnings } from "./beginnings.ts";
import { commonIn, languages, rulesOf, type LanguageRules } from "./languages/index.ts";
import { spell, variantsOf, type Spelling } from "./spelling.ts";
import { Trie } from "./trie.ts";
import { plainHost } from "./urls.ts";

/** What the parser needs to know of a brand. */
export type TrackedBrand = Pick<Brand, "key" | "name" | "role" | "aliases" | "domains" | "products" | "matching">;

/** One way to write a brand. */
export interface Form {
  /** null for a phrase that contains a name but does not mean the brand. */
  brand: TrackedBrand | null;
  form: string;
  via: Mention["via"];
  spelling: Spelling;
  /** Endings that must follow, of a name whose last letters they replace. */
  stem: ReadonlySet<string> | null;
  stemOf: LanguageRules | null;
  /** Languages of which the form is a frequent word; true for all. */
  common: true | readonly string[];
}

export interface BrandSet {
  readonly brands: readonly TrackedBrand[];
  /** Letters of all forms in one tree, so that their number does not change the time per answer. */
  readonly tree: Trie;
  /** Where in a text any of them may begin. */
  readonly beginnings: Beginnings;
  /** Forms that end at a node, the preferred first. */
  readonly forms: ReadonlyMap<number, readonly Form[]>;
  /** Languages of the project, for texts whose own language cannot be told. */
  readonly languages: readonly LanguageRules[];
  /** Whose domains are whose, the longest first. */
  readonly domains: readonly { domain: string; brand: TrackedBrand }[];
}

export interface CompileOptions {
  /** BCP 47 tags of the languages the brands are asked about in. */
  languages?: readonly string[];
}

type Parts = Pick<Form, "brand" | "form" | "via">;

/** Builds the matcher. Where two brands claim one form the first keeps it; `check` refuses that before. */
export function compileBrands(brands: readonly TrackedBrand[], options: CompileOptions = {}): BrandSet {
  const parts = brands.flatMap((brand): Parts[] => [
    { brand, form: brand.name, via: "name" },
    ...brand.aliases.map((form): Parts => ({ brand, form, via: "alias" })),
    ...brand.products.map((form): Parts => ({ brand, form, via: "product" })),
  ]);
  for (const brand of brands) for (const form of brand.matching.exclude) parts.push({ brand: null, form, via: "name" });
  const forms = new Forms();
  for (const part of parts) forms.insert(part, part.form, null);
  for (const part of parts) if (part.brand) insertVariants(forms, part);
  const domains = brands
    .flatMap((brand) => brand.domains.map((domain) => ({ domain: plainHost(domain), brand })))
    .sort((a, b) => b.domain.length - a.domain.length);
  const known = (options.languages ?? []).map(rulesOf).filter((rules) => rules !== null);
  const { tree, beginnings, byNode } = forms;
  return { brands, tree, beginnings, forms: byNode, languages: known, domains };
}

function insertVariants(forms: Forms, part: Parts): void {
  for (const variant of variantsOf(part.form)) if (commonIn(variant).length === 0) forms.insert(part, variant, null);
  const name = part.form.trim().normalize("NFC");
  if (!/^\p{Lu}[\p{L}]{3,}$/u.test(name)) return;
  for (const rules of languages)
    for (const stem of rules.stems)
      if (name.endsWith(stem.cut))
        forms.insert(part, name.slice(0, -stem.cut.length), { rules, endings: stem.endings });
}

type Stem = { rules: LanguageRules; endings: ReadonlySet<string> } | null;

/** The forms of a set while it is compiled. */
class Forms {
  readonly tree = new Trie();
  readonly beginnings = new Beginnings();
  readonly byNode = new Map<number, Form[]>();

  insert({ brand, form, via }: Parts, written: string, stem: Stem): void {
    const spelling = spell(written);
    if (!spelling) return;
    let node = 0;
    for (const letter of spelling.letters) node = this.tree.add(node, letter);
    this.tree.end(node);
    this.beginnings.add(spelling);
    const common = brand ? commonness(brand, form) : [];
    const entry: Form = {
      brand,
      form,
      via,
      spelling,
      stem: stem?.endings ?? null,
      stemOf: stem?.rules ?? null,
      common,
    };
    const there = this.byNode.get(node);
    if (there) there.push(entry);
    else this.byNode.set(node, [entry]);
  }
}

const commonness = ({ matching }: TrackedBrand, form: string): Form["common"] =>
  matching.commonWord === "yes" ? true : matching.commonWord === "no" ? [] : commonIn(form);
