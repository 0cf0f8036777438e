/** Compiles tracked brands into an immutable matcher that every answer shares. */
import type { Brand, Mention } from "../domain.ts";
import { fold } from "./fold.ts";
import { plainHost } from "./urls.ts";

/** What the parser needs to know of a brand. */
export type TrackedBrand = Pick<Brand, "key" | "name" | "role" | "aliases" | "domains" | "products" | "matching">;

/** One way to write a brand. */
export interface Form {
  /** null for a phrase that contains a name but does not mean the brand. */
  brand: TrackedBrand | null;
  form: string;
  via: Mention["via"];
}

/** A node of the tree of forms: next UTF-16 unit of the folded form to node. */
export interface FormNode {
  next: Map<number, FormNode>;
  /** With the capitals it is written with, for brands that ask for their own case. */
  form: (Form & { capitals: Uint8Array }) | null;
}

export interface BrandSet {
  readonly brands: readonly TrackedBrand[];
  /** Folded forms of all brands in one tree, so that their number does not change the time per answer. */
  readonly tree: FormNode;
  /** Whose domains are whose, the longest first. */
  readonly domains: readonly { domain: string; brand: TrackedBrand }[];
}

/** Builds the matcher. Where two brands claim one form the first keeps it; `check` refuses that before. */
export function compileBrands(brands: readonly TrackedBrand[]): BrandSet {
  const tree: FormNode = { next: new Map(), form: null };
  for (const brand of brands) {
    insert(tree, { brand, form: brand.name, via: "name" });
    for (const form of brand.aliases) insert(tree, { brand, form, via: "alias" });
    for (const form of brand.products) insert(tree, { brand, form, via: "product" });
  }
  for (const brand of brands)
    for (const form of brand.matching.exclude) insert(tree, { brand: null, form, via: "name" });
  const domains = brands
    .flatMap((brand) => brand.domains.map((domain) => ({ domain: plainHost(domain), brand })))
    .sort((a, b) => b.domain.length - a.domain.length);
  return { brands, tree, domains };
}

function insert(tree: FormNode, form: Form): void {
  const { units, capitals } = fold(form.form.trim());
  if (units.length === 0) return;
  let node = tree;
  for (const unit of units) {
    let next = node.next.get(unit);
    if (!next) node.next.set(unit, (next = { next: new Map(), form: null }));
    node = next;
  }
  node.form ??= { ...form, capitals };
}
