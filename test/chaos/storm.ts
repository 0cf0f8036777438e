/** Processes of the service that are killed at random and started again, and servers that are restarted under them. */
import { setTimeout as pause } from "node:timers/promises";
import { Desk, type Started } from "../support/cli.ts";

/** 0 to 1, the same for the same seed (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The exit code of who starts while a server is restarted, and how soon a supervisor starts it again. */
const databaseAway = 4;
const restartMs = 500;

/** Processes that all run the same command, each killed and followed by another. */
export class Crowd {
  readonly #desk = new Desk();
  readonly #args: string[];
  readonly #env: Record<string, string>;
  readonly #processes: Started[];
  /** Those that have begun to work: killing them while they start would only show that they start. */
  readonly #up = new Set<Started>();
  #ending = false;
  kills = 0;
  /** What processes said that ended by themselves, which none should. */
  readonly fell: string[] = [];

  constructor(size: number, args: string[], env: Record<string, string>) {
    this.#args = args;
    this.#env = env;
    this.#processes = Array.from({ length: size }, () => this.#start());
  }

  /**
   * Kills one of those at work, `chance` says which, and starts another in its place; not where fewer than `left` others
   * would be at work: where starting takes longer than it is between two kills, nothing would ever be done.
   */
  async killOne(chance: () => number, left: number): Promise<void> {
    const working = [...this.#up];
    const doomed = working[Math.floor(chance() * working.length)];
    if (!doomed || working.length <= left) return;
    this.kills++;
    doomed.kill("SIGKILL");
    await doomed.ended;
    this.#replace(doomed);
  }

  /** Tells all of them to stop when they have started; returns their exit codes. */
  async stop(): Promise<(number | null)[]> {
    while (this.#up.size + this.fell.length < this.#processes.length) await pause(50);
    this.#ending = true;
    for (const process of this.#processes) process.kill("SIGTERM");
    const codes = (await Promise.all(this.#processes.map(({ ended }) => ended))).map(({ code }) => code);
    this.#desk.close();
    return codes;
  }

  #start(): Started {
    const started = this.#desk.start(this.#args, { env: this.#env });
    const up = () => void this.#up.add(started);
    void started.said(/^Citera: /m).then(up, () => undefined); // whoever ends before is told of below
    void started.ended.then(async ({ code, stderr }) => {
      if (code === null || this.#ending) return;
      if (code !== databaseAway) {
        this.#up.delete(started);
        return void this.fell.push(`code ${code}: ${stderr.slice(0, 1_000)}`);
      }
      await pause(restartMs);
      this.#replace(started);
    });
    return started;
  }

  #replace(ended: Started): void {
    this.#up.delete(ended);
    this.#processes[this.#processes.indexOf(ended)] = this.#start();
  }
}
