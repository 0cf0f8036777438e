/** Reads a project's questions: written inline, from question sets, or from CSV. */
import { existsSync, readdirSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { CsvError, parse as parseCsv } from "csv-parse/sync";
import { InputError, messageOf } from "../errors.ts";
import { fieldsAt, promptFileSchema, promptSchema, questionSetSchema, type PromptInput } from "./schema.ts";
import { describeIssues, didYouMean, plainMessage, Source, type Path } from "./source.ts";
import { readWordsFile } from "./words-file.ts";

/** A question and where it was written, for complaints. */
export interface PlacedPrompt {
  prompt: PromptInput;
  place: string;
}

/** Question sets that come with the program. */
const shippedSets = resolve(import.meta.dirname, "..", "..", "prompts");

export interface PromptFiles {
  /** Words for {brand} and {competitor}. */
  names: Record<string, string>;
  folder: string;
}

/** One entry of the project file's `prompts`: a question, or a file of questions. */
export function readPromptEntry(
  entry: Record<string, unknown>,
  source: Source,
  path: Path,
  files: PromptFiles,
  problems: string[],
): PlacedPrompt[] {
  if (!("file" in entry)) {
    const checked = promptSchema.safeParse(entry);
    if (checked.success) return [{ prompt: checked.data, place: source.place(path) }];
    problems.push(...describeIssues(source, checked.error.issues, fieldsAt, path));
    return [];
  }
  const checked = promptFileSchema.safeParse(entry);
  if (!checked.success) {
    problems.push(...describeIssues(source, checked.error.issues, () => Object.keys(promptFileSchema.shape), path));
    return [];
  }
  const { file, fill, ...labels } = checked.data;
  const found = [join(files.folder, file), join(shippedSets, file)].find((candidate) => existsSync(candidate));
  if (!found) {
    problems.push(
      `${source.place([...path, "file"])}: there is no file ${file} beside the project file, nor among the shipped sets${didYouMean(file, shippedFiles())}`,
    );
    return [];
  }
  let placed: PlacedPrompt[];
  try {
    const text = readWordsFile(found, `${source.place([...path, "file"])}: ${file}`);
    placed = extname(found).toLowerCase() === ".csv" ? readCsv(file, text) : readSet(file, text);
    if (placed.length === 0) throw new InputError(`${file}:1: the file holds no questions`);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(...error.problems);
    return [];
  }
  const words = { ...files.names, ...fill };
  return placed.map(({ prompt, place }) => ({
    prompt: filled(withLabels(prompt, labels), words, place, problems),
    place,
  }));
}

const shippedFiles = (): string[] =>
  readdirSync(shippedSets, { recursive: true, encoding: "utf8" }).map((file) => file.replaceAll("\\", "/"));

type Labels = Pick<PromptInput, "country" | "segment" | "role" | "topic" | "tags">;

/** A question's own labels win over those of its file; tags add up. */
function withLabels(prompt: PromptInput, labels: Labels): PromptInput {
  const own = Object.fromEntries(Object.entries(prompt).filter(([, value]) => value !== undefined)) as PromptInput; // only drops what is undefined
  return { ...labels, ...own, tags: [...new Set([...labels.tags, ...prompt.tags])] };
}

function filled(prompt: PromptInput, words: Record<string, string>, place: string, problems: string[]): PromptInput {
  const text = prompt.text.replace(/\{([\p{L}_]+)\}/gu, (gap, name: string) => {
    const word = words[name];
    if (word === undefined)
      problems.push(`${place}: the question has a gap ${gap}: give \`fill: { ${name}: ... }\` beside \`file:\``);
    return word ?? gap;
  });
  return { ...prompt, text };
}

/** Throws InputError with every complaint about the set. */
function readSet(name: string, text: string): PlacedPrompt[] {
  const source = new Source(name, text);
  if (source.problems.length) throw new InputError(source.problems);
  const checked = questionSetSchema.safeParse(source.data);
  if (!checked.success)
    throw new InputError(
      describeIssues(source, checked.error.issues, (path) =>
        path.length ? fieldsAt(path) : Object.keys(questionSetSchema.shape),
      ),
    );
  const { questions, language, phase, ...labels } = checked.data;
  const problems: string[] = [];
  const placed = questions.flatMap((question, i) => {
    const path = ["questions", i];
    const entry = typeof question === "string" ? { text: question } : question;
    const complete = promptSchema.safeParse({ language, phase, ...entry });
    if (complete.success) return [{ prompt: withLabels(complete.data, labels), place: source.place(path) }];
    problems.push(...describeIssues(source, complete.error.issues, fieldsAt, path));
    return [];
  });
  if (problems.length) throw new InputError(problems);
  return placed;
}

const csvColumns = Object.keys(promptSchema.shape);
const neededColumns = ["text", "language", "phase"];
const truths: Record<string, boolean> = {
  true: true,
  yes: true,
  ja: true,
  1: true,
  false: false,
  no: false,
  nej: false,
  0: false,
};

/** Columns are the fields of a question; several tags are separated by `|`. Throws InputError with every complaint. */
function readCsv(name: string, text: string): PlacedPrompt[] {
  const problems: string[] = [];
  const placed = csvRows(name, text).flatMap(({ record, line }) => {
    const place = `${name}:${line}`;
    const given = Object.fromEntries(Object.entries(record).filter(([, value]) => value !== ""));
    const { tags, branded, ...rest } = given;
    const checked = promptSchema.safeParse({
      ...rest,
      ...(tags !== undefined && { tags: tags.split("|").map((tag) => tag.trim()) }),
      ...(branded !== undefined && { branded: truths[branded.toLowerCase()] ?? branded }),
    });
    if (checked.success) return [{ prompt: checked.data, place }];
    problems.push(...checked.error.issues.map((issue) => `${place}: ${issue.path.join(".")}: ${plainMessage(issue)}`));
    return [];
  });
  if (problems.length) throw new InputError(problems);
  return placed;
}

/** Rows by column name with the line they stand on. */
function csvRows(name: string, text: string): { record: Record<string, string>; line: number }[] {
  let columns: string[] = [];
  const named = (heading: string[]) => {
    columns = heading.map((column) => column.toLowerCase());
    return columns.map((column) => column || false); // spreadsheets leave empty columns behind
  };
  try {
    const options = { columns: named, delimiter: delimiterOf(text), info: true, trim: true, skip_empty_lines: true };
    const rows = parseCsv(text, options) as unknown as { record: Record<string, string>; info: { lines: number } }[]; // `info` wraps each record
    const problems = columnProblems(columns);
    if (problems.length) throw new InputError(problems.map((problem) => `${name}:1: ${problem}`));
    return rows.map(({ record, info }) => ({ record, line: info.lines }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error["lines"] === "number" ? error["lines"] : 1;
    throw new InputError(
      `${name}:${line}: ${messageOf(error)}; a text that holds the separator or a quote needs quotes around it`,
    );
  }
}

function columnProblems(columns: string[]): string[] {
  const problems: string[] = [];
  for (const column of columns.filter(Boolean)) {
    if (!csvColumns.includes(column))
      problems.push(`there is no such column ${column}${didYouMean(column, csvColumns)}`);
    else if (columns.indexOf(column) !== columns.lastIndexOf(column))
      problems.push(`the column ${column} is there twice`);
  }
  const missing = neededColumns.filter((column) => !columns.includes(column));
  return problems.length ? [...new Set(problems)] : missing.map((column) => `the column ${column} is missing`);
}

/** What separates the heading's names: spreadsheets write `,` or `;` by country, and tabs. */
function delimiterOf(text: string): string {
  const heading = /^.*/.exec(text)![0];
  const pieces = (separator: string) => heading.split(separator).length;
  return [",", ";", "\t"].reduce((best, separator) => (pieces(separator) > pieces(best) ? separator : best));
}

/** The folder that `file:` entries are read from. */
export const folderOf = (file: string): string => dirname(resolve(file));
