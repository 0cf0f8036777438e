/** citera pause, resume, and what check and run say of schedules and groups, as processes. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Desk } from "../support/cli.ts";

const desk = new Desk();
const example = join(import.meta.dirname, "..", "..", "src", "cli", "examples", "citera.en.yaml");

beforeAll(async () => {
  const groups = `groups: [{ id: core, schedule: { every: 6h }, prompts: { ids: [best-for-small-companies] } }]\nquiet: ["2999-12-24"]\n`;
  writeFileSync(desk.path("citera.yaml"), `${readFileSync(example, "utf8")}\n${groups}`);
  await desk.run(["apply"]);
}, 60_000);
afterAll(() => desk.close());

const next = / \d{4}-\d\d-\d\d (\d\d:\d\d) \(Europe\/Stockholm\)\n/;

it("pauses a project and goes on with it, as often as it is told", { timeout: 60_000 }, async () => {
  const said = async (...args: string[]) => (await desk.run(args)).stdout;
  expect(await said("pause")).toMatch(/^Acme Sweden is paused\npaused since .*: asked only by `citera run`; /);
  expect(await said("pause", "acme-sweden")).toContain("Acme Sweden is paused already");
  expect(await said("doctor")).toContain("paused since");
  const resumed = await said("resume", "--lang", "sv");
  expect(resumed).toMatch(/^Acme Sweden frågas enligt schemat igen\n/);
  expect(resumed).toContain("nästa körning av gruppen core:");
  expect(await said("resume")).toContain("Acme Sweden is not paused");
  const wrong = await desk.run(["pause", "acme"]);
  expect([wrong.code, wrong.stderr]).toEqual([2, "there is no project acme; there are acme-sweden\n"]);
});

it("says when the project and its groups are due next", { timeout: 60_000 }, async () => {
  const { stdout } = await desk.run(["check"]);
  expect(next.exec(stdout.split("\n").find((line) => line.startsWith("next run:"))! + "\n")![1]).toBe("06:00");
  expect(stdout).toMatch(/next run of the group core: \w+ /);
  expect(stdout).toContain("quiet days: 2999-12-24");
});

it("asks only the prompts of the group that is named", { timeout: 60_000 }, async () => {
  const forecast = async (...more: string[]) =>
    (await desk.run(["run", "--dry-run", ...more], { env: { OPENAI_API_KEY: "x" } })).stderr;
  expect(await forecast()).toMatch(/\b11 questions/);
  expect(await forecast("--group", "core")).toMatch(/\b1 question/);
  const wrong = await desk.run(["run", "--dry-run", "--group", "cor"]);
  expect([wrong.code, wrong.stderr]).toEqual([2, "--group: the project file has no group cor; its groups are core\n"]);
});
