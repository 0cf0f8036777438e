/** Whether a call that stands in a text is one that commands would take. */
import type { Command } from "commander";

/** What of a call, as a list of words, the commands would not take: its own name, or options that it does not know. */
export function refused(commands: Command[], [name = "", ...words]: string[]): string[] {
  const command = commands.find((one) => one.name() === name);
  if (!command) return [name];
  const known = [command, ...command.commands].flatMap(({ options }) => options.map(({ long }) => long));
  return words.filter((word) => word.startsWith("--") && word !== "--help" && !known.includes(word));
}
