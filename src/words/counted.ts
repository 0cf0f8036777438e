/** A number with the words that go with it. */

/** `1 answer`, `1,234 answers`; the number may have been put into the language's form already. */
export const counted = (count: string | number, one: string, many: string): string =>
  `${count} ${String(count) === "1" ? one : many}`;
