/** The only reader of the environment: what the operator decides, checked once. */
import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { z } from "zod";
import { InputError, messageOf } from "./errors.ts";

const usd = z.coerce.number("must be an amount in USD, such as 25").min(0, "must not be below 0");
const microUsd = (amount: number | undefined): number | null =>
  amount === undefined ? null : Math.round(amount * 1_000_000);

const aPort = "must be a port from 0 to 65535";

const environment = z.object({
  /** SQLite file, or postgres:// address. */
  DATABASE_URL: z.string().min(1).default("citera.db"),
  REDIS_URL: z.string().optional(),
  CITERA_HOST: z.string().min(1).default("127.0.0.1"),
  CITERA_PORT: z.coerce.number(aPort).int(aPort).min(0, aPort).max(65535, aPort).default(4747),
  /** Where a worker or ticker tells how it is; it does not where this is not set. */
  CITERA_HEALTH_PORT: z.coerce.number(aPort).int(aPort).min(0, aPort).max(65535, aPort).optional(),
  CITERA_LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("warn"),
  CITERA_LANGUAGE: z.enum(["en", "sv"]).optional(),
  /** Caps of all projects together, in USD. */
  CITERA_BUDGET_PER_DAY: usd.optional(),
  CITERA_BUDGET_PER_MONTH: usd.optional(),
  /** How long an assistant may take to answer, in seconds: search answers take minutes; what takes longer has gone wrong. */
  CITERA_REPLY_TIMEOUT: z.coerce.number("must be a number of seconds").min(1, "must be at least 1 s").default(300),
  /** Connections to Postgres that a process may hold; Postgres itself allows 100 of all processes unless told otherwise. */
  CITERA_CONNECTIONS: z.coerce
    .number("must be a number of connections")
    .int("must be a whole number")
    .min(2, "must be at least 2")
    .max(200, "must be at most 200")
    .default(10),
  /** Questions of one lane that a process has under way at most, so that others share it and its end costs less. */
  CITERA_AT_ONCE: z.coerce
    .number("must be a number of questions")
    .int("must be a whole number")
    .min(1, "must be at least 1")
    .optional(),
  /** Comma-separated hosts that may be called although they are private, and names under which the page may be asked. */
  CITERA_ALLOW_HOSTS: z.string().default(""),
  LANG: z.string().default(""),
  NO_COLOR: z.string().optional(),
});

export interface Config {
  databaseUrl: string;
  /** As it stands there, with its password; null where it is not set. */
  redisUrl: string | null;
  /** Connections to Postgres that this process may hold. */
  connections: number;
  /** Questions of one lane that this process has under way at most; Infinity for as many as the lane allows. */
  atOnce: number;
  host: string;
  port: number;
  /** For processes without a page; null where they serve nothing. */
  healthPort: number | null;
  logLevel: string;
  language: "en" | "sv";
  replyTimeoutMs: number;
  allowHosts: string[];
  /** Caps of all projects together. */
  workspaceBudget: { perDayMicroUsd: number | null; perMonthMicroUsd: number | null };
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
    connections: env.CITERA_CONNECTIONS,
    atOnce: env.CITERA_AT_ONCE ?? Infinity,
    host: env.CITERA_HOST,
    port: env.CITERA_PORT,
    healthPort: env.CITERA_HEALTH_PORT ?? null,
    logLevel: env.CITERA_LOG_LEVEL,
    language: env.CITERA_LANGUAGE ?? (env.LANG.startsWith("sv") ? "sv" : "en"),
    replyTimeoutMs: env.CITERA_REPLY_TIMEOUT * 1_000,
    allowHosts: env.CITERA_ALLOW_HOSTS.split(",")
      .map((host) => host.trim())
      .filter(Boolean),
    workspaceBudget: {
      perDayMicroUsd: microUsd(env.CITERA_BUDGET_PER_DAY),
      perMonthMicroUsd: microUsd(env.CITERA_BUDGET_PER_MONTH),
    },
    colour: env.NO_COLOR === undefined,
    secret: (name) => present[name],
    secrets: () => [
      ...Object.entries(present).flatMap(([name, value]) =>
        value && /KEY|SECRET|TOKEN|PASSWORD|LOGIN/i.test(name) ? [value] : [],
      ),
      ...[env.DATABASE_URL, env.REDIS_URL ?? ""].flatMap(passwordsIn),
    ],
  };
}

/** The password in a database's address, as it stands there and as it is meant. */
function passwordsIn(address: string): string[] {
  const written = /^[a-z]+:\/\/[^/@]*?:([^/]+)@/i.exec(address)?.[1];
  if (written === undefined) return [];
  try {
    return [...new Set([written, decodeURIComponent(written)])];
  } catch {
    return [written];
  }
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
