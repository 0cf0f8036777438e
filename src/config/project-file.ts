/** Reads citera.yaml: from the file to a definition the store can be brought in line with, or to complaints. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { basename } from "node:path";
import type { Brand, ProjectDefinition, UiLanguage } from "../domain.ts";
import { InputError } from "../errors.ts";
import {
  checkAssistants,
  checkBrands,
  checkPrompts,
  checkReferences,
  checkTimezone,
  countryProblem,
  isLanguage,
  type AdapterFacts,
} from "./checks.ts";
import { placeComplaints, type LookAtNames } from "./names.ts";
import { folderOf, readPromptEntry, type PlacedPrompt } from "./prompts.ts";
import { fieldsAt, projectSchema, type BrandInput, type ProjectInput } from "./schema.ts";
import { describeIssues, Source, type Path } from "./source.ts";
import { readTimes } from "./times.ts";
import { readWordsFile } from "./words-file.ts";

export type { AdapterFacts } from "./checks.ts";
export type { LookAtNames, NameComplaint } from "./names.ts";

/** What the reader of a file may bring along. */
export interface ReadOptions {
  lookAtNames?: LookAtNames;
  /** Of what adapters say about their settings. */
  language?: UiLanguage;
  /** Takes warnings about a file that can be used, each with file, line and path. */
  warn?: (line: string) => void;
}

/** Reads and checks a project file. Throws InputError with one line per problem: file, line, path, and how to mend it. */
export function readProjectFile(
  file: string,
  adapters: AdapterFacts[],
  { lookAtNames, language, warn }: ReadOptions = {},
): ProjectDefinition {
  if (!existsSync(file))
    throw new InputError(`${file}: there is no such file. \`citera init\` writes an example to start from`);
  const source = new Source(basename(file), readWordsFile(file, basename(file)));
  if (source.problems.length) throw new InputError(source.problems);
  const checked = projectSchema.safeParse(source.data);
  if (!checked.success) throw new InputError(describeIssues(source, checked.error.issues, fieldsAt));
  const input = checked.data;
  const problems: string[] = [];
  checkTimezone(input.timezone, source, problems);
  checkPlaces(input, source, problems);
  checkReferences(source.data, [], source, problems);
  const warnings = checkNames(input, lookAtNames, source, problems);
  checkAssistants(input, adapters, source, problems, language);
  const names = { brand: input.brand.name, ...(input.competitors[0] && { competitor: input.competitors[0].name }) };
  const files = { names, folder: folderOf(file) };
  const prompts = input.prompts.flatMap((entry, i) => readPromptEntry(entry, source, ["prompts", i], files, problems));
  checkPrompts(prompts, input, problems);
  checkKeep(input, source, problems);
  const asked = promptsOf(input, prompts);
  const times = readTimes(input, asked, source, { problems, warnings });
  if (problems.length) throw new InputError(problems);
  if (warn) warnings.forEach(warn);
  return { ...definitionOf(input, adapters), prompts: asked, ...times };
}

const onlyBrands = projectSchema.pick({ brand: true, competitors: true }).extend({
  languages: projectSchema.shape.languages.default([]),
});

/** The brands and languages of a project file that need not be whole. Throws InputError as `readProjectFile` does. */
export function readProjectBrands(file: string): Pick<ProjectDefinition, "brands" | "languages"> {
  const source = new Source(basename(file), readWordsFile(file, basename(file)));
  if (source.problems.length) throw new InputError(source.problems);
  const checked = onlyBrands.strip().safeParse(source.data);
  if (!checked.success) throw new InputError(describeIssues(source, checked.error.issues, fieldsAt));
  const problems: string[] = [];
  checkBrands(placedBrands(checked.data), source, problems);
  if (problems.length) throw new InputError(problems);
  return { brands: brandsOf(checked.data), languages: checked.data.languages };
}

type Brands = Pick<ProjectInput, "brand" | "competitors">;

const placedBrands = ({ brand, competitors }: Brands): { brand: BrandInput; path: Path }[] => [
  { brand, path: ["brand"] },
  ...competitors.map((competitor, i) => ({ brand: competitor, path: ["competitors", i] })),
];

const brandsOf = ({ brand, competitors }: Brands): ProjectDefinition["brands"] => [
  brandOf(brand, "own"),
  ...competitors.map((competitor) => brandOf(competitor, "competitor")),
];

