/** README's commands as a user types them: each runs, or stands here with the reason why not, and takes its options. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { built, deskFor, type Desk } from "../support/cli.ts";
import { commands } from "../support/commands.ts";
import { refused } from "../support/refused.ts";
import { townFor } from "../support/town-project.ts";

const root = join(import.meta.dirname, "..", "..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };

const key = "sk-readme-abcdefghij0123456789";
const citera = built.map((word) => `"${word}"`).join(" ");

/** Beginnings of lines that are not run, and why. */
const notRun: Record<string, string> = {
  "npm ci": "fetches packages from the network",
  "npm test": "is the suite beside this one",
  "npm run test:system": "is this suite",
  "npm run check": "looks at the source, and takes longer than its worth here",
  "npm run bench": "measures for many minutes, and wants the machine for itself",
  "npm run chaos": "takes minutes; its short run stands in test/chaos",
  "npm run docs": "writes README.md; test/readme.test.ts holds what it writes",
  "npm run eval": "reads texts that lie beside the project",
  "printf 'POSTGRES_PASSWORD=%s\\n'": "is for docker compose",
  "docker compose": "needs Docker's engine; test/containers.test.ts holds what it reads",
};

/** What a line prints or, where it stays running, serves as its page. */
const shown: [line: RegExp, text: RegExp][] = [
  [/run demo$/, /^Norrbrygd \(own\) +\d+ % [^]+^Below each: change in percentage points against /m],
  [/ demo --keep demo$/, /^Norrbrygd \(own\) +\d+ % /m],
  [/ start --db demo\/citera\.db$/, /Norrbrygd/],
  [/ init$/, /^Wrote citera\.yaml/],
  [/ check$/, /^citera\.yaml is fine: /],
  [/ run --dry-run$/, /^claude-api is left out: [^]+^11 questions, expected cost 0\.\d+ USD/m],
  [/citera run$/, /^11 of 11 questions answered in /m],
  [/ report$/, /^Acme \(own\) +/m],
  [/citera start$/, /Acme/],
  [/citera parse$/, /^\{"id":"1",.*"text":"Acme AB"/],
];

/** The lines of README's shell blocks, each section's by its heading, without their remarks. */
function documented(text: string): [title: string, lines: string[]][] {
  return text.split(/^(?=##+ )/m).map((section) => {
    const blocks = [...section.matchAll(/^ *```(?:sh|bash|shell|console)\n([^]*?)^ *```/gm)].map(([, block]) => block!);
    const lines = blocks.flatMap((block) => block.split("\n")).map((line) => line.replace(/(?:^|\s+)#.*$/, "").trim());
    return [section.split("\n", 1)[0]!.replace(/^#+ /, ""), lines.filter(Boolean)];
  });
}

const isRun = (line: string) => /\bnpx citera |^npm run demo$|^echo '[^']+' >> \.env$/.test(line);
const hasReason = (line: string) => Object.keys(notRun).some((beginning) => `${line} `.startsWith(`${beginning} `));

/** What a shell is given for a line: our build for the installed one, a whole key for the dots, two days the second time. */
const typed = (line: string) =>
  line
    .replace(/^npm run demo$/, () => scripts["demo"]!.replace(/^node dist\/main\.js/, "npx citera"))
    .replace(/^npx citera (start.*)/, `exec ${citera} $1`) // so that its pid is not the shell's
    .replace("npx citera", citera)
    .replace("=...'", `=${key}'`)
    .replace(/ demo --keep demo$/, "$& --days 2");

/** What the user does in an editor: the project file asks the town, by the line that it has for settings. */
function pointAt(town: string, desk: Desk): void {
  const remark = '# settings: { apiKey: "${OPENAI_API_KEY}" }';
  expect(desk.read("citera.yaml")).toContain(remark);
  const settings = `settings: { apiKey: "\${OPENAI_API_KEY}", baseUrl: "${town}/v1" }`;
  desk.write("citera.yaml", desk.read("citera.yaml").replace(remark, settings));
}

/** Runs a line to its end; of one that stays running the page is fetched before it is told to stop. */
async function outcomeOf(desk: Desk, line: string): Promise<string> {
  const started = desk.start([typed(line)], { env: { CITERA_ALLOW_HOSTS: "127.0.0.1", CITERA_PORT: "0" } });
  let page = "";
  if (/\bcitera start\b/.test(line)) {
    const [, url] = /^Citera: (http:\S+)$/m.exec(await started.said(/^Citera: .*\n/m))!;
    const response = await fetch(url!);
    expect(response.status).toBe(200);
    page = await response.text();
    started.kill("SIGTERM");
  }
  const { stdout, stderr, code } = await started.ended;
  expect(code, `${line}\n${stderr}`).toBe(0);
  expect(stdout + stderr).not.toContain(key);
  return page || stdout + stderr;
}

const sections = documented(readme);
const lines = sections.flatMap(([, all]) => all);

describe("README's commands", () => {
  it("are each run below, or stand with the reason why not", () => {
    const unknown = (all: string[]) => all.filter((line) => isRun(line) === hasReason(line));
    expect(unknown(lines)).toEqual([]);
    expect(unknown(["npx cytera run", "npm run checks"])).toEqual(["npx cytera run", "npm run checks"]);
    expect(Object.keys(notRun).filter((beginning) => !lines.some((line) => line.startsWith(beginning)))).toEqual([]);
    expect(shown.filter(([pattern]) => !lines.some((line) => pattern.test(line)))).toEqual([]);
  });

  it("are scripts that there are", () => {
    const named = [...readme.matchAll(/\bnpm (?:run (\S+?)|(test))(?=[\s`])/g)].map(([, run, test]) => run ?? test!);
    expect(named.length).toBeGreaterThan(7);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  const toRun = sections.map(([title, all]) => [title, all.filter(isRun)] as const);
  it.concurrent.for(toRun.filter(([, all]) => all.length > 0))(
    "work in order: %s",
    { timeout: 180_000 },
    async ([, all], test) => {
      const desk = deskFor(test, ["sh", "-c"]);
      const town = await townFor(test);
      for (const line of all) {
        const text = await outcomeOf(desk, line);
        for (const [pattern, wanted] of shown) if (pattern.test(line)) expect(text, line).toMatch(wanted);
        if (line === "npx citera init") pointAt(town.url, desk);
      }
    },
  );
});

/** README's paragraphs, items and rows of tables outside of blocks, each with what it has between backticks. */
const places = readme
  .replace(/^```[^]*?^```/gm, "")
  .split(/\n\n|\n(?=[-|])/)
  .map((place) => [...place.matchAll(/`([^`]+)`/g)].map(([, code]) => code!.replace(/\s+/g, " ")));

/** What of a place no command takes: calls of citera, and options alone, of a command named there or else of any. */
function untaken(codes: string[]): string[] {
  const calls = codes.filter((code) => code.startsWith("citera ")).map((code) => code.split(" ").slice(1));
  const named = commands.filter((one) => calls.some(([name]) => name === one.name()) || codes.includes(one.name()));
  const among = (named.length > 0 ? named : commands).map((one) => one.name());
  const alone = codes.filter((code) => code.startsWith("--")).map((code) => code.split(" ")[0]!);
  return [
    ...calls.flatMap((call) => refused(commands, call)),
    ...alone.filter((option) => among.every((name) => refused(commands, [name, option]).length > 0)),
  ];
}

it("README's sentences name only commands and options that there are", () => {
  expect(places.flat().filter((code) => code.startsWith("citera ")).length).toBeGreaterThan(40);
  expect(places.flatMap(untaken)).toEqual([]);
  expect(untaken(["citera rapport", "citera run --dry", "--json"])).toEqual(["rapport", "--dry", "--json"]);
});
