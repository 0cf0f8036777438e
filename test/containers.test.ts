/** Dockerfile and compose.yaml, as far as they can be held without an engine: what they name exists, and no secret is in them. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { apply } from "../src/cli/apply.ts";
import { start } from "../src/cli/start.ts";
import { ticker } from "../src/cli/ticker.ts";
import { web } from "../src/cli/web.ts";
import { worker } from "../src/cli/worker.ts";
import { refused } from "./support/refused.ts";

const root = join(import.meta.dirname, "..");
const read = (name: string) => readFileSync(join(root, name), "utf8");
const pack = JSON.parse(read("package.json")) as { scripts: Record<string, string>; engines: { node: string } };

interface Service {
  image: string;
  build?: string;
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  stop_grace_period?: string;
  deploy?: { replicas: number };
}
const composition = parse(read("compose.yaml"), { merge: true }) as {
  services: Record<string, Service>;
  volumes: object;
};
const services = Object.entries(composition.services);
const ours = services.filter(([, { build }]) => build !== undefined);

/** Instructions with continued lines joined and comments left out. */
const instructions = read("Dockerfile")
  .replace(/^#.*\n/gm, "")
  .replace(/\\\n\s*/g, "")
  .split("\n")
  .filter(Boolean)
  .map((line) => ({ name: line.split(" ", 1)[0]!, rest: line.slice(line.indexOf(" ") + 1) }));
const all = (name: string) => instructions.filter((instruction) => instruction.name === name).map(({ rest }) => rest);
const finalStage = instructions.slice(instructions.findLastIndex(({ name }) => name === "FROM"));

const commands = [apply, start, ticker, web, worker];

it("calls only commands and options that there are", () => {
  const calls = [...ours.map(([, { command }]) => command!), ...all("CMD").map((call) => JSON.parse(call) as string[])];
  expect(calls.map(([name]) => name).sort()).toEqual(["start", "ticker", "web", "worker"]);
  expect(calls.flatMap((call) => refused(commands, call))).toEqual([]);
  expect(refused(commands, ["workers"])).toEqual(["workers"]);
  expect(refused(commands, ["worker", "--lanes"])).toEqual(["--lanes"]);
  const scripts = all("RUN").flatMap((line) => [...line.matchAll(/npm run (\w+)/g)].map(([, name]) => name!));
  expect(scripts).toEqual(["build"]);
  for (const script of scripts) expect(pack.scripts).toHaveProperty(script);
});

it("copies files that there are, and that are let through to the builder", () => {
  const copied = all("COPY")
    .filter((line) => !line.startsWith("--from"))
    .flatMap((line) =>
      line
        .split(" ")
        .slice(0, -1)
        .map((path) => path.replace("./", "")),
    );
  expect(copied).toContain("package-lock.json");
  const letThrough = read(".dockerignore").split("\n");
  for (const path of copied) {
    expect(existsSync(join(root, path)), path).toBe(true);
    expect(letThrough).toContain(`!${path}`);
  }
  expect(letThrough).toContain("*");
});

it("names images by their major version", () => {
  const images = [...all("FROM").map((line) => line.split(" ")[0]!), ...services.map(([, { image }]) => image)];
  expect(images.filter((image) => !/^[a-z]+:\d+(?:-[a-z]+)?$/.test(image))).toEqual([]);
  expect(images.filter((image) => image.startsWith("node:"))).toEqual(["node:22-slim", "node:22-slim"]);
});

it("runs as a user without rights, takes signals itself, and leaves what only building needs behind", () => {
  expect(finalStage.filter(({ name }) => name === "USER").map(({ rest }) => rest)).toEqual(["node"]);
  expect(all("ENTRYPOINT")).toEqual(['["node", "/app/dist/main.js"]']);
  expect(all("VOLUME")).toEqual(["/data"]);
  expect(all("RUN").join("\n")).toContain("npm prune --omit=dev");
  expect(finalStage.filter(({ name, rest }) => name === "RUN" && rest.includes("npm"))).toEqual([]);
});

it("asks each of its processes for its health where that is served", async () => {
  const [check] = all("HEALTHCHECK");
  const [node, flag, script] = JSON.parse(check!.slice(check!.indexOf('["'))) as string[];
  expect([node, flag]).toEqual(["node", "-e"]);
  const asked = (environment: Record<string, string>) =>
    new Promise<[string, number]>((resolve) => {
      let url = "";
      const ask = (address: string) => ((url = address), Promise.resolve({ ok: !address.includes("4750") }));
      const process = { env: environment, exit: (code: number) => resolve([url, code]) };
      runInNewContext(script!, { process, fetch: ask });
    });
  expect(await asked({})).toEqual(["http://127.0.0.1:4747/healthz", 0]);
  expect(await asked({ CITERA_PORT: "4750" })).toEqual(["http://127.0.0.1:4750/healthz", 1]);
  for (const [name, { environment, command }] of ours) {
    const [url] = await asked(environment!);
    const port = command!.includes("--health-port") ? command![command!.indexOf("--health-port") + 1] : "4747";
    expect(url, name).toBe(`http://127.0.0.1:${port}/healthz`);
  }
});

it("runs the page, two workers and a ticker on a database and a Redis that are well", () => {
  expect(services.map(([name]) => name).sort()).toEqual(["postgres", "redis", "ticker", "web", "worker"]);
  expect(composition.services["worker"]!.deploy!.replicas).toBe(2);
  for (const [, { depends_on, stop_grace_period }] of ours) {
    expect(depends_on).toEqual({ postgres: { condition: "service_healthy" }, redis: { condition: "service_healthy" } });
    expect(parseInt(stop_grace_period!)).toBeGreaterThan(35); // the grace time of questions and the end of the rest
  }
  for (const name of ["postgres", "redis"]) expect(composition.services[name]!.healthcheck!.test[0]).toBe("CMD");
  expect(composition.services["redis"]!.command!.join(" ")).toBe(
    "redis-server --appendonly yes --maxmemory-policy noeviction",
  );
});

it("can be reached from this machine alone", () => {
  const ports = services.flatMap(([, service]) => service.ports ?? []);
  expect(ports).toEqual(["127.0.0.1:4747:4747"]);
});

it("holds no secret: the password comes from .env", () => {
  const environments = services.flatMap(([, { environment }]) => Object.entries(environment ?? {}));
  const secrets = environments.filter(([name, value]) => /PASSWORD|KEY|SECRET|TOKEN/.test(name) || value.includes("@"));
  expect(secrets.length).toBeGreaterThan(3);
  for (const [name, value] of secrets) expect(value, name).toMatch(/\$\{POSTGRES_PASSWORD:\?[^}]+\}/);
  expect(read("Dockerfile")).not.toMatch(/(?:PASSWORD|SECRET|TOKEN|API_KEY)\s*=/);
});
