/** The forms an answer can take: lists, headings, tables, running text. */
import type { Draw, NamedBrand } from "../draw.ts";
import { capital } from "./speech.ts";
import type { Teller } from "./teller.ts";

/** How an answer is laid out. Lists, headings, tables and stated places rank; the others only name. */
export type Form =
  | "numbered"
  | "bulleted"
  | "headings"
  | "table"
  | "pros_cons"
  | "stated"
  | "comparison"
  | "prose"
  | "single"
  | "criteria"
  | "steps"
  | "about"
  | "unknown"
  | "declined";

/** Brands led by one list at most; further ones are told below it. */
const longestList = 8;

/** The named brands that the question names, and the rest. */
const askedFirst = ({ named, question }: Draw): { asked: NamedBrand[]; others: NamedBrand[] } => ({
  asked: named.filter(({ brand }) => question.asked.includes(brand)),
  others: named.filter(({ brand }) => !question.asked.includes(brand)),
});

/** Says what comes before a ranking and returns the brands it leads and those told below it. */
function open(teller: Teller, named: NamedBrand[]): { led: NamedBrand[]; below: NamedBrand[] } {
  const { book } = teller.speech;
  const leader = named[0];
  if (leader?.tone === "positive" && teller.chance.happens(0.25))
    teller.claim(teller.pick(book.leaderIntro)(teller.scene, leader.brand.name), leader.brand);
  else teller.say(teller.pick(book.listIntro)(teller.scene));
  if (teller.chance.happens(0.3)) teller.say(`\n\n### ${capital(teller.pick(book.listHeading)(teller.scene))}`);
  const last = named.at(-1);
  const spare = named.length > 3 && last?.tone === "neutral" && last.fact === null && teller.chance.happens(0.4);
  const led = named.slice(0, spare ? -1 : undefined).slice(0, longestList);
  teller.ranking = led.length > 1 ? led.map(({ brand }) => brand) : [];
  return { led, below: named.slice(led.length) };
}

function tellBelow(teller: Teller, below: NamedBrand[]): void {
  const plain = below.filter(({ tone, fact }) => tone === "neutral" && fact === null).map(({ brand }) => brand);
  if (plain.length > 0) {
    teller.say("\n\n");
    teller.claim(teller.names(plain, teller.speech.book.alsoNamed), plain[0]);
  }
  teller.passages(
    below.filter(({ brand }) => !plain.includes(brand)),
    3,
  );
}

function list(teller: Teller, named: NamedBrand[], numbered: boolean): void {
  const { book } = teller.speech;
  const { led, below } = open(teller, named);
  const style = teller.chance.weighted({ dash: 4, colon: 3, product: 2, nested: 2, labels: 2 });
  const isNested = style === "nested" || style === "labels";
  teller.say("\n");
  led.forEach((one, place) => {
    const { name, product } = teller.voice(one.brand);
    teller.say(`\n${numbered ? `${place + 1}.` : "-"} **${name}${style === "colon" ? ":" : ""}**`);
    if (style === "product" && product !== name) teller.say(` (${product})`);
    const indent = numbered ? "\n   - " : "\n  - ";
    teller.say(isNested ? indent : style === "colon" ? " " : " – ");
    if (style === "labels") labels(teller, one, indent);
    else teller.claim(teller.line(one, book.fragment), one.brand);
    teller.rest(one, isNested ? indent : " ");
  });
  tellBelow(teller, below);
}

/** A bold label for the tone, and two traits that go with it. */
function labels(teller: Teller, { brand, tone }: NamedBrand, indent: string): void {
  const { book } = teller.speech;
  const traits = teller.voice(brand).traits[tone];
  teller.say(`**${book.label[tone]}:** `);
  teller.claim(capital(book.join(teller.twoOf(traits))), brand);
  if (tone === "neutral") return;
  teller.say(indent);
  teller.claim(teller.line({ brand, tone, fact: null }, book.fragment), brand);
}

function headings(teller: Teller, named: NamedBrand[]): void {
  const { led, below } = open(teller, named);
  const numbered = teller.chance.happens(0.7);
  led.forEach((one, place) => {
    teller.say(`\n\n## ${numbered ? `${place + 1}. ` : ""}${one.brand.name}\n\n`);
    teller.claim(teller.line(one, teller.speech.book.fragment), one.brand);
    teller.rest(one, " ");
  });
  tellBelow(teller, below);
}

function table(teller: Teller, named: NamedBrand[]): void {
  const { book } = teller.speech;
  const { led, below } = open(teller, named);
  const { brand, product, verdict } = book.tableHead;
  teller.say(`\n\n| ${brand} | ${product} | ${verdict} |\n| --- | --- | --- |`);
  for (const one of led) {
    const voice = teller.voice(one.brand);
    teller.say(`\n| **${voice.name}** | ${voice.product} | `);
    teller.claim(teller.line(one, book.cell), one.brand);
    teller.say(" |");
  }
  const told = led.filter(({ fact }, place) => fact !== null || place === 0);
  teller.passages(told, 2);
  tellBelow(teller, below);
}

function prosAndCons(teller: Teller, named: NamedBrand[]): void {
  const { book } = teller.speech;
  const { led, below } = open(teller, named);
  for (const one of led) {
    const { traits, name } = teller.voice(one.brand);
    teller.say(`\n\n### ${name}\n\n`);
    teller.claim(teller.line(one, book.fragment), one.brand);
    if (one.fact) teller.claim(` ${one.fact.statement[teller.speech.language]}.`, one.brand);
    bullets(teller, `**${book.pros}:**`, traits.positive, one.tone === "negative" ? 1 : 2);
    bullets(teller, `**${book.cons}:**`, traits.negative, one.tone === "negative" ? 2 : 1);
  }
  tellBelow(teller, below);
}

