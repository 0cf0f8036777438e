/** Reads the rows of an import file one by one, JSON Lines or CSV, however long the file is. */
import { CsvError, parse as parseCsv } from "csv-parse";
import { jsonShape } from "./import-fields.ts";
import { InputError, messageOf } from "../errors.ts";
import type { Wording } from "../words/index.ts";
import { readLines } from "./lines.ts";

/** A row with the line it begins on; `problem` where it cannot be read at all. */
export type Row =
  | { line: number; fields: Record<string, unknown>; body: string; problem?: undefined }
  | { line: number; problem: string };

/** A row longer than this is no answer but a line or a quote that never ends. */
const longestRow = 4_000_000;

/** Nothing can be read from this line on. */
class Unreadable extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

type Told = Wording["importFile"];

/** JSON Lines where the first character is a brace, else CSV with a heading. What stands before a fault is read. */
export async function* readRows(stream: AsyncIterable<Buffer>, told: Told): AsyncGenerator<Row, void> {
  const text = decoded(stream, told);
  let head = "";
  try {
    while (head.length < longestRow && !/\S[^]*\n/.test(head)) {
      const { value, done } = await text.next();
      if (done) break;
      head += value;
    }
    const whole = joined(head, text);
    const first = head.trimStart()[0];
    if (first === undefined) return;
    if (first === "[")
      yield { line: 1, problem: "this is one JSON list; write one object a line (`jq -c '.[]' file.json`)" };
    else yield* first === "{" ? jsonRows(whole, told) : csvRows(whole, delimiterOf(head.trimStart()), told);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    yield { line: error.line, problem: `${error.message}; ${told.unread}` };
  }
}

const utf16Mark = /^(?:\xff\xfe|\xfe\xff)/;
/** Without the mark it reads as UTF-8 with every other letter missing. */
const utf16Letters = /^(?:[^\0]\0){2}|^(?:\0[^\0]){2}/;

async function* decoded(stream: AsyncIterable<Buffer>, told: Told): AsyncGenerator<string, void> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  for await (const chunk of stream) {
    if (line === 1 && utf16Mark.test(chunk.toString("latin1", 0, 2))) throw new Unreadable(1, told.utf16);
    let text: string;
    try {
      text = decoder.decode(chunk, { stream: true });
    } catch {
      const good = goodLines(chunk);
      if (good) yield good;
      throw new Unreadable(line + breaksIn(good), told.notUtf8);
    }
    if (line === 1 && utf16Letters.test(text)) throw new Unreadable(1, told.utf16);
    if (text) yield text;
    line += breaksIn(text);
  }
  try {
    decoder.decode();
  } catch {
    throw new Unreadable(line, told.notUtf8);
  }
}

const breaksIn = (text: string): number => text.split("\n").length - 1;

/** The whole lines before the first one that is not UTF-8; the chunk may begin within a character. */
function goodLines(chunk: Buffer): string {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let good = "";
  for (let from = 0; ;) {
    const end = chunk.indexOf(10, from) + 1;
    if (end === 0) return good;
    const begins = from === 0 ? /^[\x80-\xbf]{0,3}/.exec(chunk.toString("latin1", 0, 3))![0].length : from;
    try {
      good += decoder.decode(chunk.subarray(begins, end));
    } catch {
      return good;
    }
    from = end;
  }
}

async function* joined(head: string, rest: AsyncIterable<string>): AsyncGenerator<string, void> {
  if (head) yield head;
  yield* rest;
}

async function* jsonRows(stream: AsyncIterable<string>, told: Told): AsyncGenerator<Row, void> {
  let next = 1;
  try {
    for await (const { number: line, line: text } of readLines(stream, longestRow)) {
      next = line + 1;
      if (text.trim()) yield jsonRow(line, text);
    }
  } catch (error) {
    throw error instanceof InputError ? new Unreadable(next, told.longRow(longestRow / 1e6)) : error;
  }
}

