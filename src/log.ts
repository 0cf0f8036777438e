/** The structured log: one JSON line per event on standard error, with every secret taken out. */
import pino, { type Logger } from "pino";

export type Log = Logger;

/** Shapes of keys that must never be printed, also when we never knew them. */
const keyShapes =
  /\b(?:sk|pk|xai|gsk|pplx|AIza|rk|whsec)[-_][A-Za-z0-9_-]{8,}|\bAIza[A-Za-z0-9_-]{20,}|\bBearer\s+[A-Za-z0-9._~+/-]{8,}=*|(?<=:\/\/[^\s:/@"]{0,200}:)[^\s/@"]{1,200}(?=@)/g;

/**
 * A function that replaces known secrets, and whatever looks like a key, by `[redacted]`.
 * Secrets shorter than 6 characters are left alone: replacing them would tear ordinary words apart.
 */
export function redactor(secrets: Iterable<string>): (text: string) => string {
  const known = [...new Set(secrets)].filter((secret) => secret.length >= 6).sort((a, b) => b.length - a.length);
  const forms = known.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  return (text) =>
    forms.reduce((line, form) => line.replaceAll(form, "[redacted]"), text).replace(keyShapes, "[redacted]");
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
