/** Adds up which domains speak of rivals where the own brand is not there. */
import type { CitedPage } from "../store/index.ts";

/** A domain cited in answers in which a rival is there and the own brand is not. */
export interface GapSource {
  domain: string;
  ownerBrandId: string | null;
  /** Answers that cite it; of these, those in which it supports a sentence that names a rival. */
  answers: number;
  naming: number;
  /** Its page in most of them. */
  url: string;
  title: string | null;
}

/** Domains in these citations: first those that support most sentences about rivals, an answer counted once. */
export function sourcesIn(cited: CitedPage[], rivalIds: string[]): GapSource[] {
  const sources = new Map<string, Cited & { pages: Map<string, Cited> }>();
  for (const page of cited) {
    const key = `${page.domain} ${page.ownerBrandId ?? ""}`; // parts of a domain may have owners of their own
    const source = sources.get(key) ?? { ...seen(page), pages: new Map<string, Cited>() };
    const one = source.pages.get(page.url) ?? seen(page);
    sources.set(key, source);
    source.pages.set(page.url, one);
    const naming = page.named?.some((brandId) => rivalIds.includes(brandId)) ?? false;
    for (const { answers, naming: those } of [source, one]) {
      answers.add(page.answerId);
      if (naming) those.add(page.answerId);
    }
  }
  return [...sources].sort(byUse).map(([, { first, answers, naming, pages }]) => {
    const [url, most] = [...pages].sort(byUse)[0]!;
    const { domain, ownerBrandId } = first;
    return { domain, ownerBrandId, answers: answers.size, naming: naming.size, url, title: most.first.title };
  });
}

/** Something cited: where it came first, and ids of answers. */
interface Cited {
  first: CitedPage;
  answers: Set<string>;
  naming: Set<string>;
}

const seen = (first: CitedPage): Cited => ({ first, answers: new Set(), naming: new Set() });

const byUse = ([a, one]: [string, Cited], [b, other]: [string, Cited]): number =>
  other.naming.size - one.naming.size || other.answers.size - one.answers.size || (a < b ? -1 : 1);
