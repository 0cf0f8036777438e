/** Runs the built command line in processes of their own, each in a fresh folder and with a clean environment. */
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "vitest";

const entry = join(import.meta.dirname, "..", "..", "dist", "main.js");
if (!existsSync(entry)) throw new Error("The command line is not built: `npm run build` first.");

export interface Ended {
  stdout: string;
  stderr: string;
  /** null when a signal ended it. */
  code: number | null;
}

/** A process that is under way. */
export interface Started {
  pid: number;
  kill(signal: NodeJS.Signals): void;
  /** Closes our end of its standard output. */
  stopReading(): void;
  ended: Promise<Ended>;
  /** Resolves with everything written so far as soon as it matches; rejects when the process ends without it. */
  said(pattern: RegExp): Promise<string>;
}

export interface StartOptions {
  env?: Record<string, string>;
  /** Standard input; closed at once when left out. */
  input?: string | Buffer;
}

/** The program and what comes before the arguments: Node on the built command line. */
export const built = [process.execPath, entry];

/** A working directory of its own, where `command` is run; `close` ends what still runs there and removes it. */
export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), "citera-cli-"));
  readonly #command: string[];
  readonly #running = new Set<ChildProcessWithoutNullStreams>();

  constructor(command = built) {
    this.#command = command;
  }

  path = (name: string): string => join(this.folder, name);
  write = (name: string, content: string | object): void =>
    writeFileSync(this.path(name), typeof content === "string" ? content : JSON.stringify(content));
  read = (name: string): string => readFileSync(this.path(name), "utf8");
  has = (name: string): boolean => existsSync(this.path(name));

  start(args: string[], { env = {}, input = "" }: StartOptions = {}): Started {
    const [program, ...first] = this.#command;
    const child = spawn(program!, [...first, ...args], {
      cwd: this.folder,
      env: { PATH: process.env["PATH"], HOME: this.folder, LANG: "C.UTF-8", ...env },
    });
    this.#running.add(child);
    child.stdin.on("error", () => undefined); // a command that reads nothing closes its end
    child.stdin.end(input);
    const heard = listen(child);
    void heard.ended.finally(() => this.#running.delete(child));
    const stopReading = () => void child.stdout.destroy();
    return { ...heard, pid: child.pid!, kill: (signal) => void child.kill(signal), stopReading };
  }

  run = (args: string[], options?: StartOptions): Promise<Ended> => this.start(args, options).ended;

  close(): void {
    for (const child of this.#running) child.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A desk that is cleared when the test is over; tests side by side each have their own. */
export function deskFor({ onTestFinished }: Pick<TestContext, "onTestFinished">, command = built): Desk {
  const desk = new Desk(command);
  onTestFinished(() => desk.close());
  return desk;
}

function listen(child: ChildProcessWithoutNullStreams): Pick<Started, "ended" | "said"> {
  const heard = { stdout: "", stderr: "" };
  let waiting: (() => void)[] = [];
  let over = false;
  const wake = () => {
    const all = waiting;
    waiting = [];
    for (const one of all) one();
  };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => {
      heard[name] += text;
      wake();
    });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      over = true;
      wake();
      resolve({ ...heard, code });
    });
  });
  const said = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const all = heard.stdout + heard.stderr;
      if (pattern.test(all)) return all;
      if (over) throw new Error(`ended without saying ${String(pattern)}:\n${all}`);
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  return { ended, said };
}
