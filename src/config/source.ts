/** A YAML file that knows on which line everything stands, so that every complaint names its place. */
import { isMap, isNode, LineCounter, parseDocument, type Document } from "yaml";
import leven from "leven";
import type { z } from "zod";

export type Path = (string | number)[];

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
    this.problems = this.#document.errors.map((error) => `${this.#at(error.pos[0])}: ${error.message}`);
    this.data = this.problems.length ? null : this.#document.toJS({ maxAliasCount: 100 });
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

/** The allowed word nearest to a wrong one, as a question to the user; empty when none is near. */
export function didYouMean(wrong: string, allowed: Iterable<string>): string {
  let best = "";
  let distance = Math.max(2, Math.floor(wrong.length / 3)) + 1;
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
): string[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...(issue.path as Path)];
    if (issue.code === "unrecognized_keys")
      return issue.keys.map(
        (key) => `${source.placeOfKey(path, key)}: there is no such field${didYouMean(key, schemaKeys(path))}`,
      );
    if (issue.code === "invalid_value") {
      const values = issue.values.map(String);
      return `${source.place(path)}: must be one of ${values.join(", ")}`;
    }
    return `${source.place(path)}: ${plainMessage(issue)}`;
  });
}

/** zod's message without its opening words; a field that is not there is simply missing. */
export const plainMessage = (issue: z.core.$ZodIssue): string =>
  / received undefined$/.test(issue.message) ? "is missing" : issue.message.replace(/^Invalid input: /, "");
