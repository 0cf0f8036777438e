/** Reads a text file that people wrote, or says in one sentence why it cannot be used. */
import { isUtf8 } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import { InputError, messageOf } from "../errors.ts";

/** Words of a team, not data: a larger file is a mistake, and would take long to read. */
const mostBytes = 5_000_000;

/** The file's text without a byte order mark. Throws InputError; `name` is how people know the file. */
export function readWordsFile(file: string, name: string): string {
  const bytes = readBytes(file, name);
  const text = bytes.toString("utf8").replace(/^\ufeff/, "");
  if (isUtf8(bytes)) return text;
  const line = text.slice(0, text.indexOf("\ufffd")).split("\n").length;
  throw new InputError(
    `${name}:${line}: the file is not UTF-8, so letters such as å or é cannot be read; save it as UTF-8 (Excel: "CSV UTF-8")`,
  );
}

function readBytes(file: string, name: string): Buffer {
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) throw new InputError(`${name}: this is a folder; name a file in it`);
    if (stat.size > mostBytes) throw new InputError(`${name}: the file is larger than ${mostBytes / 1e6} MB; split it`);
    return readFileSync(file);
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${name}: the file cannot be read (${messageOf(error)})`);
  }
}
