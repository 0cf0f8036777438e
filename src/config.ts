/** The only reader of the environment: what the operator decides, checked once. */
import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { z } from "zod";
import { InputError, messageOf } from "./errors.ts";

const aPort = "must be a port from 0 to 65535";

const environment = z.object({
  /** SQLite file, or postgres:// address. */
  DATABASE_URL: z.string().min(1).default("citera.db"),
  REDIS_URL: z.string().optional(),
  CITERA_HOST: z.string().min(1).default("127.0.0.1"),
  CITERA_PORT: z.coerce.number(aPort).int(aPort).min(0, aPort).max(65535, aPort).default(4747),
  CITERA_LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("warn"),
  CITERA_LANGUAGE: z.enum(["en", "sv"]).optional(),
  /** Comma-separated hosts that may be called although they are private, and names under which the page may be asked. */
  CITERA_ALLOW_HOSTS: z.string().default(""),
  LANG: z.string().default(""),
  NO_COLOR: z.string().optional(),
});

export interface Config {
  databaseUrl: string;
  /** As it stands there, with its password; null where it is not set. */
  redisUrl: string | null;
  host: string;
  port: number;
  logLevel: string;
  language: "en" | "sv";
  allowHosts: string[];
  colour: boolean;
  /** Value of a variable named in the project file as ${NAME}; undefined when it is not set. */
  secret: (name: string) => string | undefined;
  /** All values that look like secrets by their variable's name, for redaction. */
  secrets: () => string[];
}

/** Reads the process environment, completed by the file `.env` of the working directory. Throws InputError. */
export function readConfig(variables: NodeJS.Dict<string> = { ...dotEnv(), ...process.env }): Config {
  const present = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const checked = environment.safeParse(present);
  if (!checked.success)
    throw new InputError(
      checked.error.issues.map((issue) => `environment variable ${issue.path.join(".")}: ${issue.message}`),
    );
  const env = checked.data;
  return {
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL ?? null,
    host: env.CITERA_HOST,
    port: env.CITERA_PORT,
    logLevel: env.CITERA_LOG_LEVEL,
    language: env.CITERA_LANGUAGE ?? (env.LANG.startsWith("sv") ? "sv" : "en"),
    allowHosts: env.CITERA_ALLOW_HOSTS.split(",")
      .map((host) => host.trim())
      .filter(Boolean),
    colour: env.NO_COLOR === undefined,
    secret: (name) => present[name],
    secrets: () =>
      Object.entries(present).flatMap(([name, value]) =>
        value && /KEY|SECRET|TOKEN|PASSWORD|LOGIN/i.test(name) ? [value] : [],
      ),
  };
}

/** The program's version, from its package. */
export const version = (): string =>
  (JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string }).version;

function dotEnv(): NodeJS.Dict<string> {
  if (!existsSync(".env")) return {};
  try {
    return parseEnv(readFileSync(".env", "utf8"));
  } catch (error) {
    throw new InputError(`.env: the file cannot be read (${messageOf(error)})`);
  }
}
