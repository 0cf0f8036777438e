/** What zod cannot see: names claimed twice, unknown zones, settings of adapters, secrets in clear. */
import type { z } from "zod";
import type { UiLanguage, Words } from "../domain.ts";
import type { PlacedPrompt } from "./prompts.ts";
import type { BrandInput, ProjectInput } from "./schema.ts";
import { describeIssues, didYouMean, type Path, type Source } from "./source.ts";

/** What the file's checks must know of an adapter. */
export interface AdapterFacts {
  id: string;
  title: Words;
  surface: "api" | "ui";
  search: boolean;
  /** Cannot be asked without a search. */
  alwaysSearches?: true;
  concurrency: number;
  settings: z.ZodObject;
  /** What is wrong with a model's name; null when nothing is. */
  modelProblem?(model: string): Words | null;
  secrets: Record<string, string>;
}

const folded = (name: string): string => name.normalize("NFKC").toLowerCase();
const secretReference = /^\$\{[A-Z_][A-Z0-9_]*\}$/;

/** Adds a complaint when `zone` is no IANA time zone. */
export function checkTimezone(zone: string, source: Source, problems: string[]): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
  } catch {
    const near = didYouMean(zone, Intl.supportedValuesOf("timeZone"));
    problems.push(
      `${source.place(["timezone"])}: ${zone} is not a time zone${near}; write one such as Europe/Stockholm`,
    );
  }
}

const regions = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
const languages = new Intl.DisplayNames(["en"], { type: "language", fallback: "none" });
/** Codes that stand for more or less than a country. */
const noCountries = ["EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"];

/** What is wrong with a country code, and the code that was meant; null when nothing is. */
export function countryProblem(code: string): string | null {
  const upper = code.toUpperCase();
  const known = /^[A-Z]{2}$/.test(upper) && regions.of(upper) !== undefined && !noCountries.includes(upper);
  const meant = known ? new Intl.Locale(`und-${upper}`).region! : null; // GB for UK
  if (meant === code) return null;
  return `${code} is not a country code such as SE${meant === null ? "" : ` (did you mean \`${meant}\`?)`}`;
}

export function isLanguage(tag: string): boolean {
  try {
    return languages.of(tag) !== undefined;
  } catch {
    return false; // not even the shape of a tag
  }
}

/** Every name may belong to one brand only, and every brand must be tellable from the others. */
export function checkBrands(brands: { brand: BrandInput; path: Path }[], source: Source, problems: string[]): void {
  const claims = new Map<string, { brand: BrandInput; name: string }>();
  const keys = new Set<string>();
  for (const { brand, path } of brands) {
    const key = folded(brand.id ?? brand.name);
    checkFacts(brand, path, source, problems);
    if (keys.has(key)) {
      problems.push(`${source.place(path)}: the brand ${brand.id ?? brand.name} is there twice; make it one entry`);
      continue; // all its names are claimed twice, too
    }
    keys.add(key);
    const names: [string, Path][] = [
      [brand.name, [...path, "name"]],
      ...brand.aliases.map((name, i): [string, Path] => [name, [...path, "aliases", i]]),
      ...brand.products.map((name, i): [string, Path] => [name, [...path, "products", i]]),
    ];
    for (const [name, place] of names) {
      if (!/[\p{L}\p{N}]/u.test(name)) problems.push(`${source.place(place)}: ${name} holds no letter or digit`);
      const claim = claims.get(folded(name));
      if (claim && claim.brand !== brand)
        problems.push(
          `${source.place(place)}: ${name} is claimed by two brands, ${claim.brand.name} and ${brand.name}; leave it to one`,
        );
      else claims.set(folded(name), { brand, name });
    }
  }
  checkDomains(brands, source, problems);
}

function checkFacts({ facts }: BrandInput, path: Path, source: Source, problems: string[]): void {
  facts.forEach(({ id }, i) => {
    if (facts.findIndex((fact) => fact.id === id) < i)
      problems.push(`${source.place([...path, "facts", i, "id"])}: the fact ${id} is there twice`);
  });
}

function checkDomains(brands: { brand: BrandInput; path: Path }[], source: Source, problems: string[]): void {
  const owners = new Map<string, BrandInput>();
  for (const { brand, path } of brands)
    brand.domains.forEach((domain, i) => {
      const owner = owners.get(folded(domain));
      if (owner && owner !== brand)
        problems.push(
          `${source.place([...path, "domains", i])}: ${domain} is claimed by two brands, ${owner.name} and ${brand.name}`,
        );
      owners.set(folded(domain), brand);
    });
}

/** Languages must be the project's, texts and ids must not repeat. */
export function checkPrompts(prompts: PlacedPrompt[], project: ProjectInput, problems: string[]): void {
  const seen = new Map<string, string>();
  for (const { prompt, place } of prompts) {
    if (!project.languages.includes(prompt.language))
      problems.push(
        `${place}: language ${prompt.language} is not among the project's languages (${project.languages.join(", ")})${didYouMean(prompt.language, project.languages)}`,
      );
    const country = prompt.country === undefined ? null : countryProblem(prompt.country);
    if (country !== null) problems.push(`${place}: ${country}`);
    const names = [
      `text ${folded(prompt.text)} ${prompt.language} ${prompt.country ?? ""}`,
      ...(prompt.id === undefined ? [] : [`id ${prompt.id}`]),
    ];
    for (const name of names) {
      const first = seen.get(name);
      if (first !== undefined)
        problems.push(
          `${place}: the same ${name.startsWith("id ") ? `id ${prompt.id}` : "question"} stands at ${first}`,
        );
      else seen.set(name, place);
    }
  }
}

