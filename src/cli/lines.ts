/** Reads JSON Lines as they come, one object at a time; lines end with a line feed and nothing else. */

import { InputError } from "../errors.ts";

/** A line longer than this is no answer but a mistake. */
const longestLine = 64_000_000;

/** Lines with their numbers; a text that never ends its line is refused. */
export async function* readLines(
  stream: NodeJS.ReadStream | NodeJS.ReadableStream,
): AsyncGenerator<{ number: number; line: string }, void> {
  stream.setEncoding("utf8");
  let rest = "";
  let number = 0;
  for await (const chunk of stream) {
    const text = `${rest}${chunk as string}`; // setEncoding makes chunks text
    const parts = (number === 0 ? text.replace(/^\ufeff/, "") : text).split("\n"); // some shells put a mark first
    rest = parts.pop()!;
    for (const line of parts) yield { number: ++number, line };
    if (rest.length > longestLine) throw new InputError(`line ${number + 1} is longer than ${longestLine / 1e6} MB`);
  }
  if (rest.trim()) yield { number: number + 1, line: rest };
}

/** Writes a line and waits while the reader is slower than we are. */
export function writeLine(line: string): Promise<void> {
  return new Promise((resolve) => {
    if (process.stdout.write(`${line}\n`)) resolve();
    else process.stdout.once("drain", resolve);
  });
}
