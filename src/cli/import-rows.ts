/** Reads the rows of an import file one by one, JSON Lines or CSV, however long the file is. */
import { pipeline, Readable } from "node:stream";
import { CsvError, parse as parseCsv } from "csv-parse";
import { jsonShape } from "./import-fields.ts";
import { messageOf } from "../errors.ts";
import { readLines } from "./lines.ts";

/** A row with the line it begins on; `problem` where it cannot be read at all. */
export type Row =
  | { line: number; fields: Record<string, unknown>; body: string; problem?: undefined }
  | { line: number; problem: string };

/** A row longer than this is no answer but a quote that was never closed. */
const longestRow = 16_000_000;

const notUtf8 =
  'the file is not UTF-8, so letters such as å or é cannot be read; save it as UTF-8 (Excel: "CSV UTF-8"). What follows was not read';

/** JSON Lines where the first character is a brace, else CSV with a heading. */
export async function* readRows(stream: AsyncIterable<Buffer>): AsyncGenerator<Row, void> {
  const state = { line: 1 };
  const text = decoded(stream, state);
  let head = "";
  try {
    while (head.length < longestRow && !/\S[^]*\n/.test(head)) {
      const { value, done } = await text.next();
      if (done) break;
      head += value;
    }
    const whole = Readable.from(joined(head, text), { objectMode: true });
    const first = head.trimStart()[0];
    if (first === undefined) return;
    if (first === "[")
      yield { line: 1, problem: "this is one JSON list; write one object a line (`jq -c '.[]' file.json`)" };
    else yield* first === "{" ? jsonRows(whole) : csvRows(whole, delimiterOf(head.trimStart()));
  } catch (error) {
    const line = error instanceof CsvError && typeof error["lines"] === "number" ? error["lines"] : state.line;
    yield { line, problem: error instanceof TypeError ? notUtf8 : `${messageOf(error)}; what follows was not read` };
  }
}

async function* decoded(stream: AsyncIterable<Buffer>, state: { line: number }): AsyncGenerator<string, void> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const chunk of stream) {
    const text = decoder.decode(chunk, { stream: true }); // a TypeError says that it is not UTF-8
    if (text) yield text;
    state.line += text.split("\n").length - 1;
  }
  decoder.decode();
}

async function* joined(head: string, rest: AsyncIterable<string>): AsyncGenerator<string, void> {
  if (head) yield head;
  yield* rest;
}

async function* jsonRows(stream: Readable): AsyncGenerator<Row, void> {
  for await (const { number: line, line: text } of readLines(stream)) {
    if (!text.trim()) continue;
    try {
      const fields: unknown = JSON.parse(text);
      if (typeof fields === "object" && fields !== null && !Array.isArray(fields))
        yield { line, fields: fields as Record<string, unknown>, body: text.trim() };
      else yield { line, problem: "must be a JSON object, such as {...} with `prompt`, `askedAt` and `text`" };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      yield { line, problem: `is no JSON (${error.message.slice(0, 200)}); write one whole object a line` };
    }
  }
}

async function* csvRows(stream: Readable, delimiter: string): AsyncGenerator<Row, void> {
  const options = {
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: longestRow,
  };
  const parser = parseCsv(options);
  pipeline(stream, parser, () => undefined); // the loop hears of it
  let columns: string[] | undefined;
  /** A break of two characters within quotes counts as two lines there. */
  let countedTwice = 0;
  // `info` wraps each record
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    const count = (piece: string) => record.reduce((sum, cell) => sum + cell.split(piece).length - 1, 0);
    countedTwice += count("\r\n");
    const line = info.lines - countedTwice - count("\n");
    if (!columns) {
      columns = record.map((column) => column.trim());
      const missing = ["prompt", "askedAt", "text"].filter((column) => !columns!.includes(column));
      if (missing.length === 0) continue;
      yield { line, problem: `the heading lacks ${missing.join(", ")}; the first line names the columns` };
      return;
    }
    if (record.length !== columns.length)
      yield {
        line,
        problem: `has ${record.length} cells where the heading has ${columns.length}; a text that holds ${JSON.stringify(delimiter)} or a quote needs quotes around it`,
      };
    else yield rowOf(line, columns, record);
  }
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
