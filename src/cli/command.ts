/** What all commands share: options, output, exit codes, and how errors are told. */
import { Option, type Command } from "commander";
import { readConfig, type Config } from "../config.ts";
import type { ProjectDefinition, UiLanguage } from "../domain.ts";
import { AssistantError, InputError, messageOf, storeErrorIn } from "../errors.ts";
import { redactor } from "../log.ts";

export const exitCodes = {
  done: 0,
  /** A fault of the program. */
  fault: 1,
  /** The input, or the way the program was called. */
  input: 2,
  /** It ended, but some questions have no answer. */
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

/** The option of every command that prints words. */
export const withLanguage = (command: Command): Command =>
  command.addOption(
    new Option("--lang <language>", "language of the output (default: CITERA_LANGUAGE, else LANG)").choices([
      "en",
      "sv",
    ]),
  );

/** Options of every command that opens the database. */
export const withCommonOptions = (command: Command): Command =>
  withLanguage(
    command.option("--db <url>", "SQLite file or postgres:// address (default: DATABASE_URL, else citera.db)"),
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

/** The project file's name where none is given. */
export const usualFile = "citera.yaml";

/**
 * Reads and checks a project file; what that takes is loaded only by commands that do it. Throws InputError.
 * `warn` is told of names that are risky but can be used.
 */
export async function readProject(
  file: string,
  language: UiLanguage,
  warn?: (line: string) => void,
): Promise<ProjectDefinition> {
  const { readProjectFile } = await import("../config/project-file.ts");
  const { assistants } = await import("../assistants/index.ts");
  const { nameLooker } = await import("./names.ts");
  return readProjectFile(file, assistants, {
    lookAtNames: await nameLooker(language),
    language,
    ...(warn && { warn }),
  });
}

export const print = (text: string): void => void process.stdout.write(`${text}\n`);
export const say = (text: string): void => void process.stderr.write(`${text}\n`);
/** A warning about the input, which may hold text from outside. */
export const warn = (line: string): void => say(harmless(line));

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
    strike: wrap(9, 29),
    yellow: wrap(33, 39),
  };
};
export type Styles = ReturnType<typeof styles>;

/** Text from outside without characters that could steer the terminal or turn the order of its letters. */
export const harmless = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");

/** An assistant gave no answer; neither the input nor the program is at fault. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/** Says what went wrong, without secrets, and gives the exit code for it. */
export function tell(error: unknown): number {
  const redact = redactor(knownSecrets());
  const sayRedacted = (text: string) => say(harmless(redact(text)));
  if (error instanceof InputError) {
    error.problems.forEach(sayRedacted);
    return exitCodes.input;
  }
  const lost = storeErrorIn(error);
  sayRedacted(messageOf(lost ?? error));
  if (lost) return exitCodes.store;
  if (error instanceof AssistantError || error instanceof NoAnswer) return exitCodes.incomplete;
  if (error instanceof Error && error.stack) sayRedacted(error.stack);
  return exitCodes.fault;
}

function knownSecrets(): string[] {
  try {
    return readConfig().secrets();
  } catch {
    return []; // the environment itself may be what is wrong
  }
}