function bullets(teller: Teller, title: string, traits: string[], count: number): void {
  teller.say(`\n\n${title}\n`);
  for (const trait of teller.chance.shuffled(traits).slice(0, count)) teller.say(`\n- ${capital(trait)}`);
}

function stated(teller: Teller, named: NamedBrand[]): void {
  const { book } = teller.speech;
  teller.claim(teller.pick(book.proseIntro)(teller.scene));
  const led = named.slice(0, book.places.length);
  led.forEach((one, place) => {
    teller.say("\n\n");
    teller.say(`${teller.pick(book.places[place] ?? [])(one.brand.name)} `);
    teller.claim(teller.line(one, book.sentence), one.brand);
    teller.rest(one, " ");
  });
  teller.ranking = led.length > 1 ? led.map(({ brand }) => brand) : [];
  tellBelow(teller, named.slice(led.length));
}

function running(teller: Teller, draw: Draw, perParagraph: number): void {
  const { asked, others } = askedFirst(draw);
  teller.claim(teller.pick(teller.speech.book.proseIntro)(teller.scene));
  teller.passages([...asked, ...others], perParagraph);
}

function single(teller: Teller, named: NamedBrand[]): void {
  const { book, criteria } = teller.speech;
  teller.claim(teller.pick(book.proseIntro)(teller.scene));
  for (const one of named) {
    teller.say(`\n\n${teller.pick(book.single)(teller.scene, one.brand.name)} `);
    teller.passage(one);
  }
  teller.say(`\n\n${teller.pick(book.criteriaAfter)(teller.scene)}\n`);
  teller.points(criteria, 3, false);
}

/** General advice first; then, after a bridge, what is said of the brands. */
function adviceThenBrands(teller: Teller, draw: Draw): void {
  const { asked, others } = askedFirst(draw);
  teller.passages(asked, 3);
  if (others.length === 0) return;
  teller.say(`\n\n${teller.pick(teller.speech.book.brandsAfter)(teller.scene)}`);
  teller.passages(others, 3, " ");
}

function criteria(teller: Teller, draw: Draw): void {
  const { book, criteria: points } = teller.speech;
  if (draw.named.length === 0) teller.say(teller.pick(book.criteriaIntro)(teller.scene));
  else {
    teller.claim(teller.pick(book.proseIntro)(teller.scene));
    teller.say(`\n\n${teller.pick(book.criteriaAfter)(teller.scene)}`);
  }
  teller.say("\n");
  teller.points(points, 4, teller.chance.happens(0.5));
  adviceThenBrands(teller, draw);
}

function steps(teller: Teller, draw: Draw): void {
  const { book, steps: points } = teller.speech;
  teller.say(`${teller.pick(book.stepsIntro)(teller.scene)}\n`);
  teller.points(points, points.length, true);
  teller.say("\n\n");
  teller.claim(teller.pick(book.stepsAfter)(teller.scene));
  adviceThenBrands(teller, draw);
}

function about(teller: Teller, draw: Draw): void {
  const { book } = teller.speech;
  const { asked, others } = askedFirst(draw);
  for (const one of asked) {
    const { traits, name } = teller.voice(one.brand);
    teller.say(teller.pick(book.about)(teller.scene, name));
    teller.say("\n\n");
    teller.passage(one);
    if (!teller.chance.happens(0.5)) continue;
    bullets(teller, `**${book.pros}**`, traits.positive, one.tone === "negative" ? 1 : 3);
    bullets(teller, `**${book.cons}**`, traits.negative, one.tone === "positive" ? 1 : 2);
  }
  if (others.length === 0) return;
  teller.say(`\n\n${teller.pick(book.alternatives)(teller.scene)}`);
  teller.passages(others, 4, " ");
}

function unknown(teller: Teller, { named, denied }: Draw): void {
  const { book, criteria } = teller.speech;
  teller.say(`${teller.names(denied, book.denied)} ${teller.pick(book.deniedWhy)(teller.scene)}`);
  teller.say(`\n\n${teller.pick(book.criteriaAfter)(teller.scene)}\n`);
  teller.points(criteria, 3, false);
  if (named.length === 0) return;
  teller.say(`\n\n${teller.pick(book.alternatives)(teller.scene)}`);
  teller.passages(named, 4, " ");
}

/** What each form says before the closing; declined answers have no closing. */
export const forms: Record<Form, (teller: Teller, draw: Draw) => void> = {
  numbered: (teller, { named }) => list(teller, named, true),
  bulleted: (teller, { named }) => list(teller, named, false),
  headings: (teller, { named }) => headings(teller, named),
  table: (teller, { named }) => table(teller, named),
  pros_cons: (teller, { named }) => prosAndCons(teller, named),
  stated: (teller, { named }) => stated(teller, named),
  comparison: (teller, draw) => running(teller, draw, 1),
  prose: (teller, draw) => running(teller, draw, 3),
  single: (teller, { named }) => single(teller, named),
  criteria,
  steps,
  about,
  unknown,
  declined: (teller) => teller.say(teller.pick(teller.speech.book.declined)(teller.scene)),
};
