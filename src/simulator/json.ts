/** Reads JSON whose shape nobody has promised. */

export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isText = (value: unknown): value is string => typeof value === "string";

/** The objects of a list; nothing when it is not a list. */
export const objectsOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Text given plainly or as a list of parts with text, joined with nothing. */
export const textOf = (content: unknown): string =>
  isText(content)
    ? content
    : objectsOf(content)
        .map((part) => part["text"])
        .filter(isText)
        .join("");