/** Adapters must exist, their settings must fit, and secrets must be references. */
export function checkAssistants(
  project: ProjectInput,
  adapters: AdapterFacts[],
  source: Source,
  problems: string[],
  language: UiLanguage = "en",
): void {
  const keys = new Set<string>();
  project.assistants.forEach((assistant, i) => {
    const path: Path = ["assistants", i];
    if (keys.has(assistant.id))
      problems.push(`${source.place([...path, "id"])}: the assistant ${assistant.id} is there twice`);
    keys.add(assistant.id);
    const adapter = adapters.find(({ id }) => id === assistant.adapter);
    if (!adapter) {
      const known = adapters.map(({ id }) => id);
      problems.push(
        `${source.place([...path, "adapter"])}: there is no adapter ${assistant.adapter}${didYouMean(assistant.adapter, known)}; known are ${known.join(", ")}`,
      );
      return;
    }
    if (assistant.search && !adapter.search)
      problems.push(`${source.place([...path, "search"])}: ${adapter.id} cannot search`);
    if (assistant.search === false && adapter.alwaysSearches)
      problems.push(`${source.place([...path, "search"])}: ${adapter.id} always searches; take this line out`);
    const wrong = adapter.modelProblem?.(assistant.model) ?? null;
    if (wrong) problems.push(`${source.place([...path, "model"])}: ${wrong[language]}`);
    checkSettings(assistant.settings, adapter, [...path, "settings"], source, problems, language);
  });
}

function checkSettings(
  settings: Record<string, unknown>,
  adapter: AdapterFacts,
  path: Path,
  source: Source,
  problems: string[],
  language: UiLanguage,
): void {
  const given = { ...settings };
  for (const [name, variable] of Object.entries(adapter.secrets)) {
    const value = given[name];
    if (value !== undefined && !(typeof value === "string" && secretReference.test(value)))
      problems.push(
        `${source.place([...path, name])}: a secret must not stand in the file: write \${${variable}} and set ${variable} in the environment or in .env`,
      );
    given[name] = "${}"; // any text passes: the value comes later
  }
  for (const [name, value] of Object.entries(given))
    if (!(name in adapter.secrets) && typeof value === "string" && /\$\{/.test(value))
      problems.push(`${source.place([...path, name])}: \${NAME} may stand for secrets only`);
  const checked = adapter.settings.safeParse(given);
  if (!checked.success)
    problems.push(
      ...describeIssues(source, checked.error.issues, () => Object.keys(adapter.settings.shape), path, language),
    );
}

/** Outside settings and questions, ${NAME} would be taken for the words themselves. */
export function checkReferences(value: unknown, path: Path, source: Source, problems: string[]): void {
  if (typeof value === "string") {
    if (/\$\{[A-Z_][A-Z0-9_]*\}/.test(value))
      problems.push(`${source.place(path)}: \${NAME} may stand for secrets only; write the words themselves`);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      const settings = path[0] === "assistants" && key === "settings"; // checked with their adapter
      if (settings || (path.length === 0 && key === "prompts")) continue;
      checkReferences(inner, [...path, Array.isArray(value) ? Number(key) : key], source, problems);
    }
  }
}
