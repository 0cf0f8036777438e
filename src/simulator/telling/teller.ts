/** Puts one answer together, sentence by sentence, and remembers which sentences could bear a citation. */
import type { Chance } from "../chance.ts";
import type { Draw, NamedBrand } from "../draw.ts";
import type { Page } from "../pages.ts";
import type { TownBrand } from "../world.ts";
import type { BrandLine, Scene, Tone } from "./phrasebook.ts";
import { capital, type BrandVoice, type Point, type Speech } from "./speech.ts";

/** A stretch of the text; all pieces joined with nothing are the answer. */
export interface Piece {
  text: string;
  /** It says something that a page may back. */
  claim: boolean;
  about: TownBrand | null;
  /** The pages cited for it. */
  pages: Page[];
}

/** Real answers are rarely shorter, unless they refuse. */
const leastLength = 600;

export class Teller {
  readonly speech: Speech;
  readonly scene: Scene;
  readonly chance: Chance;
  readonly pieces: Piece[] = [];
  /** The brands a ranking leads, in its order; empty when the answer ranks nobody. */
  ranking: TownBrand[] = [];
  private length = 0;
  private readonly decks = new Map<readonly unknown[], unknown[]>();

  constructor(speech: Speech, draw: Draw, chance: Chance) {
    this.speech = speech;
    this.scene = { ...speech.category, year: draw.day.slice(0, 4) };
    this.chance = chance;
  }

  /** One of a list; the same one again only when all have been used. */
  pick<T>(list: readonly T[]): T {
    let deck = this.decks.get(list);
    if (!deck || deck.length === 0) this.decks.set(list, (deck = this.chance.shuffled(list)));
    return deck.pop() as T; // decks are keyed by the list they were made from
  }

  /** Two different ones of a list, as far as it has them. */
  twoOf<T>(list: readonly T[]): [T, T] {
    const one = this.pick(list);
    const two = this.pick(list);
    return [one, two === one ? this.pick(list) : two];
  }

  say(text: string): void {
    this.add({ text, claim: false, about: null, pages: [] });
  }

  /** Says something a citation may stand after. */
  claim(text: string, about: TownBrand | null = null): void {
    this.add({ text, claim: true, about, pages: [] });
  }

  voice(brand: TownBrand): BrandVoice {
    const voice = this.speech.voices.get(brand);
    if (!voice) throw new RangeError(`${brand.key} is not from this town`);
    return voice;
  }

  /** A sentence about a brand in its tone. */
  line(named: NamedBrand, lines: Record<Tone, BrandLine[]>): string {
    const voice = this.voice(named.brand);
    const [one, two] = this.twoOf(voice.traits[named.tone]);
    return this.pick(lines[named.tone])(voice, one, two);
  }

  /** What follows the first sentence about a brand: details by chance, its fact always. */
  rest({ brand, tone, fact }: NamedBrand, separator: string): void {
    const { book } = this.speech;
    const voice = this.voice(brand);
    if (this.chance.happens(0.8)) {
      this.say(separator);
      this.claim(this.line({ brand, tone, fact }, book.detail), brand);
    }
    if (this.chance.happens(0.35) && brand.products.length > 0) {
      this.say(separator);
      this.claim(this.pick(book.product)(voice), brand);
    }
    if (fact) {
      this.say(separator);
      this.claim(`${fact.statement[this.speech.language]}.`, brand);
    }
  }

  /** A whole passage in running text; its first sentence has the plain name. */
  passage(named: NamedBrand): void {
    this.claim(this.line(named, this.speech.book.sentence), named.brand);
    this.rest(named, " ");
  }

  /** Passages in one or several paragraphs; the first one follows `before`. */
  passages(list: NamedBrand[], perParagraph: number, before = "\n\n"): void {
    list.forEach((named, place) => {
      this.say(place === 0 ? before : place % perParagraph === 0 ? "\n\n" : " ");
      this.passage(named);
    });
  }

  names(list: readonly TownBrand[], lines: ((names: string) => string)[]): string {
    return this.pick(lines)(this.speech.book.join(list.map((brand) => brand.name)));
  }

  /** A numbered or bulleted list of some of the points in their order, each with a bold lead. */
  points(points: readonly Point[], count: number, numbered: boolean): void {
    const chosen = new Set(this.chance.shuffled(points).slice(0, count));
    let place = 0;
    for (const point of points) {
      if (!chosen.has(point)) continue;
      this.say(`\n${numbered ? `${++place}.` : "-"} **${capital(point.name)}:** `);
      this.claim(point.why);
    }
  }

  /** Advice and an offer; more of it when the answer is still short. */
  close(): void {
    const { book, criteria } = this.speech;
    const advice = (): string =>
      this.pick(book.advice)(this.pick(criteria).name, this.pick(criteria).name, this.pick(criteria).name);
    const closings = [advice, ...this.chance.shuffled(book.closing).map((line) => () => line(this.scene))];
    let separator = "\n\n";
    for (const closing of closings) {
      if (this.length > leastLength && !this.chance.happens(0.35)) continue;
      this.say(separator);
      this.claim(closing());
      separator = " ";
    }
    if (this.chance.happens(0.6)) this.say(`\n\n${this.pick(book.offer)(this.scene)}`);
  }

  private add(piece: Piece): void {
    this.pieces.push(piece);
    this.length += piece.text.length;
  }
}
