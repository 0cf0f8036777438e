/** A pasted text for a terminal: names marked and numbered, then what counts, what does not, and why. */
import type { Citation, Findings, Mention, UiLanguage } from "../domain.ts";
import type { Rejection, TrackedBrand } from "../parser/parse.ts";
import { words, type Wording } from "../words/index.ts";
import { harmless, type Styles } from "./command.ts";
import { table } from "./table.ts";

export interface Tried {
  findings: Findings;
  rejections: Rejection[];
}

/** Longer texts are shown around their names only. */
const wholeText = 6_000;
/** So much is shown before and after a name then. */
const around = 160;
/** So much of a long text in all. */
const mostText = 12_000;
/** So many lines of each list. */
const mostLines = 60;

interface Mark {
  start: number;
  end: number;
  number: number;
  kind: "counted" | "uncertain" | "rejected";
}

/** Rows that say the same are told once, with how often they come. */
interface Row {
  number: number;
  cells: string[];
  times: number;
}

/** The lines to print. Text from outside is made harmless. */
export function triedText(
  text: string,
  { findings, rejections }: Tried,
  brands: readonly TrackedBrand[],
  language: UiLanguage,
  styles: Styles,
): string[] {
  const { tried: said, reasons } = words[language];
  const reasonOf = (reason: string): string => reasons[reason as keyof typeof reasons] ?? reason;
  const nameOf = (key: string) => harmless(brands.find((brand) => brand.key === key)?.name ?? key);
  const counts = (mention: Mention) => mention.certainty !== "uncertain";
  const counted = rowsOf(findings.mentions.filter(counts), 1, (mention) => [
    oneLine(mention.text),
    nameOf(mention.brand),
    oneLine(mention.form),
    said.via[mention.via],
    said.certainty[mention.certainty],
    mention.reason === undefined ? writtenAs(mention, text, said) : reasonOf(mention.reason),
  ]);
  const places = [...findings.mentions.filter((mention) => !counts(mention)), ...rejections];
  places.sort((a, b) => a.start - b.start);
  const left = rowsOf(places, counted.rows.length + 1, (place) => [
    oneLine(place.text),
    nameOf(place.brand),
    oneLine(place.form),
    said.via[place.via],
    "certainty" in place ? whyUncertain(place, brands, reasonOf, said) : whyNot(place, said),
  ]);
  const marks = [
    ...findings.mentions.map((mention): Mark => ({
      ...{ start: mention.start, end: mention.end, kind: counts(mention) ? "counted" : "uncertain" },
      number: (counts(mention) ? counted : left).numbers.get(mention)!,
    })),
    ...rejections.map((one): Mark => ({ ...one, kind: "rejected", number: left.numbers.get(one)! })),
  ];
  return [
    ...shownText(text, marks, styles),
    "",
    ...section(
      said.counted,
      [said.found, said.brand, said.form, said.viaTitle, said.certaintyTitle, said.why],
      counted.rows,
      said,
      styles,
    ),
    "",
    ...section(
      said.notCounted,
      [said.found, said.brand, said.form, said.viaTitle, said.whyNot],
      left.rows,
      said,
      styles,
    ),
    ...rankingLines(findings, nameOf, said, styles),
    ...citationLines(findings.citations, nameOf, said, styles),
  ];
}

function rowsOf<T extends Mention | Rejection>(
  places: T[],
  first: number,
  cellsOf: (place: T) => string[],
): { rows: Row[]; numbers: Map<Mention | Rejection, number> } {
  const rows = new Map<string, Row>();
  const numbers = new Map<Mention | Rejection, number>();
  for (const place of places) {
    const cells = cellsOf(place);
    const key = JSON.stringify(cells);
    const row = rows.get(key) ?? { number: first + rows.size, cells, times: 0 };
    row.times++;
    rows.set(key, row);
    numbers.set(place, row.number);
  }
  return { rows: [...rows.values()], numbers };
}

function section(title: string, heads: string[], rows: Row[], said: Wording["tried"], styles: Styles): string[] {
  if (rows.length === 0) return [styles.bold(title), styles.dim(said.nothing)];
  const shown = rows.slice(0, mostLines).map(({ number, cells, times }) => {
    const last = `${cells.at(-1)}${times > 1 ? ` (${said.times(String(times))})` : ""}`;
    return [String(number), ...cells.slice(0, -1), last];
  });
  const rest = rows.length - shown.length;
  return [
    styles.bold(title),
    ...table([["", ...heads], ...shown], heads.length + 1, styles.dim),
    ...(rest > 0 ? [styles.dim(said.more(String(rest)))] : []),
  ];
}

