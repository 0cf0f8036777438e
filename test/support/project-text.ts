/** A project file as text, to be spoilt by tests line by line, and what reading it complains about. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { assistants } from "../../src/assistants/index.ts";
import { readProjectFile, type ReadOptions } from "../../src/config/project-file.ts";
import type { ProjectDefinition } from "../../src/domain.ts";
import { InputError } from "../../src/errors.ts";

/** Line numbers in the tests count from here. */
const plainProject = `project: Acme
languages: [en, sv]
timezone: Europe/Stockholm
brand:
  name: Acme
  aliases: [Acme AB]
competitors:
  - name: Boltex
    domains: [bolt.example]
prompts:
  - text: Which tool is best?
    language: en
    phase: consideration
assistants:
  - id: chatgpt
    adapter: openai
    model: gpt-6-luna
`;

/** The plain project with pieces replaced; each must be there. */
export const changed = (...changes: [from: string, to: string][]): string =>
  changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the plain project holds no ${from}`);
    return text.replace(from, () => to);
  }, plainProject);

/** The plain project with another entry among its prompts, which then stands at line 14. */
export const withPrompts = (entry: string): string => changed(["assistants:\n", `  - ${entry}\nassistants:\n`]);

export type Files = Record<string, string | Buffer>;

/** Reads `project` as citera.yaml in a folder with these other files beside it. */
export function read(project: string | Buffer, files: Files = {}, options: ReadOptions = {}): ProjectDefinition {
  const folder = mkdtempSync(join(tmpdir(), "citera-config-"));
  try {
    for (const [name, content] of Object.entries({ ...files, "citera.yaml": project }))
      writeFileSync(join(folder, name), content);
    return readProjectFile(join(folder, "citera.yaml"), assistants, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every complaint about the project; none when it is fine. */
export function complaints(project: string | Buffer, files: Files = {}, options: ReadOptions = {}): string[] {
  try {
    read(project, files, options);
    return [];
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
}

/** The usual project with another field before its brand, on line 4. */
export const field = (text: string): string => changed(["brand:\n", `${text}\nbrand:\n`]);
