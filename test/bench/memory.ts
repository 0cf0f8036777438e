/** Memory of a big `citera run`, and of one ten times as big while it goes on, as the operating system counts it. */
import { spawn, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { demoTown, startTown } from "./built.ts";
import { definitionOf } from "./project.ts";

const sizes = [10_000, 100_000];
const inFlight = 100;
const limitMb = 350;
/** Memory is flat when the last quarter of a run takes at most so much more of it than the second. */
const mostGrowth = 1.15;
const main = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

export async function memory(): Promise<void> {
  if (process.platform !== "linux")
    return console.log("memory: left out, only Linux tells the peak of another process");
  for (const questions of sizes) await memoryOfRun(questions);
}

async function memoryOfRun(questions: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "citera-bench-"));
  const town = await startTown(demoTown("2026-01-01"));
  try {
    writeFileSync(join(folder, "citera.yaml"), projectFile(`${town.url}/v1`, questions));
    const env = { ...process.env, KEY: "simulated", CITERA_ALLOW_HOSTS: "127.0.0.1" };
    const { code, seconds, peakMb, growth } = await watched(["run"], { cwd: folder, env });
    console.log(
      `memory: citera run of ${questions} questions ended with code ${code} after ${seconds.toFixed(0)} s, peak ${peakMb.toFixed(0)} MB (limit ${limitMb}), its last quarter ${growth.toFixed(2)} of its second (limit ${mostGrowth})`,
    );
  } finally {
    await town.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Watched {
  code: number | null;
  seconds: number;
  peakMb: number;
  /** Median memory of the last quarter of the time, as a multiple of that of the second. */
  growth: number;
}

/** Runs the command line in a process of its own; `stopAfterMs` sends it a Ctrl-C. The peak is 0 where it is not told. */
export async function watched(
  args: string[],
  { stopAfterMs, ...options }: SpawnOptions & { stopAfterMs?: number },
): Promise<Watched> {
  const began = performance.now();
  const child = spawn(process.execPath, [main, ...args], { ...options, stdio: "ignore" });
  const ended = once(child, "exit") as Promise<[code: number | null]>;
  const stopping = stopAfterMs === undefined ? undefined : setTimeout(() => child.kill("SIGINT"), stopAfterMs);
  let peakMb = 0;
  const sizesMb: number[] = [];
  while (child.exitCode === null && child.signalCode === null) {
    peakMb = Math.max(peakMb, megabytesOf(child.pid!, "VmHWM"));
    sizesMb.push(megabytesOf(child.pid!, "VmRSS"));
    await Promise.race([ended, pause(100)]);
  }
  clearTimeout(stopping);
  const [code] = await ended;
  return {
    code,
    seconds: (performance.now() - began) / 1000,
    peakMb,
    growth: quarter(sizesMb, 3) / quarter(sizesMb, 1),
  };
}

/** Median of one quarter of the sizes, counted from 0. */
function quarter(sizes: number[], which: number): number {
  const some = sizes.slice((sizes.length * which) / 4, (sizes.length * (which + 1)) / 4).sort((a, b) => a - b);
  return some[Math.floor(some.length / 2)] ?? 0;
}

/** YAML that is JSON: the same project as in the other benches, as a team would write it. */
function projectFile(baseUrl: string, questions: number): string {
  const { brands, prompts, assistants, timezone, languages, repeats } = definitionOf(baseUrl, questions, inFlight);
  const [brand, ...competitors] = brands.map(({ name, domains }) => ({ name, domains }));
  return JSON.stringify({
    project: "Bench",
    languages,
    timezone,
    brand,
    competitors,
    prompts: prompts.map(({ text, language, phase }) => ({ text, language, phase })),
    assistants: assistants.map(({ key: id, adapter, model, concurrency, settings }) => ({
      id,
      adapter,
      model,
      concurrency,
      settings,
    })),
    repeats,
  });
}

/** What the process takes now, or has taken at most; 0 once it is gone. */
function megabytesOf(pid: number, what: "VmRSS" | "VmHWM"): number {
  try {
    return Number(new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
