/** Keeps the README true where a program can tell: commands, adapters, environment, exit codes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { assistants } from "../src/assistants/index.ts";
import { exitCodes } from "../src/cli/command.ts";
import { metrics } from "../src/metrics/index.ts";
import { writtenAnew } from "./docs/readme.ts";

const root = join(import.meta.dirname, "..");
const read = (...parts: string[]) => readFileSync(join(root, ...parts), "utf8");
const readme = read("README.md");

/** What the source lists, so that a new member is missed here and not by a reader. */
const listed = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1]!);

it("names every command", () => {
  const commands = listed(read("src", "main.ts"), /^ {2}(\w+): async \(\) => \(await import\("\.\/cli\//gm);
  expect(commands.length).toBeGreaterThan(9);
  expect(commands.filter((command) => !new RegExp(`\`(?:citera )?${command}\\b`).test(readme))).toEqual([]);
});

it("holds the assistants and the metrics as their lists give them; `npm run docs` writes them anew", () => {
  expect(readme).toBe(writtenAnew(readme, assistants, metrics));
  for (const { id, secrets } of assistants) {
    const row = readme.split("\n").find((line) => line.startsWith(`| \`${id}\` `));
    expect(row, `no row for ${id}`).toBeDefined();
    for (const variable of Object.values(secrets)) expect(row).toContain(`\`${variable}\``);
  }
});

it("has its table changed by a changed adapter, and by nothing else", () => {
  const [first, ...others] = assistants;
  const changed = writtenAnew(
    readme,
    [{ ...first!, cost: "reply", location: [], verified: "live" }, ...others],
    metrics,
  );
  const differing = changed.split("\n").filter((line) => !readme.split("\n").includes(line));
  expect(differing).toHaveLength(1);
  expect(differing[0]).toMatch(/^\| `openai` .*\| none +\| yes +\| in the reply +\| live +\| `OPENAI_API_KEY` +\|$/);
  expect(() => writtenAnew("# No place for it", assistants, metrics)).toThrow("<!-- assistants");
});

it("names every variable of the environment", () => {
  const variables = listed(read("src", "config.ts"), /^ {2}((?:CITERA|DATABASE)_\w+): z/gm);
  expect(variables.length).toBeGreaterThan(4);
  expect(variables.filter((variable) => !readme.includes(`\`${variable}\``))).toEqual([]);
});

it("explains every exit code", () => {
  const sentence = /Exit codes:([^|]+?)\n\n/.exec(readme)![1]!;
  for (const code of Object.values(exitCodes)) expect(sentence).toMatch(new RegExp(`\\b${code} \\w`));
});

it("explains every metric", () => {
  for (const { title } of metrics) expect(readme).toContain(`**${title.en}**`);
});
