/** What `npm pack` makes is what a user gets: its files, and its command line beside nothing but production packages. */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Desk } from "../support/cli.ts";

const execute = promisify(execFile);
const root = join(import.meta.dirname, "..", "..");
const json = (file: string): unknown => JSON.parse(readFileSync(join(root, file), "utf8"));
const manifest = json("package.json") as { version: string; bin: { citera: string }; dependencies: object };
const lock = json("package-lock.json") as { packages: Record<string, { dev?: true; devOptional?: true }> };

/** What `npm pack --json` tells; sizes in bytes. */
interface Pack {
  filename: string;
  size: number;
  unpackedSize: number;
  files: { path: string }[];
}

const modules = join("app", "node_modules");
const citera = join(modules, "citera");
const desk = new Desk([process.execPath, join(citera, manifest.bin.citera)]);
let pack: Pack;

async function makePack(): Promise<Pack> {
  // no scripts: dist is built already, and is in use by the tests beside this one
  const args = ["pack", "--json", "--ignore-scripts", "--offline", "--pack-destination", desk.folder];
  const env = { PATH: process.env["PATH"], HOME: desk.folder, npm_config_update_notifier: "false" };
  const { stdout } = await execute("npm", args, { cwd: root, env });
  return (JSON.parse(stdout) as Pack[])[0]!;
}

/** Puts a link to each installed package that the lock file calls one of production beside ours. */
function linkProduction(): void {
  for (const [path, { dev, devOptional }] of Object.entries(lock.packages)) {
    const name = path.slice("node_modules/".length);
    if (path === "" || dev || devOptional || name.includes("node_modules/") || !existsSync(join(root, path))) continue;
    const link = desk.path(join(modules, name));
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, path), link);
  }
}

beforeAll(async () => {
  pack = await makePack();
  mkdirSync(desk.path(citera), { recursive: true });
  await execute("tar", ["-xzf", pack.filename, "-C", citera, "--strip-components=1"], { cwd: desk.folder });
  linkProduction();
});
afterAll(() => desk.close());

const scripts = () => pack.files.map(({ path }) => path).filter((path) => path.endsWith(".js"));
/** The files of a folder of the project, as a package names them. */
const filesIn = (folder: string, pattern: RegExp) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => pattern.test(file))
    .map((file) => join(folder, file).replaceAll("\\", "/"));
const unpacked = (file: string) => desk.read(join(citera, file));

describe("the package", () => {
  it("holds what the source is built to and nothing else: no test, no source, no map, no database, no key", () => {
    const expected = [
      ...filesIn("src", /\.(?:tsx?|css|json|sql|yaml)$/)
        .filter((file) => file !== "src/tsconfig.json")
        .map((file) => file.replace(/^src/, "dist").replace(/\.tsx?$/, ".js")),
      ...filesIn("prompts", /\.yaml$/),
      ...["CHANGELOG.md", "LICENSE", "README.md", "package.json"],
    ];
    expect(pack.files.map(({ path }) => path).sort()).toEqual(expected.sort());
    expect(scripts().filter((file) => unpacked(file).includes("sourceMappingURL"))).toEqual([]);
  });

  it("is small", () => {
    expect(pack.size).toBeLessThan(1_000_000);
    expect(pack.unpackedSize).toBeLessThan(4_000_000);
  });

  it("imports only what it names as a dependency, also where that is loaded late", () => {
    const imported = scripts().flatMap((file) =>
      [...unpacked(file).matchAll(/\b(?:from|import) ?\(?"([\w@][\w@./:-]*)"/g)].map(([, name]) => name!),
    );
    const names = imported.filter((name) => !isBuiltin(name)).map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)![0]);
    const packages = [...new Set(names)].sort();
    expect(packages).toEqual(Object.keys(manifest.dependencies).sort());
    expect(packages.filter((name) => !desk.has(join(modules, name)))).toEqual([]);
  });
});

describe("the command line of the package", { timeout: 60_000 }, () => {
  it("tells version and help, and can be called by its name", async () => {
    expect(unpacked(manifest.bin.citera)).toMatch(/^#!\/usr\/bin\/env node\n/);
    const [version, help] = await Promise.all([desk.run(["--version"]), desk.run(["--help"])]);
    expect(version).toEqual({ stdout: `${manifest.version}\n`, stderr: "", code: 0 });
    expect([help.stderr, help.code]).toEqual(["", 0]);
    expect(help.stdout).toContain("citera demo");
  });

  it("shows the demo", async () => {
    const { stdout, stderr, code } = await desk.run(["demo", "--days", "2"]);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("questions of 2 days asked, stored, read and counted");
    expect(stdout).toMatch(/^Norrbrygd \(own\) +\d+ % /m);
  });

  it("writes a project file and takes it, with the question sets it names", async () => {
    const written = await desk.run(["init"]);
    expect(written.code, written.stderr).toBe(0);
    const { stdout, stderr, code } = await desk.run(["check"]);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("citera.yaml is fine: Acme Sweden, 3 brands, 11 questions");
  });

  it("reads a line", async () => {
    const input = JSON.stringify({ id: "1", text: "Acme is best.", brands: [{ name: "Acme" }] });
    const { stdout, stderr, code } = await desk.run(["parse"], { input });
    expect([stderr, code]).toEqual(["", 0]);
    expect(JSON.parse(stdout)).toMatchObject({ id: "1", mentions: [{ brand: "Acme", start: 0, end: 4 }] });
  });
});
