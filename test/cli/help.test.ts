/** Help, suggestions and exit codes of the command line itself. */
import { afterAll, describe, expect, it } from "vitest";
import type { Command } from "commander";
import { Desk } from "../support/cli.ts";
import { commands } from "../support/commands.ts";

const desk = new Desk();
afterAll(() => desk.close());

/** What `--help` prints, examples included. */
function helpOf(command: Command): string {
  let text = "";
  command.configureOutput({ writeOut: (piece) => void (text += piece) });
  command.outputHelp();
  return text;
}

describe.concurrent("help", { timeout: 60_000 }, () => {
  it("of the whole lists every command, with examples and exit codes", async ({ expect }) => {
    const { stdout, stderr, code } = await desk.run(["--help"]);
    expect([stderr, code]).toEqual(["", 0]);
    const listed = [...stdout.matchAll(/^ {2}([a-z]+) (?:\[options\]|\[file\]|\[command\]| )/gm)].map(
      ([, name]) => name,
    );
    expect(listed).toEqual([...commands.map((command) => command.name()), "help"]);
    expect(stdout).toContain("Examples:\n  citera demo");
    expect(stdout).toMatch(/0 done · 1 fault .* · 2 wrong input · 3 some questions .*\n\s*4 database .* · 130 stopped/);
  });

  it("of a command goes to standard output", async ({ expect }) => {
    const { stdout, stderr, code } = await desk.run(["run", "--help"]);
    expect([stderr, code]).toEqual(["", 0]);
    expect(stdout).toContain("--resume");
    expect(stdout).toContain("Examples:\n  citera run --dry-run");
  });

  it.each(commands.map((command) => [command.name(), command] as const))("of %s has examples", (name, command) => {
    const [usage, examples, ...more] = helpOf(command).split("Examples:\n");
    expect(usage).toMatch(new RegExp(`^Usage: (?:citera )?${name}`));
    expect(more).toEqual([]);
    expect(examples?.split("\n").filter((line) => line.includes(`citera ${name}`)).length).toBeGreaterThan(0);
  });
});

describe.concurrent("a wrong call", { timeout: 60_000 }, () => {
  it("of an unknown command suggests the one that was meant", async ({ expect }) => {
    const { stdout, stderr, code } = await desk.run(["chek"]);
    expect([stdout, code]).toEqual(["", 2]);
    expect(stderr).toMatch(/unknown command 'chek'\n\(Did you mean check\?\)/);
  });

  it("of an unknown option suggests the one that was meant, in the command's own words", async ({ expect }) => {
    const { stderr, code } = await desk.run(["report", "--jsn"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/unknown option '--jsn'\n\(Did you mean --json\?\)/);
  });

  it("with a variable that cannot be used names it", async ({ expect }) => {
    const { stdout, stderr, code } = await desk.run(["report"], { env: { CITERA_PORT: "often" } });
    expect([stdout, stderr, code]).toEqual([
      "",
      "environment variable CITERA_PORT: must be a port from 0 to 65535\n",
      2,
    ]);
  });
});