/** The text with its marks; of a long one only what stands around them. Marks do not overlap unless one holds another. */
function shownText(text: string, marks: Mark[], styles: Styles): string[] {
  const order = [...marks].sort((a, b) => a.start - b.start || b.end - a.end);
  if (text.length <= wholeText) return markUp(text, order, { start: 0, end: text.length }, styles).split("\n");
  const pieces: { start: number; end: number }[] = [];
  let shown = 0;
  for (const { start, end } of order) {
    const last = pieces.at(-1);
    const piece = { start: wordStart(text, start - around), end: wordStart(text, end + around) };
    shown += Math.max(0, piece.end - Math.max(piece.start, last?.end ?? 0));
    if (shown > mostText) break;
    if (last && piece.start <= last.end) last.end = Math.max(last.end, piece.end);
    else pieces.push(piece);
  }
  if (pieces.length === 0) pieces.push({ start: 0, end: wordStart(text, 2 * around) });
  const gap = styles.dim("[…]");
  const lines = pieces.flatMap((piece) => [...markUp(text, order, piece, styles).trim().split("\n"), gap]);
  return pieces[0]!.start > 0 ? [gap, ...lines] : lines;
}

/** A place at or before `at` where nothing is cut in two. */
function wordStart(text: string, at: number): number {
  if (at <= 0 || at >= text.length) return Math.min(Math.max(at, 0), text.length);
  const space = text.lastIndexOf(" ", at);
  if (space > at - 40) return space;
  return text.charCodeAt(at) >> 10 === 0x37 ? at - 1 : at;
}

function markUp(text: string, marks: Mark[], piece: { start: number; end: number }, styles: Styles): string {
  let at = piece.start;
  let result = "";
  for (const mark of marks) {
    if (mark.start < at || mark.end > piece.end) continue;
    result +=
      harmless(text.slice(at, mark.start)) + shownMark(harmless(text.slice(mark.start, mark.end)), mark, styles);
    at = mark.end;
  }
  return result + harmless(text.slice(at, piece.end));
}

function shownMark(name: string, { kind, number }: Mark, styles: Styles): string {
  const small = Array.from(String(number), (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("");
  const painted =
    kind === "counted"
      ? styles.green(styles.bold(styles.underline(name)))
      : kind === "uncertain"
        ? styles.yellow(styles.underline(name))
        : styles.red(styles.strike(name));
  if (painted !== name) return painted + styles.dim(small);
  return kind === "counted" ? `⟦${name}⟧${small}` : `‹${name}›${small}`;
}

/** How a certain mention differs from the name in the list. */
function writtenAs({ text: name, form, start, end }: Mention, text: string, said: Wording["tried"]): string {
  const [ending] = /^[’'-]?[\p{L}\p{M}]{1,40}/u.exec(text.slice(end, end + 42)) ?? [""];
  if (ending !== "") return said.ending(oneLine(text.slice(start, end) + ending));
  return name === form ? said.same : said.otherSpelling;
}

function whyUncertain(
  { reason = "", brand }: Mention,
  brands: readonly TrackedBrand[],
  reasonOf: (reason: string) => string,
  said: Wording["tried"],
): string {
  const { require = [] } = brands.find(({ key }) => key === brand)?.matching ?? {};
  const why =
    require.length > 0 && reason !== "denied"
      ? said.alone(require.map((word) => oneLine(word)).join(", "))
      : reasonOf(reason);
  return `${said.uncertain}: ${why}`;
}

function whyNot({ reason, within, form }: Rejection, said: Wording["tried"]): string {
  const detail = oneLine(within ?? form);
  const why = said.rejected[reason];
  return typeof why === "string" ? why : why(detail);
}

function rankingLines(
  { ranking }: Findings,
  nameOf: (key: string) => string,
  said: Wording["tried"],
  { bold }: Styles,
): string[] {
  const places = Object.entries(ranking.positions).sort((a, b) => a[1] - b[1]);
  if (places.length === 0 || ranking.source === null) return [];
  const list = places.slice(0, mostLines).map(([key, place]) => `${place}. ${nameOf(key)}`);
  return ["", bold(said.ranking), `${list.join("  ")} (${said.sources[ranking.source]})`];
}

function citationLines(
  citations: Citation[],
  nameOf: (key: string) => string,
  said: Wording["tried"],
  { bold, dim }: Styles,
): string[] {
  if (citations.length === 0) return [];
  const whose = (owner: string) =>
    owner === "own" ? said.own : owner === "other" ? said.other : nameOf(owner.replace(/^competitor:/, ""));
  const rest = citations.length - mostLines;
  return [
    "",
    bold(said.citations),
    ...citations
      .slice(0, mostLines)
      .map(({ canonicalUrl, owner }) => `${oneLine(canonicalUrl, 120)} (${whose(owner)})`),
    ...(rest > 0 ? [dim(said.more(String(rest)))] : []),
  ];
}

/** Text from outside on one line of a table. */
function oneLine(text: string, most = 50): string {
  const line = harmless(text).replace(/\s+/g, " ");
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
