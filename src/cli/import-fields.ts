/** What a row of an import file may say, and how a CSV cell says it. */
import { z } from "zod";

const nonEmpty = z.string().trim().min(1, "must not be empty");
const name = nonEmpty.refine((id) => id.isWellFormed(), "holds half a character; write it anew");
const offset = z.int().min(0).nullish();
const page = z.union([nonEmpty, z.object({ url: nonEmpty, title: z.string().nullish(), start: offset, end: offset })], {
  error: 'must be an address, or {"url", "title"?, "start"?, "end"?} with offsets in UTF-16 units',
});
const outcomes = ["answered", "no_search", "empty", "no_surface", "refused", "blocked"] as const;

export const rowSchema = z.object({
  id: z.union([name, z.number()], { error: "must be a text or a number" }).nullish(),
  prompt: nonEmpty,
  assistant: nonEmpty.nullish(),
  askedAt: z.iso.datetime({
    offset: true,
    error: "must be a time with its zone, such as 2026-01-31T14:05:00+01:00 or ...Z",
  }),
  text: z.string({ error: "must be the answer as text; empty where nothing was shown" }),
  outcome: z.enum(outcomes, `must be one of ${outcomes.join(", ")}`).nullish(),
  language: nonEmpty.nullish(),
  country: nonEmpty.nullish(),
  model: z.string().nullish(),
  citations: z.array(page).nullish(),
  sources: z.array(page).nullish(),
  searches: z.array(z.string()).nullish(),
  provenance: z
    .union([z.string(), z.record(z.string(), z.unknown())], {
      error: 'must be a text, or an object such as {"tool", "version", "person", "url"}',
    })
    .nullish(),
});

export type RowInput = z.infer<typeof rowSchema>;

/** A CSV cell as JSON Lines would say it: lists of pages and searches, objects, and nothing for an empty cell. */
export function jsonShape(column: string, cell: string): unknown {
  if (column === "text") return cell;
  const text = cell.trim();
  if (text === "") return null;
  if (column === "citations" || column === "sources")
    return text.startsWith("[") ? json(column, text) : text.split(/\s+/);
  if (column === "searches") return text.startsWith("[") ? json(column, text) : text.split(/\s*[|\n]\s*/);
  if (column === "provenance" && text.startsWith("{")) return json(column, text);
  return text;
}

function json(column: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${column}: begins like JSON and is none; write a list, or addresses with spaces between`);
  }
}
