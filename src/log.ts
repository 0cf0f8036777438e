/** The structured log: one JSON line per event on standard error, with every secret taken out. */
import pino, { type Logger } from "pino";

export type Log = Logger;

/** Shapes of keys that must never be printed, also when we never knew them. */
const keyShapes =
  /\b(?:sk|pk|xai|gsk|pplx|AIza|rk|whsec)[-_][A-Za-z0-9_-]{8,}|\bAIza[A-Za-z0-9_-]{20,}|\bBearer\s+[A-Za-z0-9._~+/-]{8,}=*|(?<=:\/\/[^\s:/@"]{0,200}:)[^\s/@"]{1,200}(?=@)/g;

/** Headers and fields whose value is a secret whatever it looks like. */
const secretNames =
  "(?:proxy-)?authorization|(?:x-)?api[-_]?key|(?:x-)?auth[-_]?token|access[-_]?token|password|secret|(?:set-)?cookie";
const secretFields = new RegExp(`("(?:${secretNames})"\\s*:\\s*")(?:[^"\\\\]|\\\\.)+`, "gi");
/** The same where JSON stands in a text of JSON. */
const innerSecretFields = new RegExp(`(\\\\"(?:${secretNames})\\\\+"\\s*:\\s*\\\\+")[^"\\\\]+`, "gi");

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/**
 * A function that replaces known secrets, and whatever looks like a key, by `[redacted]`.
 * Secrets shorter than 6 characters are left alone: replacing them would tear ordinary words apart.
 */
export function redactor(secrets: Iterable<string>): (text: string) => string {
  const known = [...new Set([...secrets].map((secret) => secret.trim()))]
    .filter((secret) => secret.length >= 6)
    .sort((a, b) => b.length - a.length);
  const forms = known.flatMap((secret) => [
    secret,
    inJson(secret),
    inJson(inJson(secret)), // a body quoted in an error's message
    encodeURIComponent(secret),
  ]);
  return (text) =>
    forms
      .reduce((line, form) => line.replaceAll(form, "[redacted]"), text)
      .replace(keyShapes, "[redacted]")
      .replace(secretFields, "$1[redacted]")
      .replace(innerSecretFields, "$1[redacted]");
}

/** A log at `level` that writes redacted lines to `destination` (standard error unless told). */
export function createLog(
  level: string,
  redact: (text: string) => string,
  destination: { write(line: string): void } = pino.destination({ dest: 2, sync: true }),
): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line) => destination.write(redact(line)) },
  );
}