/** Adds what is refused to the problems; gives back what is only warned of. */
function checkNames(input: ProjectInput, look: LookAtNames | undefined, source: Source, problems: string[]): string[] {
  const brands = placedBrands(input);
  const before = problems.length;
  checkBrands(brands, source, problems);
  if (!look || problems.length > before) return []; // the rest would say the same again
  const complaints = look(
    brands.map((one) => one.brand),
    input.languages,
  );
  const { refused, warned } = placeComplaints(
    complaints,
    brands.map(({ path }) => path),
    source,
  );
  problems.push(...refused);
  return warned;
}

function checkPlaces(input: ProjectInput, source: Source, problems: string[]): void {
  const country = input.country === undefined ? null : countryProblem(input.country);
  if (country !== null) problems.push(`${source.place(["country"])}: ${country}`);
  input.languages.forEach((language, i) => {
    if (!isLanguage(language))
      problems.push(`${source.place(["languages", i])}: ${language} is not a language tag such as sv or en`);
  });
}

function checkKeep({ keep: { raw, answers } }: ProjectInput, source: Source, problems: string[]): void {
  if (raw !== null && answers !== null && answers < raw)
    problems.push(
      `${source.place(["keep", "answers"])}: answers cannot be kept for fewer days (${answers}) than their raw bodies (${raw})`,
    );
}

type Times = "schedule" | "groups" | "quiet";

function definitionOf(input: ProjectInput, adapters: AdapterFacts[]): Omit<ProjectDefinition, "prompts" | Times> {
  return {
    key: input.id ?? slug(input.project),
    name: input.project,
    country: input.country ?? null,
    timezone: input.timezone,
    languages: input.languages,
    keep: { rawDays: input.keep.raw, answerDays: input.keep.answers },
    repeats: input.repeats,
    budget: {
      perRunMicroUsd: microUsd(input.budget.perRun),
      perDayMicroUsd: microUsd(input.budget.perDay),
      perMonthMicroUsd: microUsd(input.budget.perMonth),
      ...(input.budget.total !== null && { totalMicroUsd: microUsd(input.budget.total) }),
    },
    alerts: input.alerts,
    prices: input.prices,
    brands: brandsOf(input),
    assistants: input.assistants.map((assistant) => {
      const adapter = adapters.find(({ id }) => id === assistant.adapter)!; // checkAssistants found it
      return {
        key: assistant.id,
        title: assistant.title ?? assistant.id,
        adapter: adapter.id,
        model: assistant.model,
        surface: surfaceOf(assistant.settings) ?? adapter.surface,
        search: assistant.search ?? adapter.search,
        concurrency: assistant.concurrency ?? adapter.concurrency,
        requestsPerMinute: assistant.requestsPerMinute ?? null,
        settings: assistant.settings,
      };
    }),
  };
}

/** The prompts; what has no `id` is known by its words. */
const promptsOf = (input: ProjectInput, prompts: PlacedPrompt[]): ProjectDefinition["prompts"] =>
  prompts.map(({ prompt }) => ({
    key:
      prompt.id ??
      `q-${createHash("sha256")
        .update(`${prompt.language} ${prompt.country ?? ""} ${prompt.text}`)
        .digest("hex")
        .slice(0, 10)}`,
    text: prompt.text,
    language: prompt.language,
    country: prompt.country ?? null,
    phase: prompt.phase,
    segment: prompt.segment ?? null,
    role: prompt.role ?? null,
    topic: prompt.topic ?? null,
    tags: prompt.tags,
    branded: prompt.branded ?? namesOneOf(prompt.text, [input.brand.name, ...input.brand.aliases]),
  }));

/** The surface as the settings state it, where an adapter has such a setting. */
const surfaceOf = ({ surface }: Record<string, unknown>) =>
  surface === "api" || surface === "ui" ? surface : undefined;

const brandOf = (input: BrandInput, role: Brand["role"]): Omit<Brand, "id"> => {
  const { id, domains, ...rest } = input;
  return {
    ...rest,
    key: id ?? input.name,
    role,
    domains: domains.map((domain) => domain.toLowerCase().replace(/^www\./, "")),
  };
};

const microUsd = (usd: number | null): number | null => (usd === null ? null : Math.round(usd * 1e6));

/** Letters and digits of a name, joined with `-`, without diacritics. */
const slug = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "") || "project";

/** True when one of the names stands in the question as a word, or with an ending after it. */
function namesOneOf(text: string, names: string[]): boolean {
  const plain = text.normalize("NFKC").toLowerCase();
  return names.some((name) => {
    const at = plain.indexOf(name.normalize("NFKC").toLowerCase());
    return at >= 0 && !/[\p{L}\p{N}]/u.test(plain[at - 1] ?? " ");
  });
}
