/** Puts a drawn answer into words: chooses its form, tells it, and places its citations. */
import type { Day, UiLanguage } from "../../domain.ts";
import { Chance, chain, type Key } from "../chance.ts";
import type { Draw } from "../draw.ts";
import type { Page } from "../pages.ts";
import { servedModel, townDay, type TownBrand, type WorldDefinition } from "../world.ts";
import { forms, type Form } from "./forms.ts";
import type { Scene } from "./phrasebook.ts";
import type { Speech } from "./speech.ts";
import { Teller, type Piece } from "./teller.ts";

/** An answer in words, ready for any wire. */
export interface Answer {
  draw: Draw;
  day: Day;
  servedModel: string;
  form: Form | null;
  pieces: Piece[];
  /** Ranked brands; null when the answer ranks nobody. */
  ranking: TownBrand[] | null;
  /** Its end is missing because the tokens ran out. */
  truncated: boolean;
  preamble: string | null;
  thinking: string | null;
  refusal: string;
  queries: string[];
  /** For ids, token counts and other things nobody reads. */
  key: Key;
}

const streams = { tell: 11, place: 12, cut: 13 };
const weights = {
  many: {
    numbered: 34,
    bulleted: 16,
    headings: 12,
    table: 10,
    pros_cons: 8,
    comparison: 9,
    prose: 6,
    stated: 5,
  },
  askedMany: { comparison: 4, table: 3, pros_cons: 3 },
  askedOne: { about: 1 },
  steps: { steps: 3, about: 1 },
};
/** Share of truncated answers that have not reached their first word. */
const wordlessShare = 0.25;

function chooseForm({ declined, named, denied, question }: Draw, chance: Chance): Form {
  const { asked, phase } = question;
  if (declined) return "declined";
  if (asked.length > 0) {
    if (denied.length === asked.length) return "unknown";
    if (asked.length - denied.length > 1) return chance.weighted(weights.askedMany);
    return chance.weighted(phase === "post_purchase" ? weights.steps : weights.askedOne);
  }
  if (phase === "post_purchase" && chance.happens(0.7)) return "steps";
  if (named.length === 0 || (phase === "awareness" && chance.happens(0.45))) return "criteria";
  return named.length === 1 ? "single" : chance.weighted(weights.many);
}

/** Puts each cited page after a sentence about its brand, or after any sentence. */
function placeCitations(pieces: Piece[], cited: Page[], chance: Chance): void {
  const claims = pieces.filter((piece) => piece.claim);
  for (const page of cited) {
    const fitting = claims.filter(({ about, pages }) => pages.length < 2 && (!page.brand || about === page.brand));
    const open = fitting.length > 0 ? fitting : claims.filter(({ pages }) => pages.length < 2);
    open[chance.below(open.length)]?.pages.push(page);
  }
}

/** Keeps a part of the text, as when the tokens run out: by chance nothing, else between a quarter and all. */
function cutShort(pieces: Piece[], chance: Chance): Piece[] {
  if (chance.happens(wordlessShare)) return [];
  let left = Math.floor(pieces.reduce((sum, { text }) => sum + text.length, 0) * (0.25 + 0.7 * chance.next()));
  const kept: Piece[] = [];
  for (const piece of pieces) {
    if (left <= piece.text.length) return [...kept, { ...piece, text: piece.text.slice(0, left), pages: [] }];
    kept.push(piece);
    left -= piece.text.length;
  }
  return kept;
}

/** Tells a drawn answer in the question's language; `truncated` cuts it off before its end. */
export function tell(
  world: WorldDefinition,
  speeches: Record<UiLanguage, Speech>,
  draw: Draw,
  truncated: boolean,
): Answer {
  const speech = speeches[draw.language];
  const chance = new Chance(chain(draw.key, streams.tell));
  const teller = new Teller(speech, draw, chance);
  const silent = draw.outcome === "refused" || draw.outcome === "empty";
  const form = silent ? null : chooseForm(draw, chance);
  if (form !== null) forms[form](teller, draw);
  if (form !== "unknown" && draw.denied.length > 0) teller.say(`\n\n${teller.names(draw.denied, speech.book.denied)}`);
  if (form !== null && form !== "declined") teller.close();
  placeCitations(teller.pieces, draw.cited, new Chance(chain(draw.key, streams.place)));
  const pieces = truncated ? cutShort(teller.pieces, new Chance(chain(draw.key, streams.cut))) : teller.pieces;
  const line = (lines: ((scene: Scene) => string)[]): string => teller.pick(lines)(teller.scene);
  const { book } = speech;
  return {
    draw,
    day: draw.day,
    servedModel: servedModel(world, draw.assistant, townDay(world, draw.day)),
    form,
    pieces,
    ranking: teller.ranking.length > 1 ? teller.ranking : null,
    truncated: draw.outcome === "empty" || (truncated && draw.outcome !== "refused"),
    preamble: draw.preamble ? line(book.preamble) : null,
    thinking: draw.thinking ? line(book.thinking) : null,
    refusal: teller.pick(book.refusal),
    queries: Array.from({ length: draw.searches }, (_, place) => {
      const asked = draw.question.asked[0];
      return asked && place === 0 ? teller.pick(book.brandQuery)(teller.scene, asked.name) : line(book.queries);
    }),
    key: draw.key,
  };
}
