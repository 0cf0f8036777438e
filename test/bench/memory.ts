/** Peak memory of one big `citera run`, as the operating system counts it. */
import { spawn, type SpawnOptions } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { demoTown, startTown } from "./built.ts";
import { definitionOf } from "./project.ts";

const questions = 10_000;
const inFlight = 100;
const limitMb = 350;
const main = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

export async function memory(): Promise<void> {
  if (process.platform !== "linux")
    return console.log("memory: left out, only Linux tells the peak of another process");
  const folder = mkdtempSync(join(tmpdir(), "citera-bench-"));
  const town = await startTown(demoTown("2026-01-01"));
  try {
    writeFileSync(join(folder, "citera.yaml"), projectFile(`${town.url}/v1`));
    const env = { ...process.env, KEY: "simulated", CITERA_ALLOW_HOSTS: "127.0.0.1" };
    const { code, seconds, peakMb } = await watched(["run"], { cwd: folder, env });
    console.log(
      `memory: citera run of ${questions} questions ended with code ${code} after ${seconds.toFixed(0)} s, peak ${peakMb.toFixed(0)} MB (limit ${limitMb})`,
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
  while (child.exitCode === null && child.signalCode === null) {
    peakMb = Math.max(peakMb, peakOf(child.pid!));
    await Promise.race([ended, pause(100)]);
  }
  clearTimeout(stopping);
  const [code] = await ended;
  return { code, seconds: (performance.now() - began) / 1000, peakMb };
}

/** YAML that is JSON: the same project as in the other benches, as a team would write it. */
function projectFile(baseUrl: string): string {
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

/** High-water mark in MB; 0 once the process is gone. */
function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
