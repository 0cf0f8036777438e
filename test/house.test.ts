/** The rules of the house, kept by a test instead of by memory. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { expect, it } from "vitest";
import { assistants } from "../src/assistants/index.ts";
import { allMetrics } from "../src/metrics/index.ts";
import { wires } from "../src/simulator/wires/index.ts";

const root = join(import.meta.dirname, "..", "src");
const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
const room = (file: string) => (file.includes("/") ? file.split("/")[0]! : file.replace(/\.tsx?$/, ""));
const textOf = (file: string) => readFileSync(join(root, file), "utf8");

/** Which rooms each room may enter; anything not named here is a closed door. */
const doors: Record<string, string[]> = {
  domain: [],
  errors: ["domain"],
  prices: ["domain"],
  words: ["domain"],
  log: ["errors", "domain"],
  config: ["errors", "domain", "schedule"],
  http: ["errors", "log"],
  parser: ["domain"],
  metrics: ["domain"],
  assistants: ["domain", "errors", "http", "prices"],
  store: ["domain", "errors"],
  queue: ["domain", "errors", "store", "words"],
  measures: ["domain", "errors", "store", "metrics"],
  schedule: ["domain", "log", "store"],
  jobs: [
    "domain",
    "errors",
    "log",
    "prices",
    "words",
    "parser",
    "metrics",
    "measures",
    "store",
    "queue",
    "assistants",
    "schedule",
  ],
  web: ["domain", "errors", "log", "prices", "words", "store", "measures", "assistants", "queue", "schedule"],
  simulator: ["domain", "errors"],
  main: ["cli", "config", "log"],
};
const everywhere = new Set(["cli", "service"]);

/** What other rooms may import: the list or the contract, never a file behind it. */
const fronts: Record<string, string[]> = {
  assistants: ["index.ts", "assistant.ts"],
  metrics: ["index.ts", "metric.ts"],
  store: ["index.ts"],
  queue: ["queue.ts", "open.ts"],
  parser: ["parse.ts"],
  jobs: ["index.ts"],
  measures: ["days.ts", "dimensions.ts", "measures.ts", "period.ts", "planning.ts", "report.ts", "sources.ts"],
  simulator: ["index.ts"],
  words: [
    "index.ts",
    "breaks.ts",
    "failures.ts",
    "measures.ts",
    "numbers.ts",
    "owners.ts",
    "plan.ts",
    "schedule.ts",
    "sources.ts",
  ],
  schedule: ["due.ts", "groups.ts", "ticker.ts"],
  web: ["health.ts", "server.ts"],
  config: ["project-file.ts"],
};

