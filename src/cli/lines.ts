/** Reads JSON Lines as they come, one object at a time; lines end with a line feed and nothing else. */

import { InputError } from "../errors.ts";

/** A line longer than this is no answer but a mistake. */
const longestLine = 64_000_000;

/** Lines with their numbers; one longer than `longest` is refused, as soon as that is seen. */
export async function* readLines(
  stream: NodeJS.ReadableStream | AsyncIterable<string>,
  longest = longestLine,
): AsyncGenerator<{ number: number; line: string }, void> {
  if ("setEncoding" in stream) stream.setEncoding("utf8");
  let rest = ""; // only added to until its line ends: looking into it would copy it with each chunk
  let number = 0;
  const lineOf = (text: string) => {
    if (text.length > longest) throw new InputError(`line ${number + 1} is longer than ${longest / 1e6} MB`);
    return { number: ++number, line: number === 1 ? text.replace(/^\ufeff/, "") : text }; // some shells put a mark first
  };
  for await (const chunk of stream as AsyncIterable<string>) {
    const [first, ...more] = chunk.split("\n") as [string, ...string[]];
    rest += first;
    for (const part of more) {
      yield lineOf(rest);
      rest = part;
    }
    if (rest.length > longest) lineOf(rest);
  }
  if (rest.trim()) yield lineOf(rest);
}

/** Writes a line and waits while the reader is slower than we are. */
export function writeLine(line: string): Promise<void> {
  return new Promise((resolve) => {
    if (process.stdout.write(`${line}\n`)) resolve();
    else process.stdout.once("drain", resolve);
  });
}