function jsonRow(line: number, text: string): Row {
  try {
    const fields: unknown = JSON.parse(text);
    if (typeof fields === "object" && fields !== null && !Array.isArray(fields))
      return { line, fields: fields as Record<string, unknown>, body: text.trim() };
    return { line, problem: "must be a JSON object, such as {...} with `prompt`, `askedAt` and `text`" };
  } catch (error) {
    return { line, problem: `is no JSON (${messageOf(error).slice(0, 200)}); write one whole object a line` };
  }
}

interface CsvRecord {
  cells: string[];
  line: number;
}

async function* csvRows(stream: AsyncIterable<string>, delimiter: string, told: Told): AsyncGenerator<Row, void> {
  let columns: string[] | undefined;
  for await (const { cells, line } of csvRecords(stream, delimiter, told)) {
    if (!columns) {
      columns = cells.map((column) => column.trim());
      const missing = ["prompt", "askedAt", "text"].filter((column) => !columns!.includes(column));
      if (missing.length === 0) continue;
      yield { line, problem: `the heading lacks ${missing.join(", ")}; the first line names the columns` };
      return;
    }
    if (cells.length !== columns.length)
      yield {
        line,
        problem: `has ${cells.length} cells where the heading has ${columns.length}; a text that holds ${JSON.stringify(delimiter)} or a quote needs quotes around it`,
      };
    else yield rowOf(line, columns, cells);
  }
}

/** Records with the line they begin on; those before a fault come before it is thrown. */
async function* csvRecords(
  stream: AsyncIterable<string>,
  delimiter: string,
  told: Told,
): AsyncGenerator<CsvRecord, void> {
  let ready: CsvRecord[] = [];
  let next = 1;
  /** A break of two characters within quotes counts as two lines there. */
  let countedTwice = 0;
  const parser = parseCsv({
    delimiter,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRow,
    // kept here and not in the stream, which drops what waits in it when a fault comes
    on_record: (cells: string[], { lines }) => {
      const count = (piece: string) => cells.reduce((sum, cell) => sum + cell.split(piece).length - 1, 0);
      countedTwice += count("\r\n");
      const last = lines - countedTwice;
      ready.push({ cells, line: last - count("\n") });
      next = last + 1;
      return null;
    },
  });
  let fault: Error | null | undefined;
  parser.on("error", (error) => (fault = error)).resume();
  const write = (text: string) => new Promise<void>((resolve) => void parser.write(text, () => resolve()));
  let ended = false;
  try {
    for await (const chunk of stream) {
      await write(chunk);
      ended = chunk.endsWith("\n");
      yield* ready;
      ready = [];
      if (fault) throw faultOf(fault, next, told);
    }
  } catch (error) {
    if (ended && !fault) await write("\n".repeat(16)); // the parser holds a row back until it has seen what follows
    yield* ready;
    throw error;
  }
  await new Promise<void>((resolve) => void parser.once("close", resolve).end());
  yield* ready;
  if (fault) throw faultOf(fault, next, told);
}

/** csv-parse says where a record ends that is too long or never ends, people need to know where it begins. */
function faultOf(fault: Error, next: number, told: Told): Error {
  if (!(fault instanceof CsvError)) return fault;
  if (fault.code === "CSV_MAX_RECORD_SIZE") return new Unreadable(next, told.longRow(longestRow / 1e6));
  if (fault.code === "CSV_QUOTE_NOT_CLOSED") return new Unreadable(next, told.openQuote);
  return new Unreadable(next, fault.message);
}

function rowOf(line: number, columns: string[], record: string[]): Row {
  try {
    const fields = Object.fromEntries(
      columns.flatMap((column, i) => (column === "" ? [] : [[column, jsonShape(column, record[i]!)]])),
    );
    return { line, fields, body: JSON.stringify(fields) };
  } catch (error) {
    return { line, problem: messageOf(error) };
  }
}

/** What separates the heading's names: spreadsheets write `,` or `;` by country, and tabs. */
function delimiterOf(text: string): string {
  const heading = /^.*/.exec(text)![0];
  const pieces = (separator: string) => heading.split(separator).length;
  return [",", ";", "\t"].reduce((best, separator) => (pieces(separator) > pieces(best) ? separator : best));
}
