/** What one line of Markdown begins with: a heading's marks, a fence, a rule, a list's marker, cells. */

export interface Marker {
  /** The bullet, or `1.` and `1)` for numbers. */
  sign: string;
  number: number | null;
  width: number;
  textStart: number;
}

const bullets = "-*+•◦▪‣●○–";

export const isSpace = (unit: number): boolean => unit === 0x20 || unit === 0x09;
const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

/** 1 to 6 for a heading, else 0. */
export function headingLevel(text: string, at: number, end: number): number {
  let run = at;
  while (run < end && text.charCodeAt(run) === 0x23) run++;
  const level = run - at;
  return level >= 1 && level <= 6 && (run === end || isSpace(text.charCodeAt(run))) ? level : 0;
}

/** Length of the fence that opens or closes code; 0 when it is inline code. */
export function fenceLength(text: string, at: number, end: number): number {
  const sign = text[at];
  let run = at;
  while (run < end && text[run] === sign) run++;
  return sign === "`" && text.slice(run, end).includes("`") ? 0 : run - at;
}

/** A line drawn with three or more dashes, stars or underscores. */
export function isRule(text: string, at: number, end: number): boolean {
  const sign = text[at]!;
  if (!"-*_".includes(sign)) return false;
  let signs = 0;
  for (let i = at; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit === sign.charCodeAt(0)) signs++;
    else if (!isSpace(unit)) return false;
  }
  return signs >= 3;
}

/** The list marker at a place: its sign, its number if it has one, and where the item's text begins. */
export function markerAt(text: string, at: number, end: number): Marker | null {
  let run = at;
  while (run < end && run - at < 9 && isDigit(text.charCodeAt(run))) run++;
  const digits = run - at;
  if (digits > 0 && !".)".includes(text[run] ?? " ")) return null;
  if (digits === 0 && !bullets.includes(text[at]!)) return null;
  const sign = text[run]!;
  const markerEnd = run + 1;
  if (markerEnd < end && !isSpace(text.charCodeAt(markerEnd))) return null;
  let textStart = markerEnd;
  while (textStart < end && isSpace(text.charCodeAt(textStart))) textStart++;
  const number = digits > 0 ? Number(text.slice(at, run)) : null;
  return { sign: number === null ? sign : `1${sign}`, number, width: markerEnd - at, textStart };
}

/** Where an item's words begin behind the box of a task, as in `- [x] words`; `at` itself where there is none. */
export function afterBox(text: string, at: number, end: number): number {
  if (text[at] !== "[" || text[at + 2] !== "]" || !" xX".includes(text[at + 1]!) || at + 3 >= end) return at;
  return isSpace(text.charCodeAt(at + 3)) ? at + 4 : at;
}

/** The cells of a table's line, without the spaces around them; `\|` does not end a cell. */
export function cellsOf(text: string, from: number, to: number): { start: number; end: number }[] {
  const cells: { start: number; end: number }[] = [];
  let at = from;
  if (text[at] === "|") at++;
  let start = at;
  const close = (end: number) => {
    let [first, last] = [start, end];
    while (first < last && isSpace(text.charCodeAt(first))) first++;
    while (last > first && isSpace(text.charCodeAt(last - 1))) last--;
    cells.push({ start: first, end: last });
  };
  for (; at < to; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "|") {
      close(at);
      start = at + 1;
    }
  }
  if (text.slice(start, to).trim()) close(to);
  return cells;
}
