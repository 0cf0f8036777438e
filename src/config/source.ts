/** A YAML file that knows on which line everything stands, so that every complaint names its place. */
import leven from "leven";
import { isMap, isNode, LineCounter, parseDocument, visit, type Document, type YAMLError } from "yaml";
import type { z } from "zod";
import type { UiLanguage } from "../domain.ts";

export type Path = (string | number)[];

/** Aliases may spare some typing, but a short file must not unfold to a huge one. */
const mostAliases = 100;
/** Later errors of the YAML mostly follow from the first. */
const mostErrors = 5;

export class Source {
  readonly name: string;
  readonly data: unknown;
  /** What is wrong with the YAML itself. */
  readonly problems: string[];
  readonly #document: Document;
  readonly #lines = new LineCounter();

  /** `name` is shown to people; `text` is the file's content. */
  constructor(name: string, text: string) {
    this.name = name;
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, uniqueKeys: true });
    const errors = this.#document.errors.slice(0, mostErrors);
    this.problems = errors.map((error) => `${this.#at(error.pos[0])}: ${yamlMessage(error)}`);
    if (errors.length === 0 && this.#document.contents === null) this.problems.push(`${name}:1: the file is empty`);
    this.data = this.problems.length ? null : this.#unfold();
  }

  /** Plain data; null with a problem when it has no end. */
  #unfold(): unknown {
    try {
      const data: unknown = this.#document.toJS({ maxAliasCount: mostAliases });
      JSON.stringify(data); // throws when something holds itself
      return data;
    } catch {
      let place = 0;
      visit(this.#document, { Alias: (_, { range }) => ((place = range?.[0] ?? 0), visit.BREAK) });
      this.problems.push(`${this.#at(place)}: aliases (*name) unfold to too much or to themselves; write it out`);
      return null;
    }
  }

  /** `file:line: path` of the value at `path`, or of the nearest place above it. */
  place(path: Path): string {
    const shown = shownPath(path);
    for (let length = path.length; length >= 0; length--) {
      const node = length ? this.#document.getIn(path.slice(0, length), true) : this.#document.contents;
      if (isNode(node) && node.range) return `${this.#at(node.range[0])}: ${shown}`;
    }
    return `${this.name}:1: ${shown}`;
  }

  /** The place of the key itself, for a field nobody knows. */
  placeOfKey(path: Path, key: string): string {
    const parent = path.length ? this.#document.getIn(path, true) : this.#document.contents;
    const pair = isMap(parent) ? parent.items.find((item) => isNode(item.key) && String(item.key) === key) : undefined;
    const range = isNode(pair?.key) ? pair.key.range : undefined;
    return range ? `${this.#at(range[0])}: ${shownPath([...path, key])}` : this.place(path);
  }

  #at(offset: number): string {
    return `${this.name}:${this.#lines.linePos(offset).line}`;
  }
}

const shownPath = (path: Path): string =>
  path.map((step, i) => (typeof step === "number" ? `[${step}]` : i ? `.${step}` : step)).join("") || "file";

const yamlMessage = ({ code, message }: YAMLError): string =>
  code === "MULTIPLE_DOCS" ? "a second document begins here (---); keep one" : message;

/** The allowed word nearest to a wrong one, as a question to the user; empty when none is near. */
export function didYouMean(wrong: string, allowed: Iterable<string>): string {
  let best = "";
  let distance = Math.min(wrong.length - 1, Math.max(2, Math.floor(wrong.length / 3))) + 1;
  for (const word of allowed) {
    const steps = leven(wrong.toLowerCase(), word.toLowerCase());
    if (steps < distance) [best, distance] = [word, steps];
  }
  return best && ` (did you mean \`${best}\`?)`;
}

/** zod's issues as sentences with file, line and path; `base` is where the checked value stands in the file. */
export function describeIssues(
  source: Source,
  issues: z.core.$ZodIssue[],
  schemaKeys: (path: Path) => string[],
  base: Path = [],
  language: UiLanguage = "en",
): string[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...(issue.path as Path)];
    if (issue.code === "unrecognized_keys")
      return issue.keys.map(
        (key) => `${source.placeOfKey(path, key)}: there is no such field${didYouMean(key, schemaKeys(path))}`,
      );
    const meant = issue.code === "invalid_union" ? meantBranch(issue) : null;
    return meant
      ? describeIssues(source, meant, schemaKeys, path, language)
      : `${source.place(path)}: ${plainMessage(issue, language)}`;
  });
}

/** The issues of the one form of a union that was meant: the only one of the right kind; null when none or several are. */
function meantBranch({ errors }: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue[] | null {
  const ofRightKind = errors.filter(
    (issues) => !issues.some(({ code, path }) => code === "invalid_type" && !path.length),
  );
  return ofRightKind.length === 1 ? ofRightKind[0]! : null;
}

/** What zod's names of kinds mean in a file. */
const kinds: Record<string, string> = {
  object: "a group of fields (`name: value`)",
  record: "a group of fields (`name: value`)",
  array: "a list (lines that begin with `-`)",
  string: "text; in quotes when it looks like a number",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
};

/** zod's own words put plainly; ours are left as they are, in the reader's language where an adapter gives them. */
export function plainMessage(issue: z.core.$ZodIssue, language: UiLanguage = "en"): string {
  const translated: unknown = issue.code === "custom" ? issue.params?.[language] : undefined;
  if (typeof translated === "string") return translated;
  if (issue.code === "invalid_value") return `must be one of ${issue.values.map(String).join(", ")}`;
  if (/^Too (?:small|big): expected (?:number|int) to be/.test(issue.message))
    return issue.message.replace(/^.*>=/, "must be at least ").replace(/^.*<=/, "must be at most ");
  if (!issue.message.startsWith("Invalid input: expected ")) return issue.message;
  if (issue.message.endsWith(" received undefined")) return "is missing";
  if (issue.message.endsWith(" received null")) return "is empty";
  const kind = issue.code === "invalid_type" ? kinds[issue.expected] : undefined;
  return kind ? `must be ${kind}` : issue.message.replace(/^Invalid input: /, "");
}
