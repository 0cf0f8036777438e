/** Reads brands from a file of their own (a list, JSON or YAML) or out of a project file. */
import { readFileSync } from "node:fs";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { InputError, messageOf } from "../errors.ts";
import type { TrackedBrand } from "../parser/parse.ts";

const names = z.array(z.string()).default([]);
const matching = {
  caseSensitive: z.boolean().default(false),
  exclude: names,
  require: names,
  commonWord: z.enum(["auto", "yes", "no"]).default("auto"),
};

/** A brand in a list: what a project file nests under `matching` may stand beside its name. */
const fields = z.object({
  id: z.string().optional(),
  name: z.string().min(1),
  aliases: names,
  domains: names,
  products: names,
  own: z.boolean().default(false),
  ...matching,
});

const tracked = ({ id, name, aliases, domains, products, own, ...options }: z.infer<typeof fields>): TrackedBrand => ({
  key: id ?? name,
  name,
  role: own ? "own" : "competitor",
  aliases,
  domains,
  products,
  matching: options,
});

/** A brand that a program hands over: it may say more of it than we ask. */
export const brandInput = fields.transform(tracked);

/** What people write by hand: a misspelt field would be left out unseen. */
const list = z.array(fields.strict().transform(tracked), "neither a list of brands nor a project file");

export interface BrandsFile {
  brands: TrackedBrand[];
  /** BCP 47 tags of the project; empty where the file is a list. */
  languages: string[];
}

/** Brands of a list or a project file; of the latter nothing else is looked at. Throws InputError. */
export async function readBrands(file: string): Promise<BrandsFile> {
  let data: unknown;
  try {
    const text = readFileSync(file, "utf8").replace(/^\ufeff/, "");
    data = /^\s*[[{]/.test(text) ? JSON.parse(text) : parseYaml(text, { maxAliasCount: 100 });
    if (!isProject(data)) return { brands: list.parse(listIn(data)), languages: [] };
  } catch (error) {
    throw new InputError(`${file}: ${wrong(error)}`);
  }
  const { readProjectBrands } = await import("../config/project-file.ts");
  return readProjectBrands(file);
}

/** The list itself, or what stands under `brands`. */
const listIn = (data: unknown): unknown =>
  typeof data === "object" && data !== null && "brands" in data && Object.keys(data).length === 1 ? data.brands : data;

const isProject = (data: unknown): boolean =>
  typeof data === "object" && data !== null && ("brand" in data || "competitors" in data);

/** What is wrong, on one line. */
export const wrong = (error: unknown): string =>
  error instanceof z.ZodError
    ? error.issues.map(({ path, message }) => `${path.join(".") || "the whole"}: ${message}`).join("; ")
    : messageOf(error).split("\n")[0]!;
