/** Reads JSON of which nothing is sure: the wanted type, or its empty value. */

export type Json = Record<string, unknown>;

export const record = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {}; // checked right here
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
export const records = (value: unknown): Json[] => list(value).map(record);
export const text = (value: unknown): string => (typeof value === "string" ? value : "");
export const optionalText = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? value : null;
/** A count, a price or a place: none is below zero. */
export const number = (value: unknown): number =>
  typeof value === "number" && Number.isFinite(value) && value > 0 ? value : 0;

/** A body as JSON, else as the text it is: the caller decides what a body that is no JSON means. */
export function jsonOr(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** Different, non-empty texts in their first order. */
export const distinct = (values: unknown[]): string[] => [...new Set(values.map(text).filter(Boolean))];

/** A key to spread into an object only where there is something to say. */
export const titled = (title: unknown): { title?: string } => (optionalText(title) ? { title: text(title) } : {});

/**
 * The same value with texts that both databases can keep: no lone surrogates, no NUL. Replacements are as long as what
 * they replace, so that offsets stay right.
 */
export function storable(value: unknown): unknown {
  if (typeof value === "string") return storableText(value);
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storableText(key), storable(inner)]));
  return value;
}

const storableText = (value: string): string => value.toWellFormed().replaceAll("\0", "\ufffd");
