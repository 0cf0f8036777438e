/** The README's table of assistants, written from what their adapters say of themselves. */
import { z } from "zod";
import type { AssistantAdapter } from "../../src/assistants/assistant.ts";

/** One row per adapter, in the form that prettier leaves as it is. */
export const assistantsTable = (adapters: AssistantAdapter[]): string => aligned([heading, ...adapters.map(rowOf)]);

const heading = ["adapter", "asks", "surface", "searches", "place", "spans", "cost", "verified", "key"];

const places = { country: "country", city: "city", timezone: "time zone" };
const spans: Record<string, string> = { span: "yes", marker: "by markers", block: "whole passage", none: "none" };
const costs: Record<string, string> = { reply: "in the reply", table: "price table", unknown: "unknown" };
const proofs = { live: "live", recordings: "recordings", partly: "recordings in part", unverified: "not yet" };

const rowOf = (adapter: AssistantAdapter): string[] => [
  `\`${adapter.id}\``,
  adapter.title.en,
  "surface" in adapter.settings.shape ? "as stated" : adapter.surface.toUpperCase(),
  adapter.collected ? "as stated" : adapter.alwaysSearches ? "always" : adapter.search ? "yes" : "never",
  adapter.location.map((part) => places[part]).join(", ") || "none",
  byVendor(adapter.citations, spans),
  byVendor(adapter.cost, costs),
  adapter.collected ? "never asked" : proofs[adapter.verified],
  keysOf(adapter),
];

const byVendor = (fact: string | Record<string, string>, words: Record<string, string>): string =>
  typeof fact === "string"
    ? words[fact]!
    : Object.entries(fact)
        .map(([vendor, own]) => `\`${vendor}\`: ${words[own]}`)
        .join("; ");

/** Variables of the keys that must be set, by the vendor where that depends on it. */
function keysOf({ secrets, settings, needs }: AssistantAdapter): string {
  const variables = (names: string[]) => names.map((name) => `\`${secrets[name]}\``).join(" and ");
  const through: unknown = settings.shape["through"];
  if (through instanceof z.ZodEnum)
    return through.options.map((vendor) => variables(needs({ through: vendor }))).join(", or ");
  if (Object.keys(secrets).length === 0) return "none";
  return variables(needs({})) || `${variables(Object.keys(secrets))} if it asks for one`;
}

/** The rows as a table of Markdown. */
function aligned(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  const [head, ...body] = rows.map(line);
  return [head, line(widths.map((width) => "-".repeat(width))), ...body].join("\n");
}
