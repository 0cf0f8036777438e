/** The town's web: which pages an assistant finds, and which of them it cites. */
import type { UiLanguage } from "../domain.ts";
import type { Chance } from "./chance.ts";
import { capital, type Speech } from "./telling/speech.ts";
import type { TownBrand, WorldDefinition } from "./world.ts";

export interface Page {
  url: string;
  title: string;
  domain: string;
  /** The brand it belongs to. */
  brand: TownBrand | null;
  weight: number;
}

export interface Web {
  /** Up to `count` pages found on a day since the start, each once. */
  find(chance: Chance, language: UiLanguage, named: TownBrand[], day: number, count: number): Page[];
}

/** A third party's weight in the other language. */
const foreignShare = 0.15;
/** Weight of a brand's page compared with the mean third-party page, when the brand is named and when not. */
const ownWeight = { named: 1.5, unnamed: 0.15 };
/** Share of the pages found that are cited: a named brand's own, an unnamed brand's own, a third party's. */
const citedShare = { named: 0.5, unnamed: 0.15, third: 0.3 };
/** Pages cited in one answer at most, as in recorded answers. */
const mostCited = 6;

const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

function pagesIn(world: WorldDefinition, speeches: Record<UiLanguage, Speech>, language: UiLanguage): Page[] {
  const speech = speeches[language];
  const thirdParties = world.sources.flatMap((source) => {
    const { book, category } = speeches[source.language];
    const scene = { ...category, year: world.startDay.slice(0, 4) };
    return book.pages.map(({ title, path }) => ({
      url: `https://${source.domain}${path(slugOf(scene.plural), scene.year)}`,
      title: `${capital(title(scene))} | ${source.title}`,
      domain: source.domain,
      brand: null,
      weight: source.weight * (source.language === language ? 1 : foreignShare),
    }));
  });
  const mean = thirdParties.reduce((sum, page) => sum + page.weight, 0) / Math.max(1, thirdParties.length);
  const own = [...speech.voices].flatMap(([brand, voice]) =>
    brand.domains.flatMap((domain) =>
      speech.book.brandPages.map(({ title, path }) => ({
        url: `https://${domain}${path(slugOf(voice.product))}`,
        title: title(voice),
        domain,
        brand,
        weight: mean || 1,
      })),
    ),
  );
  return [...thirdParties, ...own];
}

/** `count` of the pages, or all there are: one after the other by weight, each once. */
function sample(chance: Chance, pages: Page[], weights: number[], count: number): Page[] {
  const chosen: Page[] = [];
  for (let total = weights.reduce((sum, weight) => sum + weight, 0); chosen.length < count;) {
    let rest = chance.next() * total;
    const place = weights.findIndex((weight) => weight > 0 && (rest -= weight) < 0);
    // rounding may leave a little of the total when the last page has been passed
    const page = place >= 0 ? place : weights.findLastIndex((weight) => weight > 0);
    const found = pages[page];
    if (!found) return chosen;
    chosen.push(found);
    total -= weights[page] ?? 0;
    weights[page] = 0;
  }
  return chosen;
}

/** All pages of a town. A lost source is never found again. */
export function createWeb(world: WorldDefinition, speeches: Record<UiLanguage, Speech>): Web {
  const pages = { en: pagesIn(world, speeches, "en"), sv: pagesIn(world, speeches, "sv") };
  const lost = world.events.filter((event) => event.kind === "lost_source");
  return {
    find(chance, language, named, day, count) {
      const gone = new Set(lost.filter((event) => day >= event.day).map((event) => event.domain));
      const weightOf = ({ brand, weight, domain }: Page): number => {
        if (gone.has(domain)) return 0;
        return brand ? weight * (named.includes(brand) ? ownWeight.named : ownWeight.unnamed) : weight;
      };
      return sample(chance, pages[language], pages[language].map(weightOf), count);
    },
  };
}

/** Those of the pages found that the answer cites. */
export function chooseCited(chance: Chance, found: Page[], named: TownBrand[]): Page[] {
  const share = (page: Page): number =>
    page.brand === null ? citedShare.third : named.includes(page.brand) ? citedShare.named : citedShare.unnamed;
  return found.filter((page) => chance.happens(share(page))).slice(0, mostCited);
}
