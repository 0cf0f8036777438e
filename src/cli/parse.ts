/** `citera parse`: answers in, findings out, as JSON Lines. */
import { readFileSync } from "node:fs";
import { Command } from "commander";
import { z } from "zod";
import { InputError, messageOf } from "../errors.ts";
import type { BrandSet, TrackedBrand } from "../parser/parse.ts";
import { exitCodes, harmless, say } from "./command.ts";
import { readLines, writeLine } from "./lines.ts";

const names = z.array(z.string()).default([]);
const matching = {
  caseSensitive: z.boolean().default(false),
  exclude: names,
  require: names,
  commonWord: z.enum(["auto", "yes", "no"]).default("auto"),
};
const brandInput = z
  .object({
    id: z.string().optional(),
    name: z.string().min(1),
    aliases: names,
    domains: names,
    products: names,
    own: z.boolean().default(false),
    ...matching,
  })
  .transform(({ id, name, aliases, domains, products, own, ...options }): TrackedBrand => ({
    key: id ?? name,
    name,
    role: own ? "own" : "competitor",
    aliases,
    domains,
    products,
    matching: options,
  }));

const offset = z.int().min(0).exactOptional();
const title = z.string().exactOptional();
const lineInput = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  text: z.string(),
  language: z.string().optional(),
  brands: z.array(brandInput).default([]),
  citations: z
    .array(
      z.object({
        url: z.string(),
        title,
        start: offset,
        end: offset,
        kind: z.enum(["inline", "block", "listed"]).default("inline"),
      }),
    )
    .default([]),
  sources: z.array(z.object({ url: z.string(), title })).default([]),
});

/** Brand sets of lines, compiled once per set; lines of one file mostly share one. */
const mostSets = 100;

export const parse = new Command("parse")
  .description("read answers from standard input with the parser and write what it finds, as JSON Lines")
  .option("--brands <file>", 'brands to look for: [{"id"?, "name", "aliases"?, "domains"?, "products"?, "own"?, ...}]')
  .addHelpText(
    "after",
    `\nExamples:\n  echo '{"id":"1","text":"1. Acme\\n2. Bolt","brands":[{"name":"Acme"},{"name":"Bolt"}]}' | citera parse\n  citera parse --brands brands.json < answers.jsonl > findings.jsonl`,
  )
  .action(async ({ brands: file }: { brands?: string }) => {
    const { compileBrands, parse: parseText } = await import("../parser/parse.ts");
    const shared = file === undefined ? [] : readBrands(file);
    const sets = new Map<string, BrandSet>();
    for await (const { number, line } of readLines(process.stdin)) {
      if (!line.trim()) continue;
      try {
        const { id, text, language, brands, citations } = lineInput.parse(JSON.parse(line));
        const key = JSON.stringify(brands);
        const set = sets.get(key) ?? compileBrands([...brands, ...shared]);
        if (sets.size < mostSets) sets.set(key, set);
        await writeLine(
          JSON.stringify({ id, ...parseText({ text, citations, ...(language !== undefined && { language }) }, set) }),
        );
      } catch (error) {
        say(harmless(`line ${number}: ${wrong(error)}`));
        process.exitCode = exitCodes.input;
      }
    }
  });

function readBrands(file: string): TrackedBrand[] {
  try {
    return z.array(brandInput).parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    throw new InputError(`${file}: ${wrong(error)}`);
  }
}

/** What is wrong, on one line. */
const wrong = (error: unknown): string =>
  error instanceof z.ZodError
    ? error.issues.map(({ path, message }) => `${path.join(".") || "the whole"}: ${message}`).join("; ")
    : messageOf(error);