/** Rooms that must give the same for the same: no clock, network, database or chance. */
const pure = ["domain", "prices", "words", "parser", "metrics", "schedule/due.ts", "schedule/groups.ts"];
const impure =
  /from "(?:node:(?:fs|net|http|https|dns|timers|child_process)[^"]*|undici|pg|better-sqlite3|drizzle-orm[^"]*)"|Date\.now\(|Math\.random\(|new Date\(\)/;

/** Long by nature: tables, word lists and dictionaries. */
const longByNature = [/^store\/schema\.ts$/, /^domain\.ts$/, /^words\//, /^simulator\/telling\/(?:en|sv)\.ts$/];

const importsOf = (file: string) =>
  [...textOf(file).matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)].map((match) =>
    relative(root, normalize(join(root, dirname(file), match[1]!))),
  );

/** One line per file that breaks the rule, so that a failure reads as a list of what to mend. */
const offenders = (breaks: (file: string) => string | false) =>
  files.flatMap((file) => {
    const why = breaks(file);
    return why === false ? [] : [`${file}: ${why}`];
  });

const entered = (file: string) => importsOf(file).filter((to) => room(to) !== room(file));
const openTo = (file: string) => (pure.includes(file) ? ["domain"] : (doors[room(file)] ?? []));

it("finds the rooms it judges", () => {
  expect(files.length).toBeGreaterThan(100);
  expect(entered("jobs/ask.ts")).toContain("store/index.ts");
});

it("lists the doors of every room", () => {
  const unlisted = files.map(room).filter((name) => !(name in doors) && !everywhere.has(name));
  expect([...new Set(unlisted)]).toEqual([]);
});

it("lets a room enter only rooms it has a door to", () => {
  const breaks = (file: string) => {
    if (everywhere.has(room(file))) return false;
    const closed = entered(file).filter((to) => !openTo(file).includes(room(to)));
    return closed.length > 0 && `enters ${closed.join(", ")}`;
  };
  expect(offenders(breaks)).toEqual([]);
});

it("has rooms knock at the front of other rooms", () => {
  const breaks = (file: string) => {
    const behind = entered(file)
      .filter((to) => to.includes("/") && room(to) !== "cli")
      .filter((to) => !fronts[room(to)]?.includes(to.slice(to.indexOf("/") + 1)));
    return behind.length > 0 && `goes round the front into ${behind.join(", ")}`;
  };
  expect(offenders(breaks)).toEqual([]);
});

it("keeps every file short enough for a reader's head", () => {
  const breaks = (file: string) => {
    const lines = textOf(file).split("\n").length;
    return !longByNature.some((kind) => kind.test(file)) && lines > 300 && `has ${lines} lines`;
  };
  expect(offenders(breaks)).toEqual([]);
});

it("reads the environment only in config", () => {
  expect(offenders((file) => file !== "config.ts" && textOf(file).includes("process.env") && "reads it")).toEqual([]);
});

it("says first in every file what it is for, in one sentence", () => {
  const breaks = (file: string) => {
    const first = textOf(file)
      .replace(/^#!.*\n/, "")
      .split("*/")[0]!;
    return !/^\/\*\*\s[^]+\.\s/.test(first) && "opens without its sentence";
  };
  expect(offenders(breaks)).toEqual([]);
});

it("keeps clock, network, database and chance out of pure rooms", () => {
  const isPure = (file: string) => pure.some((place) => place === file || place === room(file));
  expect(offenders((file) => isPure(file) && impure.test(textOf(file)) && "is not pure")).toEqual([]);
});

const members = (folder: string, others: string[]) =>
  files
    .filter((file) => dirname(file) === folder)
    .map((file) => file.slice(folder.length + 1).replace(/\.ts$/, ""))
    .filter((name) => !others.includes(name));

it("registers every assistant and every metric that has a file", () => {
  expect(assistants.map(({ id }) => id).sort()).toEqual(members("assistants", ["index", "assistant"]).sort());
  expect(allMetrics.map(({ id }) => id).sort()).toEqual(members("metrics", ["index", "metric", "statistics"]).sort());
});

it("lets members of a list not know each other", () => {
  for (const folder of ["assistants", "metrics"]) {
    const names = folder === "assistants" ? assistants.map(({ id }) => id) : allMetrics.map(({ id }) => id);
    for (const name of names) {
      const others = names.filter((other) => other !== name).map((other) => `${folder}/${other}.ts`);
      expect(importsOf(`${folder}/${name}.ts`).filter((to) => others.includes(to))).toEqual([]);
    }
  }
});

it("has a wire in the town for every shape its assistants speak", () => {
  expect(wires.length).toBeGreaterThanOrEqual(assistants.filter(({ collected }) => !collected).length);
});

it("keeps the median file under 100 lines", () => {
  const sizes = files.map((file) => textOf(file).split("\n").length).sort((a, b) => a - b);
  expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThan(100);
});

it("names every room and every file at the top of src in the map", () => {
  const map = readFileSync(join(root, "README.md"), "utf8");
  const missing = [...new Set(files.map((file) => (file.includes("/") ? `${room(file)}/` : file)))].filter(
    (place) => !map.includes(`\`${place}\``),
  );
  expect(missing).toEqual([]);
});
