/** Reads a project's questions: written inline, from question sets, or from CSV. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { parse as parseCsv } from "csv-parse/sync";
import { messageOf } from "../errors.ts";
import { fieldsAt, promptFileSchema, promptSchema, questionSetSchema, type PromptInput } from "./schema.ts";
import { describeIssues, didYouMean, plainMessage, Source, type Path } from "./source.ts";

/** A question and where it was written, for complaints. */
export interface PlacedPrompt {
  prompt: PromptInput;
  place: string;
}

/** Question sets that come with the program. */
const shippedSets = resolve(import.meta.dirname, "..", "..", "prompts");
/** A set of questions is words; a larger file is a mistake. */
const mostBytes = 5_000_000;

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
      `${source.place([...path, "file"])}: there is no file ${file} beside the project file, nor among the shipped sets (prompts/questions)`,
    );
    return [];
  }
  const text = readFileSync(found, "utf8");
  if (text.length > mostBytes) {
    problems.push(`${source.place([...path, "file"])}: ${file} is larger than 5 MB`);
    return [];
  }
  const placed = extname(found) === ".csv" ? readCsv(file, text, problems) : readSet(file, text, problems);
  const words = { ...files.names, ...fill };
  return placed.map(({ prompt, place }) => ({
    prompt: filled(withLabels(prompt, labels), words, place, problems),
    place,
  }));
}

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

function readSet(name: string, text: string, problems: string[]): PlacedPrompt[] {
  const source = new Source(name, text);
  problems.push(...source.problems);
  if (source.problems.length) return [];
  const checked = questionSetSchema.safeParse(source.data);
  if (!checked.success) {
    problems.push(
      ...describeIssues(source, checked.error.issues, (path) =>
        path.length ? fieldsAt(path) : Object.keys(questionSetSchema.shape),
      ),
    );
    return [];
  }
  const { questions, language, phase, ...labels } = checked.data;
  return questions.flatMap((question, i) => {
    const path = ["questions", i];
    const entry = typeof question === "string" ? { text: question } : question;
    const complete = promptSchema.safeParse({ language, phase, ...entry });
    if (complete.success) return [{ prompt: withLabels(complete.data, labels), place: source.place(path) }];
    problems.push(...describeIssues(source, complete.error.issues, fieldsAt, path));
    return [];
  });
}

const csvColumns = [...Object.keys(promptSchema.shape)];

/** Columns are the fields of a question; tags are separated by `;`. */
function readCsv(name: string, text: string, problems: string[]): PlacedPrompt[] {
  let rows: { record: Record<string, string>; info: { lines: number } }[];
  try {
    rows = parseCsv(text, {
      columns: true,
      bom: true,
      info: true,
      trim: true,
      skip_empty_lines: true,
      delimiter: [",", ";", "\t"],
    });
  } catch (error) {
    problems.push(`${name}: ${messageOf(error)}`);
    return [];
  }
  const unknown = Object.keys(rows[0]?.record ?? {}).filter((column) => !csvColumns.includes(column));
  for (const column of unknown)
    problems.push(`${name}:1: there is no such column ${column}${didYouMean(column, csvColumns)}`);
  if (unknown.length) return [];
  return rows.flatMap(({ record, info }) => {
    const place = `${name}:${info.lines}`;
    const given = Object.fromEntries(Object.entries(record).filter(([, value]) => value !== ""));
    const { tags, branded, ...rest } = given;
    const checked = promptSchema.safeParse({
      ...rest,
      ...(tags !== undefined && { tags: tags.split("|").map((tag) => tag.trim()) }),
      ...(branded !== undefined && { branded: /^(?:true|yes|ja|1)$/i.test(branded) }),
    });
    if (checked.success) return [{ prompt: checked.data, place }];
    problems.push(...checked.error.issues.map((issue) => `${place}: ${issue.path.join(".")}: ${plainMessage(issue)}`));
    return [];
  });
}

/** The folder that `file:` entries are read from. */
export const folderOf = (file: string): string => dirname(resolve(file));
