/** `citera parse`: answers in, findings out, as JSON Lines. */
import { Command } from "commander";
import { z } from "zod";
import type { BrandSet } from "../parser/parse.ts";
import { brandInput, readBrands, wrong } from "./brands-file.ts";
import { exitCodes, harmless, say } from "./command.ts";
import { readLines, writeLine } from "./lines.ts";

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
  .option(
    "--brands <file>",
    'brands to look for: [{"id"?, "name", "aliases"?, "domains"?, "products"?, "own"?, ...}], JSON or YAML, or a project file',
  )
  .addHelpText(
    "after",
    `\nExamples:\n  echo '{"id":"1","text":"1. Acme\\n2. Bolt","brands":[{"name":"Acme"},{"name":"Bolt"}]}' | citera parse\n  citera parse --brands brands.json < answers.jsonl > findings.jsonl`,
  )
  .action(async ({ brands: file }: { brands?: string }) => {
    const { compileBrands, parse: parseText } = await import("../parser/parse.ts");
    const shared = file === undefined ? [] : (await readBrands(file)).brands;
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
