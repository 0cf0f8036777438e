/** What all commands share: options, output, exit codes, and how errors are told. */
import { Option, type Command } from "commander";
import { readConfig, type Config } from "../config.ts";
import type { UiLanguage } from "../domain.ts";
import { InputError, messageOf, StoreError } from "../errors.ts";

export const exitCodes = {
  done: 0,
  /** A fault of the program. */
  fault: 1,
  /** The input, or the way the program was called. */
  input: 2,
  /** The run ended, but some questions have no answer. */
  incomplete: 3,
  /** The database cannot be used. */
  store: 4,
  /** Stopped by Ctrl-C; the run can be resumed. */
  stopped: 130,
} as const;

export interface CommonOptions {
  db?: string;
  lang?: UiLanguage;
  color?: boolean;
}

/** Options of every command that opens the database or prints words. */
export const withCommonOptions = (command: Command): Command =>
  command
    .option("--db <url>", "SQLite file or postgres:// address (default: DATABASE_URL, else citera.db)")
    .addOption(
      new Option("--lang <language>", "language of the output (default: CITERA_LANGUAGE, else LANG)").choices([
        "en",
        "sv",
      ]),
    );

/** The environment with what the command line says instead. Throws InputError. */
export function configFor(options: CommonOptions): Config {
  const config = readConfig();
  return {
    ...config,
    databaseUrl: options.db ?? config.databaseUrl,
    language: options.lang ?? config.language,
    colour: config.colour && process.stdout.isTTY === true,
  };
}

export const print = (text: string): void => void process.stdout.write(`${text}\n`);
export const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Colours for a terminal; the same text without one. */
export const styles = (on: boolean) => {
  const wrap = (open: number, close: number) => (text: string) =>
    on ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    bold: wrap(1, 22),
    dim: wrap(2, 22),
    green: wrap(32, 39),
    red: wrap(31, 39),
    cyan: wrap(36, 39),
    underline: wrap(4, 24),
  };
};
export type Styles = ReturnType<typeof styles>;

/** Text from outside without characters that could steer the terminal. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
export const harmless = (text: string): string => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "\ufffd");

/** Says what went wrong and gives the exit code for it. */
export function tell(error: unknown): number {
  if (error instanceof InputError) {
    for (const problem of error.problems) say(harmless(problem));
    return exitCodes.input;
  }
  say(harmless(messageOf(error)));
  if (error instanceof StoreError) return exitCodes.store;
  if (error instanceof Error && error.stack) say(harmless(error.stack));
  return exitCodes.fault;
}
